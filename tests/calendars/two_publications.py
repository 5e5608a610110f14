"""The same months published twice: weeks in which the clocks change, and sessions that moved, went and came in between.

What every reader of calendars has to read alike.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession, republish
from tests.factories.programmes import a_bureau, a_programme, a_session

OCTOBER, MARCH = Month(2026, 10), Month(2027, 3)
FIRST = datetime(2026, 9, 20, 9, tzinfo=UTC)
SECOND = datetime(2026, 10, 10, 9, tzinfo=UTC)
CLOCKS_CHANGE = {OCTOBER: date(2026, 10, 25), MARCH: date(2027, 3, 28)}
"""Sundays: at four the clocks of Sofia go back to three, and at three they go on to four."""


def first_publication(month: Month, *, languages: tuple[str, ...] = ("en", "bg", "ar")) -> ProgrammeDocument:
    """Two sessions a day in the week before and the week after the change, one in the night of the change itself."""
    sunday = CLOCKS_CHANGE[month]
    days = [day for day in month.days() if abs((day - sunday).days) <= 6]
    sessions = [a_session(day, block=block, services=("legal-asylum",)) for day in days for block in (0, 1)]
    sessions.append(a_session(sunday, room="night", starts=time(2, 30), ends=time(4, 30)))
    return _document(month, _ordered(sessions), languages)


def second_publication(before: ProgrammeDocument) -> ProgrammeDocument:
    """One session moved over the change of the clocks, one withdrawn, one with other languages, one new."""
    sunday = CLOCKS_CHANGE[before.month]
    by_day = {(one.day, one.starts): one for one in before.sessions}
    moved = by_day[sunday.replace(day=sunday.day - 2), time(10)]
    gone = by_day[sunday.replace(day=sunday.day - 1), time(13)]
    other = by_day[sunday.replace(day=sunday.day + 1), time(10)]
    target = sunday.replace(day=sunday.day + 2)
    live = [one for one in before.sessions if one.uid not in {moved.uid, gone.uid, other.uid}]
    live.append(replace(a_session(target, block=2, services=moved.services), uid=moved.uid))
    live.append(replace(other, languages=("bg", "fa")))
    live.append(a_session(target, block=2, room="group", services=("housing",)))
    sessions = republish(before, tuple(replace(one, sequence=0) for one in live), now=SECOND)
    return replace(before, number=2, published_at=SECOND, sessions=sessions)


def _document(month: Month, sessions: tuple[PublishedSession, ...], languages: tuple[str, ...]) -> ProgrammeDocument:
    document = a_programme(month, bureau=a_bureau(languages=languages))
    rooms = (*document.rooms, replace(document.rooms[0], code="night"))
    return replace(document, sessions=sessions, rooms=rooms, blocks=(), published_at=FIRST, first_published_at=FIRST)


def _ordered(sessions: list[PublishedSession]) -> tuple[PublishedSession, ...]:
    return tuple(sorted(sessions, key=lambda one: (one.starts_at, one.room, one.uid)))
