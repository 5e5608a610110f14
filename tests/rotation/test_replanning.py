"""Planning again while a plan is in force: what fell out of it, what may move, and what is told of it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.models import Worker
from bureau.rotation import actions, queries
from bureau.rotation.actions.proposals import create_proposal, run_proposal
from bureau.rotation.domain.comparing import Coming, habits
from bureau.rotation.domain.plan import Placement
from bureau.rotation.domain.refusals import PlanOutdated
from bureau.rotation.domain.replanning import changes_between, costs, raised, weeks_touched
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Proposal
from bureau.rotation.queries.facts import problem_of
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

LATER = NOW + timedelta(hours=1)
TUESDAY, NEXT_TUESDAY = "2026-12-01T10:00", "2026-12-08T10:00"


@pytest.fixture
def planned(session: Session) -> tuple[RoundInfo, Worker, Worker]:
    """December with a plan taken: the one on the first Tuesday, the other on the second."""
    bureau = a_small_bureau()
    numbers = [a_worker(a_partner(code, bureau), "W1").id for code in ("open-gate", "good-well")]
    a_demand(bureau, "week", minimum=1, target=1, service_id=a_service("info").id)
    round_ = an_open_round(bureau)
    for number in numbers:
        an_offer(round_, [worker_row(number)], promised=5)
    one, other = map(worker_row, numbers)
    round_ = to_phase(round_, "proposing")
    accept(a_proposal([(one, TUESDAY, "desk-a-1"), (other, NEXT_TUESDAY, "desk-a-1")]))
    return round_, one, other


def accept(number: int) -> actions.Accepted:
    """Accept it as the manager."""
    return actions.accept_proposal("golden-river", number, actor="test", now=NOW)


def session_of(worker: Worker) -> PlannedSession:
    """The live session of the worker."""
    alive = PlannedSession.worker_id == worker.id, PlannedSession.state.in_(LIVE)
    return db.session.scalars(select(PlannedSession).where(*alive)).one()


def release(row: PlannedSession, now: datetime = LATER) -> None:
    """Give it back."""
    actions.release_session(
        "golden-river", row.id, reason="ill", version=row.version, scope=EVERY_ORGANISATION, actor="test", now=now
    )


def in_force(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Who is where in the plan in force."""
    return {(one["team"], one["block"]) for one in document["current"]}


def test_a_session_given_back_is_in_the_plan_in_force_and_its_worker_cannot_come_then(
    planned: tuple[RoundInfo, Worker, Worker],
) -> None:
    round_, one, other = planned
    release(session_of(one))

    document = problem_of(round_, now=LATER)

    assert in_force(document) == {(f"w{one.id}", TUESDAY), (f"w{other.id}", NEXT_TUESDAY)}
    team = next(team for team in document["teams"] if team["id"] == f"w{one.id}")
    assert {"date": "2026-12-01", "start": "10:00", "end": "12:00"} not in team["available"]
    assert document["replan"] == []


def test_only_the_week_in_which_a_session_was_given_back_is_planned_again(
    planned: tuple[RoundInfo, Worker, Worker],
) -> None:
    _, one, other = planned
    ill, well = one.id, other.id
    release(session_of(one))
    number = create_proposal("golden-river", DECEMBER, seconds=4, actor="test", now=LATER)

    state = run_proposal(number, clock=lambda: LATER)

    row = db.session.get_one(Proposal, number)
    assert (state, row.plan is None) == ("finished", False)
    blocks = {assignment["block"] for assignment in (row.plan or {})["assignments"]}
    assert {block[:10] for block in blocks} - {"2026-12-08"} <= {f"2026-12-0{day}" for day in range(1, 7)}
    assert (row.plan or {})["report"]["repair"]["lost"] == [[f"w{ill}", TUESDAY]]
    told = queries.replanning("golden-river", number)
    assert told is not None
    assert [(lost.organisation.in_("en"), lost.starts.isoformat()[:16]) for lost in told.lost] == [
        ("open-gate", TUESDAY)
    ]
    assert {change.kind for change in told.changes} == {"new"}
    assert (told.weeks, told.proven) == (("2026-W49",), True)
    shortage = next(term for term in told.terms if term.term == "uncovered_target")
    assert (shortage.left - shortage.before, shortage.after - shortage.before) == (1, 0)
    assert (f"w{well}", NEXT_TUESDAY) in {(team["team"], team["block"]) for team in (row.plan or {})["assignments"]}


def test_what_somebody_took_over_or_a_later_plan_settled_is_no_loss(planned: tuple[RoundInfo, Worker, Worker]) -> None:
    round_, one, other = planned
    row = session_of(one)
    release(row)
    a_session(round_, other, next(slot for slot in slots_of(round_) if slot.id == row.slot_id))
    taken_over = problem_of(round_, now=LATER)
    release(session_of_block(other, TUESDAY))
    again = problem_of(round_, now=LATER)
    accept(a_proposal([(other, NEXT_TUESDAY, "desk-a-1")], now=LATER + timedelta(hours=1)))

    settled = problem_of(round_, now=LATER)

    assert in_force(taken_over) == {(f"w{other.id}", TUESDAY), (f"w{other.id}", NEXT_TUESDAY)}
    assert len(in_force(again)) == 2
    assert in_force(settled) == {(f"w{other.id}", NEXT_TUESDAY)}


