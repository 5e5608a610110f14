"""A round as a problem document for the solver (format bureau-rota/1), from plain data."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from bureau.kernel.localised import LocalisedText

from .board import Seat
from .ledger import Due, dues
from .offers import DeclaredOffer, OfferedTime, OrganisationInfo, WorkerChoice
from .rooms import attributes_of, needs_of_session
from .rounds import Block, RoundInfo
from .weights import USUAL, Weights

FORMAT = "bureau-rota/1"
MOST_SERVICES = 3
"""Services that one session announces: two hours hold no more, and a resident must see at a glance what it is for."""
LEVELS = [["uncovered_min", "uncovered_target"], ["promise_unmet", "fairness"], ["spread", "continuity"],
          ["regularity", "preferences"], ["changes"]]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A standing wish of the bureau: so many of a service, a language, the pair or anybody per ``per``."""

    id: int
    per: str
    service: str | None
    language: str | None
    minimum: int
    target: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A live session of the round. ``fixed`` ones the solver may not touch."""

    worker_id: int
    organisation: str
    block: Block
    seat: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An organisation's offer. ``balance``: sessions it gave above (+) or below (−) its shares in past months."""

    organisation: OrganisationInfo
    offer: DeclaredOffer
    workers: Mapping[int, WorkerChoice]
    balance: int = 0
    boundary_load: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """All that the solver is told of a round. ``previous`` holds worker, weekday and start of last month's sessions."""

    round: RoundInfo
    blocks: tuple[Block, ...]
    seats: tuple[Seat, ...]
    closed: frozenset[tuple[date, time, str]]
    closures: Mapping[date, LocalisedText]
    answers: tuple[Answered, ...]
    wanted: tuple[Wanted, ...]
    held: tuple[Held, ...]
    previous: frozenset[tuple[int, int, time]]
    now: datetime
    weights: Weights = field(default_factory=lambda: USUAL)


def team_id(worker_id: int) -> str:
    """How a worker is called in the document."""
    return f"w{worker_id}"


def worker_of(team: str) -> int:
    """Whom a team of the document is."""
    return int(team[1:])


