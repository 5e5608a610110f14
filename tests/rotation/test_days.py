"""A whole day out of the plan, and back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.localised import LocalisedText
from bureau.notices.models import Notice
from bureau.organisations import queries as places
from bureau.organisations.models import Worker
from bureau.rotation import actions, queries
from bureau.rotation.domain.programme import from_json
from bureau.rotation.domain.refusals import AlreadyCancelled, DayOver, NothingCancelled, ReasonNeeded, SlotClosed
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Programme, Slot
from tests.factories.accounts import person
from tests.factories.organisations import a_closure, a_worker, an_organisation
from tests.factories.rotation import NOW, a_partner, a_session, a_small_bureau, an_open_round, slots_of

FIRST = date(2026, 12, 1)
WHY = LocalisedText({"bg": "Няма ток", "en": "No electricity"})
BY = {"actor": "7", "now": NOW}


@pytest.fixture
def worker(session: Session) -> Worker:
    """One who informs."""
    return a_worker(a_partner(bureau=a_small_bureau(), usual={"max_per_day": 9, "max_per_week": 9, "max_at_once": 9}))


@pytest.fixture
def round_(worker: Worker) -> RoundInfo:
    """December, open for booking."""
    return an_open_round(phase="proposing")


def on_first(round_: RoundInfo) -> list[Slot]:
    """The slots of the first day, at the desk."""
    return [slot for slot in slots_of(round_, "desk-a") if slot.day == FIRST]


def closures() -> list[str]:
    """Why the bureau is closed on the first day."""
    return [one.reason.in_("bg") for one in places.closures(a_small_bureau().id, FIRST, FIRST)]


def state(number: int) -> tuple[str, str]:
    """State and reason of a session."""
    row = db.session.get_one(PlannedSession, number)
    return row.state, row.reason


def test_a_cancelled_day_has_no_sessions_no_open_slots_and_is_closed_for_residents(
    round_: RoundInfo, worker: Worker
) -> None:
    one, other = (a_session(round_, worker, slot).id for slot in on_first(round_)[:2])
    next_day = a_session(round_, worker, next(slot for slot in slots_of(round_) if slot.day > FIRST)).id
    coordinator = person(coordinates=[an_organisation()])
    ahead = queries.day_ahead("golden-river", FIRST, now=NOW)

    number = actions.cancel_day("golden-river", FIRST, WHY, **BY)

    assert ([detail.session.id for detail in ahead.sessions], ahead.open_slots, number) == ([one, other], 4, 2)
    assert state(one) == state(other) == ("cancelled", "Няма ток")
    assert state(next_day)[0] == "booked"
    assert all(slot.closed == (slot.day == FIRST) for slot in slots_of(round_))
    assert closures() == ["Няма ток"]
    assert {notice.person_id for notice in db.session.scalars(select(Notice))} == {coordinator.id}
    with pytest.raises(AlreadyCancelled):
        actions.cancel_day("golden-river", FIRST, WHY, **BY)


def test_a_day_put_back_has_its_sessions_where_slot_and_worker_are_free(round_: RoundInfo, worker: Worker) -> None:
    back, taken, gone = on_first(round_)
    rows = [a_session(round_, worker, slot).id for slot in (back, taken)]
    left = a_worker(an_organisation(), "W2")
    rows.append(a_session(round_, left, gone).id)
    actions.cancel_day("golden-river", FIRST, WHY, **BY)
    left.active = False
    actions.reopen_slot("golden-river", taken.id, **BY)
    a_session(round_, a_worker(an_organisation(), "W3"), taken)

    restored = actions.restore_day("golden-river", FIRST, **BY)

    page = queries.day_cancelled("golden-river", FIRST, now=NOW)
    assert (restored.back, restored.left) == (1, 2)
    assert [state(number)[0] for number in rows] == ["booked", "cancelled", "cancelled"]
    assert [one.why and one.why.code for one in page.sessions] == [None, "slot_taken", "unknown_worker"]
    assert not any(slot.closed for slot in slots_of(round_))
    assert closures() == []
    with pytest.raises(NothingCancelled):
        actions.restore_day("golden-river", FIRST, **BY)


def test_what_was_closed_before_the_day_was_cancelled_stays_closed(round_: RoundInfo, worker: Worker) -> None:
    shut = on_first(round_)[0].id
    actions.close_slot("golden-river", shut, **BY)
    a_closure(FIRST, reason="holiday")
    db.session.commit()

    actions.cancel_day("golden-river", FIRST, WHY, **BY)
    actions.restore_day("golden-river", FIRST, **BY)

    assert [slot.id for slot in slots_of(round_) if slot.closed] == [shut]
    assert len(closures()) == 1


def test_a_day_that_is_over_and_a_reason_that_is_missing_are_refused(round_: RoundInfo, worker: Worker) -> None:
    slot = on_first(round_)[0]
    begun = a_session(round_, worker, slot).id
    later = a_session(round_, worker, on_first(round_)[1]).id
    noon = slot.starts_at + timedelta(hours=1)

    with pytest.raises(ReasonNeeded):
        actions.cancel_day("golden-river", FIRST, LocalisedText({"en": " ", "bg": ""}), **BY)
    actions.cancel_day("golden-river", FIRST, WHY, actor="7", now=noon)
    with pytest.raises(DayOver):
        actions.restore_day("golden-river", FIRST, actor="7", now=NOW + timedelta(days=40))
    with pytest.raises(SlotClosed):
        a_session(round_, worker, on_first(round_)[2])

    assert (state(begun)[0], state(later)[0]) == ("booked", "cancelled")


def test_residents_read_of_a_cancelled_day_when_the_month_is_published_again(round_: RoundInfo, worker: Worker) -> None:
    a_session(round_, worker, on_first(round_)[0])
    actions.publish_programme("golden-river", "2026-12", **BY)
    actions.cancel_day("golden-river", FIRST, WHY, **BY)
    before = queries.day_cancelled("golden-river", FIRST, now=NOW)

    actions.publish_programme("golden-river", "2026-12", actor="7", now=NOW + timedelta(minutes=1))

    first, second = map(from_json, db.session.scalars(select(Programme.document).order_by(Programme.number)))
    assert (before.public, queries.day_cancelled("golden-river", FIRST, now=NOW).public) == (False, True)
    assert (first.sessions[0].cancelled, second.sessions[0].cancelled) == (False, True)
    assert [one.reason.in_("en") for one in second.closures] == ["No electricity"]


def test_a_month_opened_later_leaves_a_cancelled_day_out(worker: Worker) -> None:
    actions.cancel_day("golden-river", FIRST, WHY, **BY)

    round_ = an_open_round()

    assert FIRST not in {slot.day for slot in slots_of(round_)}
    assert queries.day_cancelled("golden-river", FIRST, now=NOW).sessions == ()
    assert queries.days_cancelled("golden-river", today=FIRST) == [FIRST]
    assert queries.series_at("golden-river", scope=EVERY_ORGANISATION, today=FIRST) == ()
