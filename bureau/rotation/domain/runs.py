"""A run of the solver, as seen from outside."""

from datetime import datetime, timedelta

SILENT_AFTER = timedelta(seconds=60)


def is_silent(heard_at: datetime, *, now: datetime) -> bool:
    """Whether a run gave no sign of life for so long that it must have died."""
    return now - heard_at > SILENT_AFTER
