"""Sessions of months that are counted: planned, held, missed, given back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bureau.kernel.month import Month

from .delivery import Happened, Tally, is_held, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOfMonth:
    """A session as reports count it. ``state`` is booked, held, missed or released (given back before).

    A session gives several services in several languages, so that sums over services or languages count it more than
    once; sums over organisations and months do not.
    """

    id: int
    month: Month
    day: date
    starts: time
    minutes: int
    organisation: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    state: str

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.state == "held"


def state_told(state: str, ends_at: datetime, *, now: datetime) -> str:
    """What became of it: a session that is over took place, also where the scheduler has not said so yet."""
    return "held" if is_held(state, ends_at, now=now) else "booked" if state == "proposed" else state


def tally_sessions(sessions: Iterable[SessionOfMonth]) -> Tally:
    """Planned, held, not held, still to come, given back."""
    return tally(Happened(organisation=one.organisation, services=one.services, state=one.state) for one in sessions)


def hours_held(sessions: Iterable[SessionOfMonth]) -> float:
    """The hours of those that took place."""
    return sum(one.minutes for one in sessions if one.held) / 60


def minutes_held(sessions: Iterable[SessionOfMonth]) -> Counter[tuple[str, str]]:
    """The minutes held, by service and language that were there in them; each pair has the whole session."""
    minutes: Counter[tuple[str, str]] = Counter()
    for one in sessions:
        if one.held:
            minutes.update({(service, tag): one.minutes for service in one.services for tag in one.languages})
    return minutes
