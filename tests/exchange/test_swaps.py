"""Swaps and rings: asked, answered, moved at once or not at all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bureau.exchange import actions, queries
from bureau.exchange.domain.refusals import (
    AlreadyAsked,
    AnswerGiven,
    CannotMove,
    OwnSession,
    SessionsChanged,
    SwapOver,
    TheirRule,
)
from bureau.exchange.models import Swap
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound, Stale
from bureau.notices.models import Notice
from bureau.rotation import actions as rota
from bureau.rotation.domain.refusals import LimitReached, ReasonNeeded, SessionOver, WorkerBusy, WrongPhase
from bureau.rotation.models import PlannedSession, Slot
from tests.factories.accounts import person
from tests.factories.exchange import PARTNERS, a_month, desk_slot, live, one_each, own, same_time
from tests.factories.organisations import an_organisation
from tests.factories.rotation import NOW, a_session, to_phase, worker_row
from tests.holding import rows_held

HERE = "golden-river"
pytestmark = pytest.mark.usefixtures("session")


def ask(rows: list[PlannedSession], scope: Scope) -> int:
    """Ask for a swap of these sessions, as they are now."""
    return actions.ask_swap(HERE, [(row.id, row.version) for row in rows], scope=scope, actor="test", now=NOW)


def accept(swap: int, row: PlannedSession, *, now: datetime = NOW) -> bool:
    """Accept in the name of the session's organisation."""
    return actions.accept_swap(HERE, swap, organisation_id=row.organisation_id, actor="test", now=now)


def state(swap: int) -> str:
    """What became of it."""
    db.session.expire_all()
    return db.session.get_one(Swap, swap).state


def slot_at(row: PlannedSession) -> Slot:
    """The slot of a session."""
    return db.session.get_one(Slot, row.slot_id)


def told() -> list[str]:
    """The kinds of what people were told, in order."""
    return list(db.session.scalars(select(Notice.kind).order_by(Notice.id)))


def test_two_sessions_exchange_their_slots_and_nothing_else() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    before = {row.id: (row.slot_id, row.uid, row.organisation_id, row.worker_id) for row in (ours, theirs)}
    swap = ask([ours, theirs], own(workers[0]))

    moved = accept(swap, theirs)

    db.session.expire_all()
    assert moved
    assert (ours.slot_id, theirs.slot_id) == (before[theirs.id][0], before[ours.id][0])
    assert (ours.uid, ours.organisation_id, ours.worker_id) == before[ours.id][1:]
    assert [row.starts_at for row in (ours, theirs)] == [slot_at(row).starts_at for row in (ours, theirs)]
    assert {ours.state, theirs.state} == {"booked"}
    assert state(swap) == "moved"


def test_of_a_ring_each_takes_the_slot_of_the_next_when_the_last_accepts() -> None:
    round_, workers = a_month()
    rows = one_each(round_, workers)
    slots = [row.slot_id for row in rows]
    swap = ask(rows, own(workers[0]))

    first, second = accept(swap, rows[2]), accept(swap, rows[1])

    db.session.expire_all()
    assert (first, second) == (False, True)
    assert [row.slot_id for row in rows] == [slots[1], slots[2], slots[0]]


def test_nothing_moves_before_everybody_accepts() -> None:
    round_, workers = a_month()
    rows = one_each(round_, workers)
    before = live()
    swap = ask(rows, own(workers[0]))

    accept(swap, rows[1])

    assert live() == before
    assert state(swap) == "asked"


def test_the_manager_arranges_a_swap_and_answers_for_others() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], EVERY_ORGANISATION)

    answers = [accept(swap, ours), accept(swap, theirs)]

    assert answers == [False, True]


