"""Wall-clock times of a place as instants. Planned things keep date and wall time; the zone is applied here, at the edge."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def is_real(day: date, wall: time, timezone: str) -> bool:
    """Whether clocks in ``timezone`` show ``wall`` on ``day`` (in March one hour does not exist)."""
    local = datetime.combine(day, wall, ZoneInfo(timezone))
    return local.astimezone(UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None) == local.replace(tzinfo=None)


def instant(day: date, wall: time, timezone: str) -> datetime:
    """The instant, in UTC, at which clocks in ``timezone`` show ``wall`` on ``day`` (the first, where it comes twice)."""
    return datetime.combine(day, wall, ZoneInfo(timezone)).astimezone(UTC)
