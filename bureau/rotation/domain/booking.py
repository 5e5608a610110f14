"""When a slot may be booked: what the rules say before the database decides who was first."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from .board import Seat
from .offers import NamedService, WorkerChoice
from .problem import iso_week
from .refusals import (
    CoverTooLate,
    LimitReached,
    NeedsPrivateRoom,
    NothingGiven,
    NotQualified,
    SessionOver,
    SlotClosed,
    SlotPast,
    UndoOver,
    WrongPhase,
)
from .rooms import attributes_of, needs_of_session
from .rounds import BOOKABLE, Block

UNDO_FOR = timedelta(minutes=15)
"""So long a booking can be undone as if it had never been made."""

SOON = timedelta(hours=48)
"""So shortly before a session everybody is asked for cover at once."""

LOOKING_OURSELVES = timedelta(days=3)
"""So long an organisation looks for cover itself, where it does not say otherwise."""


class Limits(Protocol):
    """What an organisation may have at most; an offer or what is usual."""

    @property
    def max_per_day(self) -> int: ...
    @property
    def max_per_week(self) -> int: ...
    @property
    def max_per_month(self) -> int: ...
    @property
    def max_at_once(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When an organisation is there already."""

    day: date
    starts_at: datetime
    ends_at: datetime


def ensure_open(phase: str, block: Block, *, closed: bool, now: datetime) -> None:
    """The round lets people book, and the slot is open and still to come."""
    if phase not in BOOKABLE:
        raise WrongPhase(phase=phase)
    if closed:
        raise SlotClosed
    if block.starts_at <= now:
        raise SlotPast


def ensure_qualified(worker: WorkerChoice, services: Collection[str], languages: Collection[str]) -> None:
    """The session gives something, and the worker gives every service of it and speaks every language."""
    if not services or not languages:
        raise NothingGiven(field="services" if not services else "languages")
    given, spoken = {one.code for one in worker.services}, {one.tag for one in worker.languages}
    for service in sorted(set(services) - given):
        raise NotQualified(field="services", worker=worker.label, service=service, language="")
    for language in sorted(set(languages) - spoken):
        raise NotQualified(field="languages", worker=worker.label, service="", language=language)


def ensure_room_fits(seat: Seat, services: Sequence[NamedService]) -> None:
    """The room has what the services need."""
    missing = needs_of_session(services) - attributes_of(seat)
    if missing:
        raise NeedsPrivateRoom(field="services", service=services[0].name, needs=min(missing))


def ensure_within_limits(limits: Limits, block: Block, present: Iterable[Presence]) -> None:
    """One session more stays within what the organisation said it can do at most."""
    there = tuple(present)
    counts = {
        "max_at_once": sum(one.starts_at < block.ends_at and block.starts_at < one.ends_at for one in there),
        "max_per_day": Counter(one.day for one in there)[block.day],
        "max_per_week": Counter(iso_week(one.day) for one in there)[iso_week(block.day)],
        "max_per_month": sum((one.day.year, one.day.month) == (block.day.year, block.day.month) for one in there),
    }
    ensure_one_more(limits, counts)


def ensure_one_more(limits: Limits, counts: Mapping[str, int]) -> None:
    """The same, where it is counted already how often the organisation is there, by the names of the limits."""
    for name, count in counts.items():
        if count >= getattr(limits, name):
            raise LimitReached(limit=name, most=getattr(limits, name))


def ensure_can_leave(state: str, starts_at: datetime, *, now: datetime) -> None:
    """A session is released before it begins, and once."""
    if state not in ("proposed", "booked") or starts_at <= now:
        raise SessionOver


def ensure_can_return(state: str, starts_at: datetime, *, now: datetime) -> None:
    """A released session comes back before it would have begun."""
    if state != "released" or starts_at <= now:
        raise SessionOver


def is_new(state: str, created_at: datetime, starts_at: datetime, *, by_hand: bool, now: datetime) -> bool:
    """A booking that a person made, and nobody has changed since (``by_hand``), is undone within minutes, before the
    session begins; later it is given back.
    """
    return state == "booked" and by_hand and now < starts_at and now - created_at <= UNDO_FOR


def ensure_can_undo(state: str, created_at: datetime, starts_at: datetime, *, by_hand: bool, now: datetime) -> None:
    """Refuse to undo a booking that is no longer new."""
    if not is_new(state, created_at, starts_at, by_hand=by_hand, now=now):
        raise UndoOver


def usual_cover_from(starts_at: datetime, *, now: datetime) -> datetime:
    """From when everybody who qualifies is asked for cover: at once for what is soon, else after some days of looking
    oneself, at a full hour, and two days before the session at the latest.
    """
    moment = min(now + LOOKING_OURSELVES, starts_at - SOON)
    return max(now, moment.replace(minute=0, second=0, microsecond=0))


def cover_from(starts_at: datetime, wanted: datetime | None, *, now: datetime) -> datetime:
    """When cover is sought by itself: as is usual, or when the organisation says; past is at once."""
    if wanted is None:
        return usual_cover_from(starts_at, now=now)
    if wanted >= starts_at:
        raise CoverTooLate(field="until")
    return max(wanted, now)