def iso_week(day: date) -> str:
    """The ISO week of a day, written ``2026-W50``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def build_problem(facts: RoundFacts) -> dict[str, Any]:
    """The document. Block ids are their codes, desks the seats' codes, teams ``w`` and the worker's number."""
    site = facts.round.bureau
    demands = list(_demands(facts))
    teams = [team for answered in facts.answers for team in _teams(facts, answered)]
    known = {team["id"] for team in teams}
    held = [one for one in facts.held if team_id(one.worker_id) in known]
    unseen = {(one.block.code, one.seat) for one in facts.held if one.fixed and team_id(one.worker_id) not in known}
    current = [_current(one) for one in held]
    due = dues_of(facts)
    return {
        "format": FORMAT,
        "id": f"{site}-{facts.round.month}",
        "month": str(facts.round.month),
        "timezone": facts.round.timezone,
        "travel_minutes": 0,
        "services": sorted({offer["service"] for team in teams for offer in team["offers"]}),
        "languages": sorted({tag for team in teams for offer in team["offers"] for tag in offer["languages"]}),
        "sites": [{"id": site, "name": facts.round.bureau_name.in_("en")}],
        "closed_days": [
            {"date": day.isoformat(), "site": None, "reason": reason.in_("en")}
            for day, reason in sorted(facts.closures.items(), key=lambda item: item[0])
        ],
        "blocks": [_block(block, site) for block in facts.blocks],
        "desks": [_desk(facts, seat, unseen) for seat in facts.seats],
        "organisations": [_organisation(answered, due[answered.organisation.code]) for answered in facts.answers],
        "teams": teams,
        "demands": demands,
        "spread": [],
        "rules": [],
        "pinned": [_pin(one) for one in held if one.fixed],
        "previous": _previous(facts, known),
        "current": current or None,
        "planned_shifts": planned_shifts(facts.answers, demands),
        "weights": {**facts.weights, "changes": facts.weights["changes"] if current else 0},
        "levels": LEVELS,
    }


def dues_of(facts: RoundFacts) -> dict[str, Due]:
    """What each organisation that answered is asked for; the same before and after anything is planned."""
    return dues(
        planned_shifts(facts.answers, _demands(facts)),
        {answered.organisation.code: answered.offer.promised for answered in facts.answers},
        {answered.organisation.code: answered.balance for answered in facts.answers},
    )


def planned_shifts(answers: Iterable[Answered], demands: Iterable[Mapping[str, Any]]) -> int:
    """Shifts to share out: nine tenths of what is promised, but no more than the blocks need where they say so."""
    promised = sum(answered.offer.promised for answered in answers) * 9 // 10
    needed = sum(
        one["target"] for one in demands if one["scope"] == "block" and not {"service", "language"} & one.keys()
    )
    return min(promised, needed) if needed else promised


def _block(block: Block, site: str) -> dict[str, Any]:
    return {
        "id": block.code,
        "site": site,
        "date": block.day.isoformat(),
        "start": f"{block.starts:%H:%M}",
        "end": f"{block.ends:%H:%M}",
    }


def _desk(facts: RoundFacts, seat: Seat, unseen: Collection[tuple[str, str]]) -> dict[str, Any]:
    """``unseen`` are the seats of sessions that stay although their worker cannot be planned any more."""
    shut = [
        block.code
        for block in facts.blocks
        if (block.day, block.starts, seat.code) in facts.closed or (block.code, seat.code) in unseen
    ]
    attrs = sorted(attributes_of(seat))
    return {"id": seat.code, "site": facts.round.bureau, "attrs": attrs, "unavailable_blocks": shut}


def _organisation(answered: Answered, due: Due) -> dict[str, Any]:
    offer = answered.offer
    return {
        "id": answered.organisation.code,
        "name": answered.organisation.name.in_("en"),
        "promised": offer.promised,
        "min_shifts": offer.minimum,
        "max_per_day": offer.max_per_day,
        "max_per_week": offer.max_per_week,
        "max_per_month": offer.max_per_month,
        "max_concurrent": offer.max_at_once,
        "carry": due.carry,
        "boundary_load": dict(sorted(answered.boundary_load.items())),
    }


def _teams(facts: RoundFacts, answered: Answered) -> Iterable[dict[str, Any]]:
    """A team for each worker who is offered, or held fast by a session that must stay."""
    offered = {one.worker_id: one for one in answered.offer.workers}
    fixed = {one.worker_id for one in facts.held if one.fixed and one.organisation == answered.organisation.code}
    for worker_id in sorted({*offered, *fixed}):
        worker = answered.workers.get(worker_id)
        if worker is None:
            continue
        team = _team(facts, answered, worker, offered.get(worker_id) or OfferedTime(worker_id=worker_id))
        if team["offers"]:
            yield team


def _team(facts: RoundFacts, answered: Answered, worker: WorkerChoice, offered: OfferedTime) -> dict[str, Any]:
    agreed = [one for one in facts.held if one.fixed and one.worker_id == worker.id]
    pairs = set(offered.pairs & worker.pairs)
    for one in agreed:
        pairs |= {(service, tag) for service in one.services for tag in one.languages}
    services = sorted({service for service, _ in pairs})
    given = [one for one in worker.services if one.code in services]
    return {
        "id": team_id(worker.id),
        "org": answered.organisation.code,
        "offers": [
            {"service": code, "languages": sorted(tag for service, tag in pairs if service == code)}
            for code in services
        ],
        "max_services": max([MOST_SERVICES, *(len(one.services) for one in agreed)]),
        "needs": sorted(needs_of_session(given)),
        "attrs": sorted(worker.attributes),
        "available": _windows(facts, offered, ("preferred", "possible", "undesired")),
        "preferred": _windows(facts, offered, ("preferred",)),
        "undesired": _windows(facts, offered, ("undesired",)),
        "unavailable_dates": [],
    }


def _windows(facts: RoundFacts, offered: OfferedTime, levels: Sequence[str]) -> list[dict[str, Any]]:
    """The blocks still to come that the worker marked with one of the levels."""
    return [
        {"date": block.day.isoformat(), "start": f"{block.starts:%H:%M}", "end": f"{block.ends:%H:%M}"}
        for block in facts.blocks
        if block.starts_at > facts.now and offered.availability.get(block.key) in levels
    ]


def _pin(one: Held) -> dict[str, Any]:
    pin = {"team": team_id(one.worker_id), "block": one.block.code, "desk": one.seat}
    return {**pin, "services": sorted(one.services)}


def _current(one: Held) -> dict[str, Any]:
    return {**_pin(one), "languages": sorted(one.languages)}


def _previous(facts: RoundFacts, known: Iterable[str]) -> list[dict[str, Any]]:
    teams = set(known)
    return [
        {
            "team": team_id(worker),
            "site": facts.round.bureau,
            "weekday": weekday,
            "start": f"{starts:%H:%M}",
            "weight": 1,
        }
        for worker, weekday, starts in sorted(facts.previous)
        if team_id(worker) in teams
    ]


def _demands(facts: RoundFacts) -> Iterable[dict[str, Any]]:
    """Each standing wish as a demand of every block, day, week or the month."""
    for wanted in facts.wanted:
        for place, share in places_of(wanted.per, facts.blocks):
            yield {
                "id": f"d{wanted.id}" + (f"/{next(iter(place.values()))}" if place else ""),
                "scope": wanted.per,
                **place,
                **({"service": wanted.service} if wanted.service else {}),
                **({"language": wanted.language} if wanted.language else {}),
                "min": int(wanted.minimum * share),
                "target": max(int(wanted.minimum * share), round(wanted.target * share)),
                "weight": wanted.weight,
            }


def places_of(per: str, blocks: Sequence[Block]) -> list[tuple[dict[str, str], float]]:
    """Where a wish ``per`` block, day, week or month counts, and which part of it: a cut week wants its part."""
    if per == "block":
        return [({"block": block.code}, 1.0) for block in blocks]
    if per == "day":
        return [({"date": day.isoformat()}, 1.0) for day in sorted({block.day for block in blocks})]
    if per == "week":
        size = Counter(iso_week(block.day) for block in blocks)
        most = max(size.values(), default=1)
        return [({"week": week}, number / most) for week, number in sorted(size.items())]
    return [({}, 1.0)]