def session_of_block(worker: Worker, block: str) -> PlannedSession:
    """The worker's live session in that block."""
    alive = PlannedSession.worker_id == worker.id, PlannedSession.state.in_(LIVE)
    rows = db.session.scalars(select(PlannedSession).where(*alive).order_by(PlannedSession.starts_at)).all()
    return next(row for row in rows if f"{row.starts_at:%Y-%m-%d}" == block[:10])


def test_a_worker_who_left_is_in_the_plan_in_force_as_one_who_cannot_come(
    planned: tuple[RoundInfo, Worker, Worker],
) -> None:
    round_, one, _ = planned
    one.active = False
    db.session.commit()

    document = problem_of(round_, now=LATER)

    team = next(team for team in document["teams"] if team["id"] == f"w{one.id}")
    assert (team["available"], [offer["service"] for offer in team["offers"]]) == ([], ["info"])
    assert (f"w{one.id}", TUESDAY) in in_force(document)


def test_a_new_wish_frees_the_weeks_it_touches_and_one_that_is_met_frees_nothing(
    planned: tuple[RoundInfo, Worker, Worker],
) -> None:
    round_, _, _ = planned
    bureau = a_small_bureau()
    a_demand(bureau, "week", minimum=0, target=1, language_tag="en")

    document = problem_of(round_, now=LATER)
    everywhere = problem_of(round_, now=LATER, everywhere=True)

    assert [one["week"] for one in document["replan"]] == ["2026-W51", "2026-W52", "2026-W53"]
    assert len(everywhere["replan"]) == 5


def test_before_a_plan_is_taken_the_whole_month_may_move(session: Session) -> None:
    bureau = a_small_bureau()
    worker = a_worker(a_partner(bureau=bureau))
    round_ = an_open_round(bureau)
    an_offer(round_, [worker])
    round_ = to_phase(round_, "proposing")
    a_session(round_, worker, slots_of(round_)[-1])
    release(a_session(round_, worker))

    document = problem_of(round_, now=LATER)

    assert (len(document["current"]), len(document["replan"])) == (1, 5)
    assert {"date": "2026-12-01", "start": "10:00", "end": "12:00"} not in document["teams"][0]["available"]


def test_a_plan_made_before_a_session_was_given_back_does_not_bring_it_back(
    planned: tuple[RoundInfo, Worker, Worker],
) -> None:
    _, one, _ = planned
    number = a_proposal([(one, TUESDAY, "desk-a-1")])
    release(session_of(one))

    with pytest.raises(PlanOutdated):
        accept(number)


# Rules alone


def placement(worker: int, block: str, seat: str = "1", services: str = "a") -> Placement:
    """One assignment of a plan."""
    return Placement(worker_id=worker, block=block, seat=seat, services=tuple(services), languages=())


def test_what_a_plan_changes_is_told_by_kind_and_what_was_lost_is_not_a_change() -> None:
    current = [placement(1, "a"), placement(2, "b"), placement(3, "c"), placement(4, "d"), placement(5, "e")]
    plan = [placement(2, "f"), placement(3, "c", "2"), placement(4, "d", services="ab"), placement(6, "a")]

    found = changes_between(current, plan, lost={(1, "a")})

    assert [(one.kind, one.before and one.before.block, one.after and one.after.block) for one in found] == [
        ("new", None, "a"), ("moved", "b", "f"), ("seat", "c", "c"), ("services", "d", "d"), ("withdrawn", "e", None),
    ]  # fmt: skip


def test_last_months_hours_are_kept_moved_new_or_gone() -> None:
    ten, one = time(10), time(13)
    before = [Coming(organisation="a", weekday=day, starts=ten) for day in (1, 1, 2, 3, 4)]
    after = [Coming(organisation="a", weekday=day, starts=hour) for day, hour in ((1, ten), (2, one), (2, one))]
    after.append(Coming(organisation="b", weekday=5, starts=ten))

    found = [(h.organisation, h.before, h.after, h.kept, h.moved, h.new, h.gone) for h in habits(before, after)]

    assert found == [("a", 5, 3, 1, 1, 0, 2), ("b", 0, 1, 0, 0, 1, 0)]


def test_the_costs_are_the_terms_that_differ() -> None:
    found = costs({"x": 1, "y": 2}, {"x": 1, "y": 3}, {"x": 1, "y": 2}, {"y": 100})

    assert [(one.term, one.before, one.left, one.after, one.weight) for one in found] == [("y", 2, 3, 2, 100)]


def test_a_wish_is_raised_when_it_is_new_or_asks_for_more_and_touches_where_it_counts() -> None:
    old = [{"id": "d1", "scope": "week", "week": "2026-W49", "min": 1, "target": 2, "weight": 1}]
    more, less = {**old[0], "target": 3}, {**old[0], "target": 1}
    new = {"id": "d2", "scope": "day", "date": "2026-12-08", "min": 0, "target": 1, "weight": 1}
    blocks = [{"id": f"{day}T10:00", "site": "here", "date": day} for day in ("2026-12-01", "2026-12-08", "2026-12-15")]

    assert raised(old, old) == raised(old, [less]) == frozenset()
    assert raised(old, [more, new]) == {"d1", "d2"}
    assert weeks_touched([more], blocks) == {("here", "2026-W49")}
    assert weeks_touched([new], blocks) == {("here", "2026-W50")}
    assert len(weeks_touched([{"id": "d3", "scope": "month"}], blocks)) == 3
