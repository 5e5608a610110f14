"""When somebody is told: at once what touches their next two days, the rest in a digest at the hour they chose."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bureau.kernel.clock import local_date
from bureau.kernel.localtime import instant

DAILY, WEEKLY, NEVER = "daily", "weekly", "never"
DIGESTS = (DAILY, WEEKLY, NEVER)

SOON = timedelta(hours=48)
REACH = timedelta(days=14)
"""What is older goes into no digest any more: who asks for one after a pause is not told the whole season."""

KEPT = timedelta(days=90)

MONDAY = 1
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a person wants to be told; ``version`` is 0 for who never chose."""

    digest: str = DAILY
    hour: int = 7
    at_once: bool = True
    version: int = 0


USUAL = Choice()


def touches_soon(begins: datetime | None, *, timezone: str, now: datetime) -> bool:
    """Whether it begins within the next 48 hours, or has begun earlier on the day that it is in ``timezone``."""
    if begins is None:
        return False
    ahead = begins.astimezone(UTC) - now.astimezone(UTC)  # hours that pass, also where clocks change in between
    if ahead > timedelta(0):
        return ahead <= SOON
    return local_date(begins, timezone) == local_date(now, timezone)


def latest_digest(choice: Choice, *, timezone: str, now: datetime) -> datetime | None:
    """When the person's last digest was to be written, a weekly one on Monday; None where they want none."""
    if choice.digest == NEVER:
        return None
    today = local_date(now, timezone)
    days = (today - timedelta(days=back) for back in range(WEEK + 1))
    moments = (
        instant(day, time(choice.hour), timezone)
        for day in days
        if choice.digest == DAILY or day.isoweekday() == MONDAY
    )
    return next((moment for moment in moments if moment <= now), None)
