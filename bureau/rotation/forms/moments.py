"""Moments and days as forms send them, on the bureau's wall clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bureau.kernel.errors import Invalid
from bureau.kernel.localtime import instant


def typed_moment(moment: datetime, timezone: str) -> str:
    """How a box for a date and a time shows the moment."""
    return moment.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")


def moment_typed(text: str, timezone: str, *, field: str) -> datetime:
    """The moment that was typed; refuses what is none."""
    try:
        local = datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007  (wall time: the zone follows)
        return instant(local.date(), local.time(), timezone)
    except (ValueError, OverflowError) as error:
        raise Invalid(field=field, reason="moment") from error


def day_typed(text: str, *, field: str) -> date:
    """The day that was typed; refuses what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field=field, reason="date") from error
