"""What planning again changes in the plan in force, and what fell out of that by itself."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.plan import Key, Placement, placements_of
from bureau.rotation.domain.replanning import (
    Change,
    MayMove,
    NamedChange,
    NamedSession,
    Replanning,
    changes_between,
    costs,
)
from bureau.rotation.domain.round_facts import worker_of
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Proposal, Round
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.repair import in_force
from bureau.rotation.solver.score import score, total

from .facts import problem_of
from .in_force import broken_in, taken_since
from .naming import Naming

Json = Mapping[str, Any]


def replanning(bureau: str, proposal_id: int) -> Replanning | None:
    """What the proposal changes in the plan in force when it was made; None where there was none, or no plan is found."""
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    row = db.session.scalar(select(Proposal).where(Proposal.id == proposal_id, here))
    if row is None:
        raise NotFound
    if not row.plan or not row.plan.get("assignments") or not _has_plan_in_force(row.problem):
        return None
    try:
        facts = Facts(parse_problem(row.problem))
    except Malformed:
        return None
    return _told(row, facts)


def _has_plan_in_force(problem: Json) -> bool:
    """Whether anything stood that was not agreed: agreed bookings alone are no plan."""
    pinned = {(one["team"], one["block"]) for one in problem["pinned"]}
    return any((one["team"], one["block"]) not in pinned for one in problem["current"] or ())


def _told(row: Proposal, facts: Facts) -> Replanning:
    plan: Json = row.plan or {}
    repair = plan.get("report", {}).get("repair", {})
    lost = frozenset((team, block) for team, block in repair["lost"]) if repair else broken_in(facts)
    current, wanted = _in_force(row.problem), placements_of(plan)
    gone = {(worker_of(team), block) for team, block in lost}
    naming = Naming(row.bureau_id or 0, (*current, *wanted))
    before, left, after = _scores(facts, lost, plan)
    return Replanning(
        lost=_named(naming, current, gone),
        changes=tuple(_change(naming, one) for one in changes_between(current, wanted, gone)),
        terms=costs(before, left, after, facts.problem.weights),
        totals=(total(facts.problem, before), total(facts.problem, left), total(facts.problem, after)),
        weeks=tuple(sorted(week for _, week in repair.get("areas", ()))),
        proven=repair.get("bound") is not None and repair["bound"] >= plan["claimed"]["total"],
    )


def _in_force(problem: Json) -> tuple[Placement, ...]:
    return placements_of({"assignments": problem["current"] or ()})


def _scores(facts: Facts, lost: Collection[tuple[str, str]], plan: Json) -> tuple[dict[str, int], ...]:
    """The terms of the plan in force, of what is left of it without what was lost, and of the new plan."""
    stood = in_force(facts)
    left = tuple(one for one in stood if (one.team, one.block) not in lost)
    return score(facts, stood), score(facts, left), score(facts, parse_assignments(plan))


def _named(naming: Naming, current: Collection[Placement], keys: Collection[Key]) -> tuple[NamedSession, ...]:
    return tuple(naming.name(one) for one in sorted(current, key=lambda one: one.block) if one.key in keys)


def _change(naming: Naming, one: Change) -> NamedChange:
    return NamedChange(
        kind=one.kind,
        before=None if one.before is None else naming.name(one.before),
        after=None if one.after is None else naming.name(one.after),
    )


def what_may_move(round_: RoundInfo, *, now: datetime) -> MayMove:
    """What planning the round again would touch: given back, cancelled or no longer possible, or newly wished for."""
    if taken_since(round_.id) is None:
        return MayMove(in_force=False)
    document = problem_of(round_, now=now)
    try:
        facts = Facts(parse_problem(document))
    except Malformed:
        return MayMove(in_force=True)
    broken, current = broken_in(facts), _in_force(document)
    weeks = {facts.blocks[block].week for _, block in broken} | {week for _, week in facts.problem.replan}
    everywhere = weeks >= {block.week for block in facts.open_blocks}
    return MayMove(
        in_force=True,
        fallen=_named(Naming(round_.bureau_id, current), current, {(worker_of(team), block) for team, block in broken}),
        weeks=() if everywhere else tuple(sorted(weeks)),
    )
