"""Local wall-clock time and the real instants behind it."""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")


@cache
def minutes_of(text: str) -> int:
    """Minutes since midnight of an `HH:MM`; ValueError when it is none."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def day_of(text: str) -> date:
    """The day of a `YYYY-MM-DD`, and of no other way to write one; ValueError when it is none."""
    if _DAY.fullmatch(text) is None:
        raise ValueError(text)
    return date.fromisoformat(text)


def clock_text(minutes: int) -> str:
    """`HH:MM` of minutes since midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def instant(zone: ZoneInfo, day: date, minutes: int, fold: int) -> datetime | None:
    """The UTC instant of a local time; None when the clocks skip it.

    A time that survives the way to UTC and back exists (PEP 495).
    """
    local = datetime.combine(day, time(minutes // 60, minutes % 60, fold=fold), zone)
    utc = local.astimezone(UTC)
    back = utc.astimezone(zone).replace(tzinfo=None, fold=0)
    return utc if back == local.replace(tzinfo=None, fold=0) else None


def iso_week(day: date) -> str:
    """The ISO week of a day, as `2027-W13`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def is_iso_week(text: str) -> bool:
    """Whether the text looks like `2027-W13`."""
    return _WEEK.fullmatch(text) is not None
