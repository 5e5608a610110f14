"""Accepting a plan that was made a while ago: what holds today is taken over, what does not is named with its reason."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.catalogue.actions.entries import set_service_active
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.actions.partners import leave
from bureau.organisations.models import Room, Worker, whole_worker
from bureau.rotation import actions, queries
from bureau.rotation.domain.refusals import PlanOutdated
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, Offer, PlannedSession, Proposal
from bureau.rotation.models.loading import whole_offer
from bureau.rotation.queries.facts import problem_of
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.wording import why_left_out
from tests.factories.catalogue import a_language
from tests.factories.organisations import a_bureau, a_closure, a_worker, an_organisation
from tests.factories.rotation import (
    NOW,
    a_partner,
    a_proposal,
    a_session,
    a_small_bureau,
    an_offer,
    an_open_round,
    slots_of,
    to_phase,
    worker_row,
)
from tests.holding import rows_held

TUESDAY, WEDNESDAY, THURSDAY = "2026-12-01T10:00", "2026-12-02T10:00", "2026-12-03T10:00"
EVERYWHERE = {"max_per_day": 9, "max_per_week": 9, "max_per_month": 99, "max_at_once": 9}


@pytest.fixture
def round_(session: Session) -> RoundInfo:
    """December proposed on, with two partners of one worker each, who inform in English."""
    bureau = a_small_bureau()
    numbers = [a_worker(a_partner(code, bureau), code).id for code in ("open-gate", "good-well")]
    opened = an_open_round(bureau)
    for number in numbers:
        an_offer(opened, [worker_row(number)], promised=5, **EVERYWHERE)
    return to_phase(opened, "proposing")


def worker(label: str) -> Worker:
    """The worker of that organisation, read anew."""
    statement = select(Worker).where(Worker.label == label).options(*whole_worker())
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).one()


def offer_of(label: str) -> Offer:
    """The offer of that organisation with all its parts."""
    statement = select(Offer).where(Offer.organisation_id == worker(label).organisation_id).options(*whole_offer())
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).one()


def a_plan(*assignments: tuple[str, str, str]) -> int:
    """A proposal: organisation's worker, block, seat."""
    return a_proposal([(worker(label), block, seat) for label, block, seat in assignments])


def two_sessions() -> int:
    """A plan with one session of each organisation, on Tuesday and on Wednesday."""
    return a_plan(("open-gate", TUESDAY, "desk-a-1"), ("good-well", WEDNESDAY, "desk-a-1"))


def accept(number: int) -> tuple[list[str], list[str]]:
    """Accept it: whose sessions are live then, and why the others were left out, as the manager reads it."""
    actions.accept_proposal("golden-river", number, actor="test", now=NOW)
    told = [why_left_out(one) for one in queries.left_out_of("golden-river", number)]
    return planned(), told


def planned() -> list[str]:
    """The labels of whoever is in a live session."""
    statement = select(Worker.label).join(PlannedSession, PlannedSession.worker_id == Worker.id)
    alive = statement.where(PlannedSession.state.in_(LIVE)).order_by(PlannedSession.starts_at, Worker.label)
    return list(db.session.scalars(alive.execution_options(**EVERY_ORGANISATION.options())))


def test_a_plan_that_holds_is_taken_over_whole(round_: RoundInfo) -> None:
    assert accept(two_sessions()) == (["open-gate", "good-well"], [])


def test_a_plan_holds_slots_and_limits_before_sessions_as_a_move_and_an_exchange_do(round_: RoundInfo) -> None:
    number = two_sessions()

    with rows_held("slot", "offer", "planned_session") as held:
        accept(number)

    assert held == ["slot", "offer", "planned_session"]


def test_a_worker_who_left_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    worker("open-gate").active = False
    db.session.commit()

    assert accept(number) == (["good-well"], ["The worker is no longer in the organisation’s team here."])


