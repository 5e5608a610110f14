"""What is told at once, what waits for the digest, and for which one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bureau.kernel.localised import LocalisedText
from bureau.notices.domain.invitations import Invitation, gone, latest
from bureau.notices.domain.timing import Choice, latest_digest, touches_soon
from bureau.notices.domain.told import Told, digest_due, grouped, is_urgent

SOFIA = "Europe/Sofia"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday, 14:00 in Sofia
SEVEN = datetime(2026, 11, 22, 5, tzinfo=UTC)  # 7:00 there


def name(words: str) -> LocalisedText:
    return LocalisedText({"en": words})


TOLD = Told(
    id=1, person_id=7, kind="test", values={}, address="/desk/", touches_at=None, created_at=SEVEN - timedelta(hours=1),
    seen=False, bureau_id=1, bureau=name("Golden River"), timezone=SOFIA, organisation=name("Open Gate"),
)  # fmt: skip


def told(**values: object) -> Told:
    return replace(TOLD, **values)


@pytest.mark.parametrize(
    ("begins", "soon"),
    [
        (None, False),
        (NOON + timedelta(hours=48), True),
        (NOON + timedelta(hours=48, minutes=1), False),
        (NOON, True),
        (NOON - timedelta(hours=3), True),  # it runs, or ended today
        (NOON - timedelta(hours=14), True),  # the first minute of the day in Sofia
        (NOON - timedelta(hours=14, minutes=1), False),  # yesterday there
    ],
)
def test_what_begins_within_48_hours_or_began_today_is_told_at_once(begins: datetime | None, soon: bool) -> None:
    assert touches_soon(begins, timezone=SOFIA, now=NOON) is soon


@pytest.mark.parametrize(("month", "day", "soon"), [(3, 28, True), (10, 24, False)])
def test_48_hours_are_hours_that_pass_also_where_clocks_change(month: int, day: int, soon: bool) -> None:
    """In March one of the wall clock's hours does not pass, in October one passes twice."""
    zone = ZoneInfo(SOFIA)
    now, begins = datetime(2026, month, day, 10, tzinfo=zone), datetime(2026, month, day + 2, 10, tzinfo=zone)

    assert touches_soon(begins, timezone=SOFIA, now=now) is soon


@pytest.mark.parametrize(
    ("choice", "moment"),
    [
        (Choice(), SEVEN),
        (Choice(hour=14), NOON),
        (Choice(hour=15), NOON - timedelta(hours=23)),
        (Choice(digest="weekly"), SEVEN - timedelta(days=6)),
        (Choice(digest="never"), None),
    ],
)
def test_the_last_digest_was_due_at_the_hour_on_the_bureaus_clock(choice: Choice, moment: datetime | None) -> None:
    assert latest_digest(choice, timezone=SOFIA, now=NOON) == moment


def test_a_digest_at_an_hour_that_a_day_in_march_does_not_have_is_written_that_day() -> None:
    now = datetime(2026, 3, 29, 9, tzinfo=UTC)

    assert latest_digest(Choice(hour=3), timezone=SOFIA, now=now) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_weekly_digest_just_before_its_monday_is_that_of_the_week_before() -> None:
    monday = datetime(2026, 11, 23, 5, tzinfo=UTC)

    before, at = (
        latest_digest(Choice(digest="weekly"), timezone=SOFIA, now=now)
        for now in (monday - timedelta(minutes=1), monday)
    )

    assert (before, at) == (monday - timedelta(days=7), monday)


def test_after_a_pause_of_days_there_is_one_digest_and_what_came_since_waits() -> None:
    notices = [told(id=number, created_at=SEVEN - timedelta(days=number)) for number in range(1, 6)]
    fresh = told(id=9, created_at=SEVEN + timedelta(minutes=1))

    digest = digest_due([*notices, fresh], Choice(), now=NOON)

    assert digest is not None
    assert (digest.key, {one.id for one in digest.notices}) == ("digest/7/2026-11-22", {1, 2, 3, 4, 5})


def test_a_digest_at_midnight_bears_the_day_that_begins() -> None:
    digest = digest_due([told()], Choice(hour=0), now=NOON + timedelta(days=1))

    assert digest is not None
    assert digest.day == date(2026, 11, 23)


def test_what_is_told_at_once_is_left_out_of_the_digest_unless_the_person_wants_none_at_once() -> None:
    soon = told(touches_at=NOON + timedelta(hours=5))

    with_urgent, without = (digest_due([soon], Choice(at_once=wanted), now=NOON) for wanted in (True, False))

    assert (is_urgent(soon, Choice(), now=NOON), with_urgent) == (True, None)
    assert without is not None


def test_notices_are_grouped_by_bureau_and_organisation_newest_first() -> None:
    other = told(id=2, organisation=name("Good Well"), created_at=NOON)
    later = told(id=3, created_at=SEVEN)
    bureau_own = told(id=4, organisation=None, created_at=SEVEN - timedelta(days=1))

    groups = grouped([TOLD, other, later, bureau_own])

    said = [
        (group.organisation.in_("en") if group.organisation else None, [one.id for one in group.notices])
        for group in groups
    ]
    assert said == [("Good Well", [2]), ("Open Gate", [3, 1]), (None, [4])]


def test_of_a_session_told_twice_the_calendar_holds_what_was_told_last() -> None:
    session = Invitation(
        uid="one", sequence=1, starts=NOON, ends=NOON + timedelta(hours=2), services=(name("Legal help"),),
        languages=("العربية",), organisation=name("Open Gate"), place=(name("Desk 1"),),
    )  # fmt: skip
    moved = replace(session, sequence=2, starts=NOON + timedelta(days=1))
    other = replace(gone(session), uid="other", starts=NOON + timedelta(hours=1))

    assert latest([moved, session, other]) == [other, moved]
    assert Invitation.from_json(moved.as_json()) == moved
