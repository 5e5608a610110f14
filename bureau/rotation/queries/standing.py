"""What stands against the people of an organisation in a block, and against more for a gap, by the board of today."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bureau.kernel.database import Scope
from bureau.organisations import queries as places
from bureau.rotation.domain.cockpit import Explanation, Gap
from bureau.rotation.domain.pricing import Standing
from bureau.rotation.domain.problem import build_problem
from bureau.rotation.domain.round_facts import RoundFacts, team_id
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.domain.teams import teams_of
from bureau.rotation.models.reading import organisation_info
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.reasons import reasons_against
from bureau.rotation.solver.score import haves
from bureau.rotation.solver.situation import Situation

from .facts import facts_of
from .proposals import gaps_of

Json = dict[str, Any]
NOTHING_DECLARED: tuple[Mapping[str, Any], ...] = ({"code": "nothing_declared"},)


def board_as_plan(round_: RoundInfo, *, now: datetime) -> tuple[Json, Json]:
    """The round as a problem, and what is on its board as a plan of it."""
    facts = facts_of(round_, now=now)
    return build_problem(facts), plan_of(facts)


def plan_of(facts: RoundFacts) -> Json:
    """The sessions on the board whose workers can be planned, as a solution document."""
    known = {team["id"] for team in teams_of(facts)}
    assignments = [
        {
            "team": team_id(one.worker_id),
            "block": one.block.code,
            "desk": one.seat,
            "services": list(one.services),
            "languages": list(one.languages),
        }
        for one in facts.held
        if team_id(one.worker_id) in known
    ]
    return {"assignments": assignments}


def standings(round_: RoundInfo, block: str, *, scope: Scope, now: datetime) -> tuple[Standing, ...]:
    """For each worker of the scope what stands against coming to the block, those with least first."""
    document, plan = board_as_plan(round_, now=now)
    try:
        facts = Facts(parse_problem(document))
    except Malformed:  # a month that cannot be planned has no reasons to look up
        return ()
    situation = Situation(facts, parse_assignments(plan))
    found = (
        Standing(
            worker_id=row.id,
            label=row.label,
            organisation=organisation_info(row.organisation),
            reasons=_reasons(situation, team_id(row.id), block),
        )
        for row in places.workers_at(round_.bureau_id, scope)
    )
    return tuple(sorted(found, key=_nearness))


def why_gap(round_: RoundInfo, gap: Gap, *, now: datetime) -> Explanation | None:
    """Why the board of today has no more of what that gap asks for; None where the gap is gone meanwhile."""
    document, plan = board_as_plan(round_, now=now)
    try:
        facts = Facts(parse_problem(document))
    except Malformed:
        return None
    assigned = parse_assignments(plan)
    same = (demand for demand, found in gaps_of(facts, haves(facts, assigned)) if _wish(found) == _wish(gap))
    demand = next(same, None)
    if demand is None:
        return None
    wanted = next(one for one in facts.problem.demands if one.id == demand)
    reasons = tuple(reasons_of_gap(Situation(facts, assigned), wanted))
    return Explanation(demand=demand, gap=gap, kind=None, conflict=(), reasons=reasons)


def _wish(gap: Gap) -> tuple[object, ...]:
    return gap.per, gap.where, gap.service, gap.language


def _nearness(one: Standing) -> tuple[bool, int, str, str]:
    return not one.has_price, len(one.reasons), one.organisation.code, one.label


def _reasons(situation: Situation, team: str, block: str) -> tuple[Mapping[str, Any], ...]:
    facts = situation.facts
    if team not in facts.teams:
        return NOTHING_DECLARED
    return tuple(_of_organisations(facts, reasons_against(situation, facts.teams[team], facts.blocks[block])))


def _of_organisations(facts: Facts, reasons: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The reasons with organisations for the people of others: who stands behind a desk is not everybody's business."""
    for one in reasons:
        teams = one.get("teams")
        owners = sorted({facts.teams[team].org for team in teams}) if isinstance(teams, list) else []
        yield {**one, "organisations": owners}