def test_a_worker_who_was_deleted_is_left_out(round_: RoundInfo) -> None:
    number, gone = two_sessions(), worker("open-gate")
    offer_of("open-gate").workers = []
    db.session.commit()
    db.session.delete(gone)
    db.session.commit()

    told = accept(number)

    assert told == (["good-well"], ["The worker is no longer in the organisation’s team here."])
    assert [one.worker for one in queries.left_out_of("golden-river", number)] == [""]


def test_an_organisation_that_ended_its_part_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    leave("golden-river", "open-gate", actor="test", now=NOW)

    told = accept(number)

    named = queries.left_out_of("golden-river", number)
    assert told == (["good-well"], ["The organisation no longer takes part in the bureau."])
    assert [(one.worker, one.organisation.in_("en"), one.room.in_("en")) for one in named] == [
        ("open-gate", "open-gate", "desk-a")
    ]


def test_a_session_in_a_room_out_of_use_is_left_out(round_: RoundInfo) -> None:
    number = a_plan(("open-gate", TUESDAY, "quiet-1"), ("good-well", WEDNESDAY, "desk-a-1"))
    db.session.scalars(select(Room).where(Room.code == "quiet")).one().active = False
    db.session.commit()

    assert accept(number) == (["good-well"], ["The room or seat is no longer in use."])


def test_a_session_on_a_seat_that_was_taken_away_is_left_out(session: Session) -> None:
    bureau = a_small_bureau()
    db.session.scalars(select(Room).where(Room.code == "desk-a")).one().seats = 2
    number = a_worker(a_partner("open-gate", bureau), "open-gate").id
    opened = an_open_round(bureau)
    an_offer(opened, [worker_row(number)], **EVERYWHERE)
    plan = a_plan(("open-gate", TUESDAY, "desk-a-2"), ("open-gate", WEDNESDAY, "desk-a-1"))
    db.session.scalars(select(Room).where(Room.code == "desk-a")).one().seats = 1
    db.session.commit()

    assert accept(plan) == (["open-gate"], ["The room or seat is no longer in use."])


def test_a_session_in_a_closed_slot_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    actions.close_slot("golden-river", slots_of(round_, "desk-a")[0].id, actor="test", now=NOW)

    assert accept(number) == (["good-well"], ["The slot is closed."])


def test_a_session_on_a_day_that_was_closed_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    a_closure(date(2026, 12, 1), a_bureau())
    db.session.commit()

    assert accept(number) == (["good-well"], ["The slot is closed."])


def test_a_session_in_a_slot_that_somebody_booked_is_left_out(round_: RoundInfo) -> None:
    number = a_plan(("good-well", WEDNESDAY, "desk-a-1"), ("good-well", TUESDAY, "desk-a-1"))
    a_session(round_, worker("open-gate"), slots_of(round_, "desk-a")[0])

    assert accept(number) == (["open-gate", "good-well"], ["Somebody else has the slot."])


def test_a_worker_who_is_booked_elsewhere_at_that_time_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    other = a_small_bureau("white-hill")
    a_partner("open-gate", other, usual=EVERYWHERE)
    elsewhere = an_open_round(other, phase="proposing")
    a_session(elsewhere, worker("open-gate"), slots_of(elsewhere)[0])

    told = accept(number)

    assert told == (["open-gate", "good-well"], ["The worker is in another session at this time."])


@pytest.mark.parametrize(
    ("limits", "booked"),
    [
        ({"max_at_once": 1}, ("quiet", 0)),
        ({"max_per_day": 1}, ("desk-a", 2)),
        ({"max_per_week": 1}, ("desk-a", 6)),
        ({"max_per_month": 1}, ("desk-a", 30)),
    ],
)
def test_a_session_beyond_a_limit_that_was_reached_meanwhile_is_left_out(
    round_: RoundInfo, limits: dict[str, int], booked: tuple[str, int]
) -> None:
    number = two_sessions()
    room, place = booked
    a_session(round_, a_worker(an_organisation("open-gate"), "second"), slots_of(round_, room)[place])
    offer = offer_of("open-gate")
    for name, most in limits.items():
        setattr(offer, name, most)
    db.session.commit()

    live, told = accept(number)

    assert sorted(live) == ["good-well", "second"]
    assert told == ["The organisation takes no more sessions then: its own limit is reached."]


