"""Waiting for a slot: who is offered it when it comes free, and for how long."""

from datetime import datetime, timedelta

HELD_FOR = timedelta(hours=12)
BEFORE = timedelta(hours=2)
"""A free slot is kept for who waited first for half a day, and until two hours before it begins."""


def held_until(starts_at: datetime, *, now: datetime) -> datetime | None:
    """Until when the slot is kept for the one it is offered to; None where it is too late to offer it."""
    until = min(now + HELD_FOR, starts_at - BEFORE)
    return until if until > now else None
