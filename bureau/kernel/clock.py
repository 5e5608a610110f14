"""The only place that asks what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def utcnow() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(now: datetime, timezone: str) -> date:
    """The calendar day that ``now`` falls on in ``timezone``."""
    return now.astimezone(ZoneInfo(timezone)).date()


def stopwatch() -> Callable[[], float]:
    """Asked later, it says how many seconds have gone by since now."""
    begun = time.monotonic()
    return lambda: round(time.monotonic() - begun, 3)