def test_a_session_that_changed_since_it_was_asked_for_moves_nothing_and_everybody_is_told() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    for code in PARTNERS[:2]:
        person(coordinates=[an_organisation(code)])
    swap = ask([ours, theirs], own(workers[0]))
    rota.pin_session(HERE, ours.id, pinned=True, version=ours.version, actor="test", now=NOW)
    before = live()

    with pytest.raises(SessionsChanged):
        accept(swap, theirs)

    assert live() == before
    assert state(swap) == "overtaken"
    assert told() == ["exchange.asked", "exchange.overtaken", "exchange.overtaken"]


def test_a_swap_that_would_break_a_rule_is_not_asked_for() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    a_session(round_, workers[0], same_time(round_, 1))

    with pytest.raises(CannotMove) as refusal:
        ask([ours, theirs], own(workers[0]))

    assert isinstance(refusal.value.params["why"], WorkerBusy | LimitReached)


def test_the_limit_of_another_organisation_is_its_own_matter() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    first = own(workers[0])
    swap = ask([ours, theirs], first)
    for hour in (1, 2):
        a_session(round_, worker_row(workers[0].id), desk_slot(round_, 1, hour))

    with pytest.raises(CannotMove) as accepting:
        accept(swap, theirs)
    actions.withdraw_swap(HERE, swap, scope=first, actor="test", now=NOW)
    with pytest.raises(CannotMove) as asking:
        ask([theirs, ours], own(workers[1]))
    with pytest.raises(CannotMove) as asking_ourselves:
        ask([ours, theirs], first)

    refusals = [one.value.params["why"] for one in (accepting, asking, asking_ourselves)]
    assert [type(one) for one in refusals] == [TheirRule, TheirRule, LimitReached]
    assert [refusals[0].params["why"].params, refusals[1].params["why"].params] == [{}, {}]


def test_a_rule_that_breaks_after_asking_keeps_everything_where_it_is() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))
    a_session(round_, workers[0], same_time(round_, 1))
    before = live()

    with pytest.raises(CannotMove):
        accept(swap, theirs)

    assert live() == before
    assert state(swap) == "asked"


def test_declining_ends_it_with_a_reason_and_the_others_are_told() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    person(coordinates=[an_organisation("open-gate")])
    swap = ask([ours, theirs], own(workers[0]))

    actions.decline_swap(
        HERE, swap, organisation_id=theirs.organisation_id, reason="A court hearing", actor="test", now=NOW
    )

    assert state(swap) == "declined"
    assert told() == ["exchange.declined"]
    with pytest.raises(SwapOver):
        accept(swap, theirs)


def test_declining_without_a_reason_is_refused() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))

    with pytest.raises(ReasonNeeded):
        actions.decline_swap(HERE, swap, organisation_id=theirs.organisation_id, reason=" ", actor="test", now=NOW)


def test_who_asked_takes_it_back_and_nobody_else() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))

    with pytest.raises(NotFound):
        actions.withdraw_swap(HERE, swap, scope=own(workers[1]), actor="test", now=NOW)
    actions.withdraw_swap(HERE, swap, scope=own(workers[0]), actor="test", now=NOW)

    assert state(swap) == "withdrawn"


def test_a_party_answers_once() -> None:
    round_, workers = a_month()
    rows = one_each(round_, workers)
    swap = ask(rows, own(workers[0]))
    accept(swap, rows[1])

    with pytest.raises(AnswerGiven):
        accept(swap, rows[1])


def test_a_stranger_neither_sees_nor_answers_a_swap() -> None:
    round_, workers = a_month()
    ours, theirs, strange = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))

    with pytest.raises(NotFound):
        queries.get_swap(HERE, swap, scope=own(workers[2]), now=NOW)
    with pytest.raises(NotFound):
        accept(swap, strange)
    assert queries.our_swaps(HERE, strange.organisation_id, now=NOW).answer == ()


def test_only_ones_own_session_is_given() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)

    with pytest.raises(NotFound):
        ask([ours, theirs], own(workers[1]))


def test_a_swap_is_between_organisations() -> None:
    round_, workers = a_month()
    ours, *_ = one_each(round_, workers)
    second = a_session(round_, workers[0], desk_slot(round_, 5))

    with pytest.raises(OwnSession):
        ask([ours, second], own(workers[0]))


