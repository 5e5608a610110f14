"""What a scheduled job is, so that features can declare theirs without knowing who runs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work done once a period. ``period_of(now)`` names the period, ``run(now)`` does the work and says what it did.

    Every ``every_seconds`` the leader asks for the period; where it is new (or its last run failed), the job runs.
    An empty period means that there is nothing to do now.
    """

    name: str
    every_seconds: int
    period_of: Callable[[datetime], str]
    run: Callable[[datetime], str]
