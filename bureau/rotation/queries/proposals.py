"""Runs of the solver."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.kernel.outliving import is_lost, is_silent, silent
from bureau.organisations import queries as places
from bureau.rotation.domain.cockpit import Explanation, Gap, ProposalInfo
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.domain.weights import preset_of
from bureau.rotation.models import Proposal, Round
from bureau.rotation.models.reading import named_service, organisation_info, spoken_language
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.problem import Demand
from bureau.rotation.solver.score import haves
from bureau.rotation.solver.situation import Situation


def proposals_of(round_: RoundInfo, *, now: datetime) -> tuple[ProposalInfo, ...]:
    """Every run on the round, the latest first."""
    statement = select(Proposal).where(Proposal.round_id == round_.id).order_by(Proposal.number.desc())
    rows = db.session.scalars(statement.options(defer(Proposal.problem)))
    weights = _weights(Proposal.round_id == round_.id)
    return tuple(_info(row, weights[row.id], now=now) for row in rows)


def get_proposal(bureau: str, proposal_id: int, *, now: datetime) -> ProposalInfo:
    """One run, with its progress while it works; NotFound where it is not in this bureau."""
    row = db.session.scalar(_one(bureau, proposal_id).options(defer(Proposal.problem)))
    if row is None:
        raise NotFound
    return _info(row, _weights(Proposal.id == row.id)[row.id], now=now)


def _weights(which: ColumnElement[bool]) -> dict[int, Mapping[str, int]]:
    """What the runs were weighed by, without reading their whole problems."""
    found = db.session.execute(select(Proposal.id, Proposal.problem["weights"]).where(which))
    return {row[0]: row[1] or {} for row in found}


def silent_runs(*, now: datetime) -> tuple[tuple[int, int], ...]:
    """The runs, of any bureau, that gave no sign of life for too long: id and attempt."""
    return silent(Proposal, now=now)


def _one(bureau: str, proposal_id: int) -> Any:
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    return select(Proposal).where(Proposal.id == proposal_id, here)


def _info(row: Proposal, weights: Mapping[str, int], *, now: datetime) -> ProposalInfo:
    progress, plan = row.progress or {}, row.plan or {}
    died = row.state == "running" and is_lost(row.heard_at, now=now)
    state = "failed" if died else row.state
    total, bound = progress.get("total"), plan.get("bound", progress.get("bound"))
    return ProposalInfo(
        id=row.id,
        number=row.number,
        state=state,
        seconds=row.seconds,
        elapsed=float(progress.get("spent", 0.0)),
        interrupted=state == "running" and is_silent(row.heard_at, now=now),
        stopping=state == "running" and row.stop_requested,
        way=tuple(tuple(point) for point in progress.get("way", ())),
        weights=weights,
        preset=preset_of(weights),
        asked=progress.get("asked", 0),
        total=total,
        bound=bound,
        gap=gap_percent(total, bound),
        score=progress.get("terms", {}),
        shifts=len(plan.get("assignments", ())),
        started_at=row.started_at,
        finished_at=row.finished_at,
        can_be_accepted=state in ("finished", "stopped") and bool(plan.get("assignments")),
        problem_found=progress.get("fault") or ("died" if state == "failed" else None),
        conflict=tuple(tuple(group) for group in plan.get("conflict", ())),
        conflict_minimal=(plan.get("report") or {}).get("conflict_minimal", True),
    )


def gap_percent(total: int | None, bound: int | None) -> float | None:
    """How far a total may be above the best possible one, in percent of it."""
    if total is None or bound is None:
        return None
    return round(100 * max(0, total - bound) / max(1, total), 1)


def explanations(bureau: str, proposal_id: int) -> tuple[Explanation, ...]:
    """The wishes that the plan leaves open, with the reason where the solver gave one."""
    row = db.session.scalar(_one(bureau, proposal_id))
    if row is None:
        raise NotFound
    if not row.plan or not row.plan.get("assignments"):
        return ()
    try:
        facts = Facts(parse_problem(row.problem))
    except Malformed:
        return ()
    plan = parse_assignments(row.plan)
    situation = Situation(facts, plan)
    known = {one["demand"]: one for one in row.plan.get("explanations", ()) if "demand" in one}
    demands = {demand.id: demand for demand in facts.problem.demands}
    return tuple(
        Explanation(
            demand=demand,
            gap=gap,
            kind=known.get(demand, {}).get("kind"),
            conflict=tuple(tuple(group) for group in known.get(demand, {}).get("conflict", ())),
            reasons=tuple(reasons_of_gap(situation, demands[demand])),
        )
        for demand, gap in gaps_of(facts, haves(facts, plan))
    )


def gaps_of(facts: Facts, found: Sequence[int]) -> list[tuple[str, Gap]]:
    """The demands that are not met with how much is there, the worst first, by the demand's id."""
    services = {row.code: named_service(row) for row in catalogue.services()}
    languages = {tag: spoken_language(row) for tag, row in catalogue.languages_by_tag().items()}
    names = {one.code: organisation_info(one) for one in places.organisations()}
    short = [(one, have) for one, have in zip(facts.problem.demands, found, strict=True) if have < one.target]
    short.sort(key=lambda pair: (-_weight(*pair), pair[0].id))
    return [
        (
            one.id,
            Gap(
                per=one.scope,
                where=one.block or (one.day.isoformat() if one.day else None) or one.week or facts.problem.month,
                service=services.get(one.service) if one.service else None,
                language=languages.get(one.language) if one.language else None,
                have=have,
                minimum=one.min,
                target=one.target,
                qualified=_qualified(facts, one, names),
            ),
        )
        for one, have in short
    ]


def _weight(demand: Demand, have: int) -> int:
    below = max(0, demand.min - have)
    return demand.weight * (10 * below + demand.target - max(have, demand.min))


def _qualified(facts: Facts, demand: Demand, names: Mapping[str, OrganisationInfo]) -> tuple[OrganisationInfo, ...]:
    """Whose teams give what is asked for and can come then."""
    blocks = facts.blocks_of(demand)
    able: Iterable[str] = (
        team.org
        for team in facts.problem.teams
        if team.gives(demand.service, demand.language) and any(facts.may_be_planned(team, block) for block in blocks)
    )
    return tuple(names[code] for code in sorted(set(able)) if code in names)
