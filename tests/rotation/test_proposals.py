"""The solver at work on a round, and what accepting its plan does."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.outliving import LOST_AFTER
from bureau.organisations.models import Worker
from bureau.rotation import actions, queries
from bureau.rotation.actions.proposals import create_proposal, run_proposal
from bureau.rotation.domain.cockpit import ProposalInfo
from bureau.rotation.domain.refusals import NobodyAnswered, PlanOutdated, ProposalNotReady, ProposalRunning
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Proposal
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_demand,
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

A_MONTH_OF_MINUTES = Path(__file__).parent / "solver" / "months" / "S-11.json.gz"
"""Eighteen organisations: nobody proves its best plan before somebody can press stop."""


def a_round_with_offers() -> tuple[RoundInfo, Worker, Worker]:
    """December proposed on, with two partners of one worker each."""
    bureau = a_small_bureau()
    numbers = [a_worker(a_partner(code, bureau), "W1").id for code in ("open-gate", "good-well")]
    a_demand(bureau, "week", minimum=1, target=2, service_id=a_service("info").id)
    round_ = an_open_round(bureau)
    for number in numbers:
        an_offer(round_, [worker_row(number)], promised=5)
    one, other = map(worker_row, numbers)
    return to_phase(round_, "proposing"), one, other


def accept(number: int) -> actions.Accepted:
    """Accept it as the manager."""
    return actions.accept_proposal("golden-river", number, actor="test", now=NOW)


def live() -> dict[tuple[int, str], tuple[str, int]]:
    """The live sessions: by worker and start, the UID and the slot."""
    rows = db.session.scalars(select(PlannedSession).where(PlannedSession.state.in_(LIVE)))
    return {(row.worker_id, f"{row.starts_at:%d %H:%M}"): (row.uid, row.slot_id) for row in rows}


def test_the_solver_runs_to_its_end_and_its_plan_becomes_sessions(session: Session) -> None:
    _, one, other = a_round_with_offers()
    workers = {one.id, other.id}
    number = create_proposal("golden-river", DECEMBER, seconds=4, actor="test", now=NOW)

    state = run_proposal(number, clock=lambda: NOW)
    found = queries.get_proposal("golden-river", number, now=NOW)
    done = accept(number)

    assert state == "finished"
    assert found.can_be_accepted
    assert found.total is not None
    assert done.new == found.shifts == len(live()) > 0
    assert {worker for worker, _ in live()} == workers
    assert queries.get_proposal("golden-river", number, now=NOW).state == "accepted"
    assert isinstance(queries.explanations("golden-river", number), tuple)


def test_a_second_plan_keeps_the_uids_of_what_stays_even_when_seats_are_traded(session: Session) -> None:
    _, one, other = a_round_with_offers()
    accept(a_proposal([(one, "2026-12-01T10:00", "desk-a-1"), (other, "2026-12-01T10:00", "quiet-1"),
                       (one, "2026-12-02T10:00", "desk-a-1")]))  # fmt: skip
    before = live()

    done = accept(a_proposal([(one, "2026-12-01T10:00", "quiet-1"), (other, "2026-12-01T10:00", "desk-a-1"),
                              (other, "2026-12-03T10:00", "desk-a-1")]))  # fmt: skip
    after = live()

    assert (done.new, done.kept, done.withdrawn) == (1, 2, 1)
    shared = [(one.id, "01 08:00"), (other.id, "01 08:00")]
    assert [after[key][0] for key in shared] == [before[key][0] for key in shared]
    assert [after[key][1] for key in shared] == [before[key][1] for key in reversed(shared)]


def test_a_session_that_comes_back_has_its_old_uid(session: Session) -> None:
    _, one, other = a_round_with_offers()
    accept(a_proposal([(one, "2026-12-01T10:00", "desk-a-1")]))
    first = live()
    accept(a_proposal([(other, "2026-12-01T10:00", "desk-a-1")]))

    accept(a_proposal([(one, "2026-12-01T10:00", "quiet-1")]))

    assert [uid for uid, _ in live().values()] == [uid for uid, _ in first.values()]


def test_what_people_booked_and_pinned_stays(session: Session) -> None:
    round_, one, other = a_round_with_offers()
    booked = a_session(round_, one, slots_of(round_)[0])
    accept(a_proposal([(other, "2026-12-02T10:00", "desk-a-1"), (other, "2026-12-03T10:00", "desk-a-1")]))
    pinned = db.session.scalars(select(PlannedSession).where(PlannedSession.worker_id == other.id)).first()
    assert pinned is not None
    actions.pin_session("golden-river", pinned.id, pinned=True, version=pinned.version, actor="test", now=NOW)

    accept(a_proposal([]))

    assert {uid for uid, _ in live().values()} == {booked.uid, pinned.uid}


def test_a_plan_that_needs_a_slot_taken_since_is_outdated(session: Session) -> None:
    round_, one, other = a_round_with_offers()
    number = a_proposal([(one, "2026-12-01T10:00", "desk-a-1")])
    a_session(round_, other, slots_of(round_)[0])

    with pytest.raises(PlanOutdated):
        accept(number)

    assert len(live()) == 1


def test_one_run_at_a_time_and_one_that_nobody_takes_up_has_failed(session: Session) -> None:
    a_round_with_offers()
    first = create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=NOW)
    late = NOW + LOST_AFTER + timedelta(seconds=1)

    with pytest.raises(ProposalRunning):
        create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=NOW + LOST_AFTER)
    seen = queries.get_proposal("golden-river", first, now=late)
    second = create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=late)

    assert (seen.state, seen.problem_found) == ("failed", "died")
    assert second != first


def test_without_an_answer_there_is_nothing_to_propose(session: Session) -> None:
    an_open_round(phase="proposing")

    with pytest.raises(NobodyAnswered):
        create_proposal("golden-river", DECEMBER, seconds=1, actor="test", now=NOW)


def test_what_has_no_plan_or_was_put_aside_is_not_accepted(session: Session) -> None:
    _, one, _ = a_round_with_offers()
    running = create_proposal("golden-river", DECEMBER, seconds=1, actor="test", now=NOW)
    with pytest.raises(ProposalNotReady):
        accept(running)
    actions.discard_proposal("golden-river", running, actor="test", now=NOW)

    aside = a_proposal([(one, "2026-12-01T10:00", "desk-a-1")])
    actions.discard_proposal("golden-river", aside, actor="test", now=NOW)

    with pytest.raises(ProposalNotReady):
        accept(aside)


def test_a_conflict_and_a_way_out_of_it_are_told_and_not_a_plan(session: Session) -> None:
    round_, one, _ = a_round_with_offers()
    for slot in slots_of(round_, "desk-a")[:4:3]:  # the first block of two days
        a_session(round_, one, slot)
    number = create_proposal("golden-river", DECEMBER, seconds=1, actor="test", now=NOW)
    row = db.session.get_one(Proposal, number)
    row.problem = {
        **row.problem,
        "organisations": [{**each, "max_per_month": 1} for each in row.problem["organisations"]],
    }
    db.session.commit()

    state = run_proposal(number, clock=lambda: NOW)

    found = queries.get_proposal("golden-river", number, now=NOW)
    assert (state, found.problem_found, found.can_be_accepted) == ("failed", "infeasible", False)
    assert ("org", "open-gate", "max_per_month") in found.conflict
    ways = [(way.change, way.limit, way.before, way.after) for (way,) in queries.ways_out("golden-river", number)]
    assert ("raise", "max_per_month", 1, 2) in ways


def wait_for(number: int, wanted: Callable[[ProposalInfo], bool]) -> ProposalInfo:
    """The proposal, once it is as wanted; at most a minute and a half."""
    for _ in range(450):
        db.session.rollback()
        found = queries.get_proposal("golden-river", number, now=utcnow())
        if wanted(found):
            return found
        time.sleep(0.2)
    raise AssertionError(number)
