"""What a publication says of a session that changed more than once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession, described, republish
from tests.factories.programmes import a_programme

FIRST = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 12, 9)


def a_session(starts: time = time(10)) -> PublishedSession:
    """A session on a Wednesday."""
    at = instant(DAY, starts, "Europe/Sofia")
    return PublishedSession(
        uid="one", sequence=0, modified=FIRST, day=DAY, starts=starts, ends=time(starts.hour + 2), starts_at=at,
        ends_at=at + timedelta(hours=2), room="desk-a", organisation="open-gate", services=("info",),
        languages=("en",), note=LocalisedText(),
    )  # fmt: skip


def published(*versions: PublishedSession | None) -> PublishedSession:
    """What the last of several publications says of the session; None where it was not in the plan."""
    document: ProgrammeDocument | None = None
    sessions: tuple[PublishedSession, ...] = ()
    for hours, version in enumerate(versions):
        live = () if version is None else (version,)
        sessions = republish(document, live, now=FIRST + timedelta(hours=hours))
        document = replace(a_programme(), sessions=sessions)
    return sessions[0]


def test_who_moves_and_moves_back_is_not_called_moved_from_where_it_is() -> None:
    found = published(a_session(), a_session(time(13)), a_session())

    assert (found.change, found.was_day, found.was_starts, found.sequence) == ("changed", None, None, 2)


def test_who_moves_is_cancelled_and_comes_back_is_still_called_moved() -> None:
    found = published(a_session(), a_session(time(13)), None, a_session(time(13)))

    assert (found.change, found.was_starts, found.sequence) == ("moved", time(10), 3)


def test_who_is_cancelled_twice_over_is_counted_once() -> None:
    found = published(a_session(), None, None)

    assert (found.change, found.sequence, found.modified) == ("cancelled", 1, FIRST + timedelta(hours=1))


def test_a_month_knows_since_when_it_is_described_as_it_is() -> None:
    first = described(replace(a_programme(), published_at=FIRST), None)
    later = {"number": 2, "published_at": FIRST + timedelta(days=1), "described_at": None}

    same = described(replace(first, sessions=(), **later), first)
    closed = described(replace(first, blocks=(), **later), first)

    assert (first.described_at, same.described_at, closed.described_at) == (FIRST, FIRST, FIRST + timedelta(days=1))
