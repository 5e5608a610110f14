"""What a publication would change beside the one in force, which is not always the first one."""

from dataclasses import replace
from datetime import date

from bureau.rotation.domain.preview import by_day, by_organisation, changes, counts
from bureau.rotation.domain.programme import ProgrammeDocument, republish
from tests.factories.programmes import DECEMBER, PUBLISHED, a_programme, a_session

FIRST, SECOND, THIRD = (a_session(date(2026, 12, day)) for day in (1, 2, 3))
LATER = PUBLISHED.replace(day=25)


def published(before: ProgrammeDocument | None, *sessions: object) -> ProgrammeDocument:
    """The next publication after ``before``, with these sessions."""
    document = a_programme(DECEMBER)
    return replace(document, sessions=republish(before, sessions, now=LATER))


def test_a_first_publication_is_shown_for_the_first_time() -> None:
    changed = changes(None, published(None, FIRST, SECOND))

    assert counts(changed) == {"first": 2}
    assert changed[0].organisation.in_("en")


def test_new_moved_otherwise_and_cancelled_sessions_are_told_apart_and_the_same_are_left_out() -> None:
    before = published(None, FIRST, SECOND, THIRD)
    moved = replace(a_session(date(2026, 12, 4)), uid=FIRST.uid)
    otherwise = replace(SECOND, languages=("en",))
    new = a_session(date(2026, 12, 7))

    changed = changes(before, published(before, moved, otherwise, new))

    assert {one.change: (one.was_day, one.day.day) for one in changed} == {
        "moved": (date(2026, 12, 1), 4), "changed": (None, 2), "new": (None, 7), "cancelled": (None, 3),
    }  # fmt: skip
    assert changes(before, published(before, FIRST, SECOND, THIRD)) == ()


def test_a_session_that_was_new_last_time_and_changes_now_is_not_new_again() -> None:
    before = published(None, FIRST)
    second = published(before, FIRST, SECOND)

    (changed,) = changes(second, published(second, FIRST, replace(SECOND, room="private")))

    assert changed.change == "changed"


def test_a_cancelled_session_is_told_once_and_one_that_comes_back_is_new() -> None:
    before = published(None, FIRST, SECOND)
    without = published(before, FIRST)

    assert changes(without, published(without, FIRST)) == ()
    (back,) = changes(without, published(without, FIRST, SECOND))
    assert back.change == "new"


def test_changes_are_grouped_by_day_and_by_organisation() -> None:
    other = replace(SECOND, organisation="open-gate")
    changed = changes(None, published(None, FIRST, other, THIRD))

    assert [what for what, _ in by_day(changed)] == [one.day for one in (FIRST, SECOND, THIRD)]
    assert sorted(len(group) for _, group in by_organisation(changed, "en")) == [1, 2]
