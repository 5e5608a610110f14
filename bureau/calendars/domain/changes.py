"""What residents must be told before they set out: published sessions that moved or will not take place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from bureau.rotation.domain.programme import PublishedSession

TOLD_AT_HOME = timedelta(days=6)
"""How far ahead the first page tells; the pages of a language, a need, a partner and the month tell everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``session`` was announced for ``day`` at ``starts`` and has moved or was cancelled."""

    day: date
    starts: time
    session: PublishedSession

    @property
    def last_day(self) -> date:
        """The day after which nobody needs to know any more."""
        return max(self.day, self.session.day)


def changes_ahead(sessions: Iterable[PublishedSession], today: date, until: date | None = None) -> tuple[Change, ...]:
    """What has moved or was cancelled among the days from ``today`` to ``until``, the next first.

    A move is told until both its days are past: the one that people have noted, and the one on which it takes place.
    """
    found = (change_of(session) for session in sessions if session.change in {"moved", "cancelled"})
    ahead = [
        one
        for one in found
        if one.last_day >= today and (until is None or _first_day(one, today) <= until)
    ]  # fmt: skip
    return tuple(sorted(ahead, key=lambda one: (_first_day(one, today), one.starts, one.session.uid)))


def change_of(session: PublishedSession) -> Change:
    """The change of a session that has one, at the time for which people know it."""
    if session.change == "moved" and session.was_day is not None and session.was_starts is not None:
        return Change(day=session.was_day, starts=session.was_starts, session=session)
    return Change(day=session.day, starts=session.starts, session=session)


def _first_day(change: Change, today: date) -> date:
    """The first day that is not past and to which the change matters."""
    return min(day for day in (change.day, change.session.day) if day >= today)
