"""Opening a month and leading it through its phases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.kernel.database import db
from bureau.kernel.errors import Invalid, NotFound, Stale
from bureau.kernel.outbox import OutboxMail
from bureau.rotation import actions, queries
from bureau.rotation.domain.refusals import (
    AlreadyOpen,
    DeadlinesOutOfOrder,
    NoOpenDays,
    SlotOccupied,
    WrongPhase,
)
from bureau.rotation.domain.rounds import Deadlines
from bureau.rotation.jobs import advance_and_remind
from bureau.rotation.models import Slot
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau, a_closure, a_room, a_worker, opening_hours
from tests.factories.rotation import NOW, a_partner, a_session, a_small_bureau, an_offer, an_open_round, slots_of


def test_opening_makes_a_slot_for_each_seat_and_block_of_the_month(session: Session) -> None:
    bureau = a_bureau()
    a_room(bureau, "front", kind="front", seats=2)
    a_room(bureau, "quiet", kind="private")
    a_room(bureau, "attic", active=False)
    opening_hours(bureau, weekdays=[3], blocks=[(time(10), time(12)), (time(13), time(15))])
    a_closure(date(2026, 12, 9), bureau)

    round_ = an_open_round(bureau)

    slots = slots_of(round_)
    assert len(slots) == 4 * 2 * 3  # five Wednesdays but one, two blocks, three seats
    assert (slots[0].starts_at, slots[0].ends_at) == (
        datetime(2026, 12, 2, 8, tzinfo=UTC),
        datetime(2026, 12, 2, 10, tzinfo=UTC),
    )
    assert round_.phase == "declaring"


def test_deadlines_are_proposed_in_the_month_before(session: Session) -> None:
    round_ = an_open_round()

    assert round_.deadlines == Deadlines(
        declaring_until=datetime(2026, 11, 11, 16, tzinfo=UTC),
        proposing_until=datetime(2026, 11, 14, 16, tzinfo=UTC),
        reviewing_until=datetime(2026, 11, 18, 16, tzinfo=UTC),
    )


def test_deadlines_that_would_be_past_are_counted_from_now(session: Session) -> None:
    late = datetime(2026, 11, 22, 9, tzinfo=UTC)

    round_ = an_open_round(now=late)

    assert round_.deadlines.declaring_until == late + timedelta(days=7)
    assert round_.deadlines.reviewing_until == late + timedelta(days=14)


def test_a_month_without_open_days_is_refused(session: Session) -> None:
    a_room(a_bureau())

    with pytest.raises(NoOpenDays):
        actions.open_round("golden-river", "2026-12", actor="test", now=NOW)

    assert queries.find_round("golden-river", "2026-12") is None


def test_a_month_is_opened_once(session: Session) -> None:
    an_open_round()

    with pytest.raises(AlreadyOpen):
        actions.open_round("golden-river", "2026-12", actor="test", now=NOW)


@pytest.mark.parametrize(
    ("bureau", "month", "error"), [("nowhere", "2026-12", NotFound), ("golden-river", "12/26", Invalid)]
)
def test_an_unknown_bureau_or_a_month_that_is_none_is_refused(
    session: Session, bureau: str, month: str, error: type[Exception]
) -> None:
    a_small_bureau()

    with pytest.raises(error):
        actions.open_round(bureau, month, actor="test", now=NOW)


def test_blocks_across_a_clock_change_have_their_real_length_and_lost_hours_are_left_out(session: Session) -> None:
    bureau = a_bureau()
    a_room(bureau)
    opening_hours(bureau, weekdays=[7], blocks=[(time(1), time(5)), (time(3, 30), time(4, 30))])

    march = queries.blocks_of_round(an_open_round(bureau, "2027-03").id)
    october = queries.blocks_of_round(an_open_round(bureau, "2027-10").id)

    spring = [block for block in march if block.day == date(2027, 3, 28)]
    autumn = [block for block in october if block.day == date(2027, 10, 31) and block.starts == time(1)]
    assert [block.ends_at - block.starts_at for block in spring] == [timedelta(hours=3)]  # and no block at 03:30
    assert [block.ends_at - block.starts_at for block in autumn] == [timedelta(hours=5)]


def test_phases_go_on_one_by_one_and_back_until_published(session: Session) -> None:
    round_ = an_open_round()

    actions.change_phase("golden-river", round_.id, "proposing", version=1, actor="test", now=NOW)
    actions.change_phase("golden-river", round_.id, "declaring", version=2, actor="test", now=NOW)

    assert queries.get_round("golden-river", "2026-12").phase == "declaring"


@pytest.mark.parametrize(
    ("was", "wanted"),
    [("declaring", "reviewing"), ("reviewing", "published"), ("published", "reviewing"), ("closed", "published")],
)
def test_a_phase_that_cannot_follow_is_refused(session: Session, was: str, wanted: str) -> None:
    round_ = an_open_round(phase=was)

    with pytest.raises(WrongPhase):
        actions.change_phase("golden-river", round_.id, wanted, version=round_.version, actor="test", now=NOW)


def test_the_second_of_two_managers_is_told_that_the_round_changed(session: Session) -> None:
    round_ = an_open_round()
    actions.change_phase("golden-river", round_.id, "proposing", version=round_.version, actor="one", now=NOW)

    with pytest.raises(Stale):
        actions.change_phase("golden-river", round_.id, "reviewing", version=round_.version, actor="two", now=NOW)


def test_deadlines_must_be_in_the_order_of_the_phases(session: Session) -> None:
    round_ = an_open_round()
    wrong = Deadlines(declaring_until=NOW, proposing_until=NOW - timedelta(days=1), reviewing_until=NOW)

    with pytest.raises(DeadlinesOutOfOrder):
        actions.set_deadlines("golden-river", round_.id, wrong, advances_itself=True, version=1, actor="test", now=NOW)


def test_another_bureaus_round_cannot_be_touched(session: Session) -> None:
    round_ = an_open_round()
    a_bureau("elsewhere")

    with pytest.raises(NotFound):
        actions.change_phase("elsewhere", round_.id, "proposing", version=1, actor="test", now=NOW)


def test_a_slot_is_closed_only_when_nobody_is_in_it(session: Session) -> None:
    worker = a_worker(a_partner(bureau=a_small_bureau()))
    round_ = an_open_round(phase="proposing")
    taken, free = slots_of(round_)[:2]
    a_session(round_, worker, taken)

    actions.close_slot("golden-river", free.id, actor="test", now=NOW)
    with pytest.raises(SlotOccupied):
        actions.close_slot("golden-river", taken.id, actor="test", now=NOW)

    closed = db.session.scalar(select(func.count()).select_from(Slot).where(Slot.closed))
    assert closed == 1


def test_the_next_phase_begins_when_the_time_of_declaring_is_over(session: Session) -> None:
    round_ = an_open_round()

    advance_and_remind(round_.deadlines.declaring_until - timedelta(minutes=1))
    before = queries.get_round("golden-river", "2026-12").phase
    advance_and_remind(round_.deadlines.declaring_until)

    assert (before, queries.get_round("golden-river", "2026-12").phase) == ("declaring", "proposing")


def test_a_round_that_does_not_advance_itself_waits_for_the_manager(session: Session) -> None:
    round_ = an_open_round()
    actions.set_deadlines(
        "golden-river", round_.id, round_.deadlines, advances_itself=False, version=1, actor="test", now=NOW
    )

    advance_and_remind(round_.deadlines.reviewing_until)

    assert queries.get_round("golden-river", "2026-12").phase == "declaring"


def mails() -> list[tuple[str, str]]:
    """Whom the outbox writes to, and what about."""
    rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return [(row.to, row.subject) for row in rows]


def test_who_has_not_answered_is_reminded_three_days_and_one_day_before_and_once_each(session: Session) -> None:
    bureau = a_small_bureau()
    silent, answering = a_partner("open-gate", bureau), a_partner("good-well", bureau)
    person(email="silent@example.org", coordinates=[silent])
    person(email="answering@example.org", coordinates=[answering])
    round_ = an_open_round(bureau)
    an_offer(round_, [a_worker(answering)])
    until = round_.deadlines.declaring_until

    for days in (5, 3, 2, 1):
        advance_and_remind(until - timedelta(days=days))
        advance_and_remind(until - timedelta(days=days) + timedelta(hours=1))

    assert mails() == [("silent@example.org", "December 2026: what can you give?")] * 2


def test_the_manager_reminds_once_a_day(session: Session) -> None:
    bureau = a_small_bureau()
    person(email="mira@example.org", language="bg", coordinates=[a_partner(bureau=bureau)])
    an_open_round(bureau)

    sent = [
        actions.remind_missing("golden-river", "2026-12", actor="test", now=moment)
        for moment in (NOW, NOW + timedelta(hours=2), NOW + timedelta(days=1))
    ]

    assert sent == [1, 0, 1]