def test_the_plan_keeps_within_a_limit_that_was_lowered_and_what_is_there_comes_first(round_: RoundInfo) -> None:
    accept(a_plan(("open-gate", THURSDAY, "desk-a-1")))
    number = a_plan(("open-gate", TUESDAY, "desk-a-1"), ("open-gate", THURSDAY, "desk-a-1"))
    offer_of("open-gate").max_per_month = 1
    db.session.commit()

    accept(number)

    [row] = db.session.scalars(select(PlannedSession).where(PlannedSession.state.in_(LIVE)))
    assert f"{row.starts_at:%d}" == "03"


def test_a_service_out_of_use_is_left_out(round_: RoundInfo) -> None:
    a_session(round_, worker("open-gate"), slots_of(round_)[0])
    number = a_plan(("open-gate", TUESDAY, "desk-a-1"), ("good-well", WEDNESDAY, "desk-a-1"))
    set_service_active("info", active=False, actor="test", now=NOW)

    told = accept(number)

    assert told == (["open-gate"], ["“info” is no longer offered."])


def test_a_language_that_the_worker_no_longer_speaks_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    worker("open-gate").languages = [a_language("ar")]
    db.session.commit()

    assert accept(number) == (["good-well"], ["“en” is no longer offered."])


def test_a_time_that_the_organisation_took_back_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    [offered] = offer_of("open-gate").workers
    offered.availability = [row for row in offered.availability if row.day != date(2026, 12, 1)]
    db.session.commit()

    assert accept(number) == (["good-well"], ["The organisation no longer offers this time."])


def test_a_session_whose_time_has_come_is_left_out(round_: RoundInfo) -> None:
    number = two_sessions()
    on_tuesday = slots_of(round_)[0].starts_at + timedelta(minutes=1)

    actions.accept_proposal("golden-river", number, actor="test", now=on_tuesday)

    told = [why_left_out(one) for one in queries.left_out_of("golden-river", number)]
    assert (planned(), told) == (["good-well"], ["The slot has already begun."])


def test_a_service_that_needs_a_quiet_room_now_is_left_out_of_a_desk(round_: RoundInfo) -> None:
    number = a_plan(("open-gate", TUESDAY, "desk-a-1"), ("good-well", WEDNESDAY, "quiet-1"))
    for row in worker("open-gate").services:
        row.needs_private_room = True
    db.session.commit()

    told = accept(number)

    assert told == (["good-well"], ["“info” is given in a quiet room. Please choose a slot there."])


def test_where_nothing_of_the_plan_holds_it_is_refused_and_nothing_is_taken_away(round_: RoundInfo) -> None:
    accept(a_plan(("good-well", WEDNESDAY, "desk-a-1")))
    number = a_plan(("open-gate", TUESDAY, "desk-a-1"))
    leave("golden-river", "open-gate", actor="test", now=NOW)

    with pytest.raises(PlanOutdated):
        accept(number)

    assert planned() == ["good-well"]
    assert db.session.get_one(Proposal, number).state == "finished"


def test_what_is_left_out_is_not_proposed_again(round_: RoundInfo) -> None:
    a_session(round_, worker("open-gate"), slots_of(round_)[0])
    worker("open-gate").active = False
    db.session.scalars(select(Room).where(Room.code == "quiet")).one().active = False
    db.session.commit()

    problem = problem_of(round_, now=NOW)

    desk = parse_problem(problem).desks[0]
    assert {team["org"] for team in problem["teams"]} == {"good-well"}
    assert [one["id"] for one in problem["desks"]] == ["desk-a-1"]
    assert desk.unavailable_blocks == {TUESDAY}