def test_the_same_is_not_asked_twice() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    ask([ours, theirs], own(workers[0]))

    with pytest.raises(AlreadyAsked):
        ask([theirs, ours], own(workers[1]))


def test_who_asks_holds_the_sessions_and_no_swap_that_somebody_may_be_answering() -> None:
    round_, workers = a_month()
    ours, theirs, third = one_each(round_, workers)
    ask([ours, third], own(workers[0]))

    with rows_held("planned_session", "swap") as held:
        ask([ours, theirs], own(workers[0]))

    assert held == ["planned_session", "swap"]


def test_the_calendars_of_both_follow_a_swap() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    for code in PARTNERS[:2]:
        person(coordinates=[an_organisation(code)])
    swap = ask([ours, theirs], own(workers[0]))

    accept(swap, theirs)

    db.session.expire_all()
    moved = db.session.scalars(select(Notice).where(Notice.kind == "exchange.moved").order_by(Notice.organisation_id))
    entries = [
        [(one["uid"], one["sequence"], one["starts"], one["cancelled"]) for one in row.calendar] for row in moved
    ]
    assert entries == [[(row.uid, row.version, row.starts_at.isoformat(), False)] for row in (ours, theirs)]


def test_what_the_person_did_not_see_is_not_asked_for() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)

    with pytest.raises(Stale):
        actions.ask_swap(
            HERE, [(ours.id, ours.version), (theirs.id, theirs.version + 1)],
            scope=own(workers[0]), actor="test", now=NOW,
        )  # fmt: skip


def test_a_session_that_was_given_back_is_not_swapped() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    rota.release_session(
        HERE, theirs.id, reason="ill", version=theirs.version, scope=EVERY_ORGANISATION, actor="test", now=NOW
    )

    with pytest.raises(SessionOver):
        ask([ours, theirs], own(workers[0]))


def test_time_ends_a_swap_by_itself_once() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))
    later = NOW + timedelta(days=4)

    with pytest.raises(SwapOver):
        accept(swap, theirs, now=later)
    closed = [actions.close_what_is_over(now=later), actions.close_what_is_over(now=later)]

    assert closed == [1, 0]
    assert state(swap) == "expired"


def test_another_swap_of_a_session_that_moved_is_closed_at_once() -> None:
    round_, workers = a_month()
    ours, theirs, third = one_each(round_, workers)
    first, second = ask([ours, theirs], own(workers[0])), ask([ours, third], own(workers[0]))

    accept(first, theirs)

    assert (state(first), state(second)) == ("moved", "overtaken")


def test_the_best_exchanges_are_found_for_a_coordinator() -> None:
    round_, workers = a_month()
    rows = one_each(round_, workers)

    found = queries.asking(HERE, rows[0].id, scope=own(workers[0]), now=NOW)

    partners = [[giving.session_id for giving, _ in one.parts] for one in found.proposed]
    assert partners == [[rows[0].id, rows[1].id], [rows[0].id, rows[2].id]]
    assert all(effect.broken is None for one in found.proposed for _, effect in one.parts)


def test_a_swap_says_what_it_does_before_it_is_made() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    swap = ask([ours, theirs], own(workers[0]))

    shown = queries.get_swap(HERE, swap, scope=own(workers[1]), now=NOW)

    mine = shown.party(theirs.organisation_id)
    assert mine is not None
    assert mine.gets is not None
    assert mine.gets.slot.slot_id == ours.slot_id
    assert (mine.gives.worker, shown.parties[0].gives.worker) == ("good-well", None)


def test_a_closed_month_is_not_swapped() -> None:
    round_, workers = a_month()
    ours, theirs, _ = one_each(round_, workers)
    to_phase(round_, "closed")

    with pytest.raises(WrongPhase):
        ask([ours, theirs], own(workers[0]))
