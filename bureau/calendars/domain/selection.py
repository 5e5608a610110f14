"""Which sessions: of a day, a need, a service, a language, an organisation; next, upcoming, changed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import accumulate, groupby

from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession

Sessions = tuple[PublishedSession, ...]

AT_ONCE = 6
"""So many sessions stand open in a list of dates: what else a page says is not to be scrolled for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The sessions that start and end together on one day."""

    day: date
    starts: time
    ends: time
    sessions: Sessions


def upcoming(sessions: Iterable[PublishedSession], today: date) -> Sessions:
    """Those of ``today`` and later, withdrawn ones too."""
    return tuple(session for session in sessions if session.day >= today)


def since(sessions: Sessions, day: date) -> Sessions:
    """The same of sessions in the order of time, which need not all be looked at."""
    return sessions[bisect_left(sessions, day, key=lambda session: session.day) :]


def first_day(sessions: Sessions, today: date) -> Sessions:
    """Those that take place on the first day from ``today`` on that has any; the sessions are in the order of time."""
    held = (session for session in since(sessions, today) if not session.cancelled)
    _, first = next(groupby(held, key=lambda session: session.day), (None, ()))
    return tuple(first)


def concerning(sessions: Iterable[PublishedSession], today: date) -> Sessions:
    """Those of ``today`` and later, and those that were announced for then and have moved to a day that is past."""
    return tuple(one for one in sessions if one.day >= today or (one.was_day or one.day) >= today)


def monday(today: date) -> date:
    """The Monday of this week."""
    return today - timedelta(days=today.weekday())


def taking_place(sessions: Iterable[PublishedSession]) -> Sessions:
    """Those that were not withdrawn."""
    return tuple(session for session in sessions if not session.cancelled)


def on_day(sessions: Iterable[PublishedSession], day: date) -> Sessions:
    """Those of one day."""
    return tuple(session for session in sessions if session.day == day)


def next_day(sessions: Iterable[PublishedSession], today: date) -> Sessions:
    """Those that take place on the first day after ``today`` that has any."""
    later = [session for session in taking_place(sessions) if session.day > today]
    first = min((session.day for session in later), default=None)
    return tuple(session for session in later if session.day == first)


def spoken_in(sessions: Iterable[PublishedSession], tag: str) -> Sessions:
    """Those given in the language ``tag``."""
    return tuple(session for session in sessions if tag in session.languages)


def with_service(sessions: Iterable[PublishedSession], code: str) -> Sessions:
    """Those that give the service."""
    return tuple(session for session in sessions if code in session.services)


def of_organisation(sessions: Iterable[PublishedSession], code: str) -> Sessions:
    """Those held by the organisation."""
    return tuple(session for session in sessions if session.organisation == code)


def changed(document: ProgrammeDocument) -> Sessions:
    """Those that differ from what was first published."""
    return tuple(session for session in document.sessions if session.change)


def moments(sessions: Iterable[PublishedSession]) -> Iterator[Moment]:
    """The sessions put together by day and time, in order."""
    ordered = sorted(sessions, key=_time)
    for (day, starts, ends), together in groupby(ordered, key=_time):
        yield Moment(day=day, starts=starts, ends=ends, sessions=tuple(together))


def at_once(found: Sequence[Moment]) -> int:
    """How many of the moments, the first at least, have no more sessions together than are shown at once."""
    together = accumulate(len(moment.sessions) for moment in found)
    return max(1, sum(sessions <= AT_ONCE for sessions in together))


def _time(session: PublishedSession) -> tuple[date, time, time]:
    return session.day, session.starts, session.ends
