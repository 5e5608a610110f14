"""When jobs and mails are tried again, and how a period is named so that nothing runs twice."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LEASE_LASTS = timedelta(seconds=60)
RENEW_EVERY = timedelta(seconds=15)
"""The leader renews long before the lease ends, so that one late renewal costs nothing."""

MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_MAIL_PAUSE = timedelta(hours=6)

RUNS_KEPT = timedelta(days=60)
MAILS_KEPT = timedelta(days=90)


def pause_after(attempts: int) -> timedelta:
    """How long to wait before a failed job is run again: 1, 2, 4 … minutes, an hour at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)


def mail_pause_after(attempts: int) -> timedelta:
    """How long to wait before a mail is sent again: 1, 4, 16 … minutes, six hours at most."""
    return min(timedelta(minutes=4 ** min(attempts - 1, 10)), LONGEST_MAIL_PAUSE)


def may_retry(*, attempts: int, failed_at: datetime, now: datetime) -> bool:
    """Whether a failed run of the period is due again."""
    return attempts < MOST_ATTEMPTS and now >= failed_at + pause_after(attempts)


def every_day_from(wall: time, timezone: str) -> Callable[[datetime], str]:
    """A period of a job that runs once a local day, as soon as clocks there show ``wall``.

    The period is the local date, so an hour that comes twice in October cannot run it twice; times from 03:00 to
    04:00, which do not exist on a day in March, are refused.
    """
    if time(3) <= wall < time(4):
        raise ValueError(
            "schedule outside 03:00-04:00: that hour is missing on one day a year and comes twice on another"
        )

    def period_of(now: datetime) -> str:
        local = now.astimezone(ZoneInfo(timezone))
        return local.date().isoformat() if local.time() >= wall else ""

    return period_of
