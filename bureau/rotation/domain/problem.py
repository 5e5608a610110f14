"""A round as a problem document for the solver (format bureau-rota/1), from plain data."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .board import Seat
from .ledger import Due, dues
from .rooms import attributes_of
from .round_facts import Answered, Held, RoundFacts, Wanted, iso_week, team_id, worker_of
from .rounds import Block
from .teams import MOST_SERVICES, teams_gone, teams_of

FORMAT = "bureau-rota/1"
LEVELS = [["uncovered_min", "uncovered_target"], ["promise_unmet", "fairness"], ["spread", "continuity"],
          ["regularity", "preferences"], ["changes"]]  # fmt: skip


def build_problem(facts: RoundFacts) -> dict[str, Any]:
    """The document. Block ids are their codes, desks the seats' codes, teams ``w`` and the worker's number."""
    site = facts.round.bureau
    demands = list(_demands(facts))
    teams = teams_of(facts)
    known = {team["id"] for team in teams}
    gone = teams_gone(facts, known)
    held = [one for one in facts.held if team_id(one.worker_id) in known]
    unseen = {(one.block.code, one.seat) for one in facts.held if one.fixed and team_id(one.worker_id) not in known}
    current = _in_force(facts, known)
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
        "organisations": [
            *(_organisation(answered, due[answered.organisation.code]) for answered in facts.answers),
            *_organisations_gone(facts, gone),
        ],
        "teams": [*teams, *gone],
        "demands": demands,
        "spread": [],
        "rules": [],
        "pinned": [_pin(one) for one in held if one.fixed],
        "previous": _previous(facts, known),
        "current": current or None,
        "replan": [] if facts.in_force or not current else every_week(site, facts.blocks),
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


def _pin(one: Held) -> dict[str, Any]:
    pin = {"team": team_id(one.worker_id), "block": one.block.code, "desk": one.seat}
    return {**pin, "services": sorted(one.services)}


def _in_force(facts: RoundFacts, known: Collection[str]) -> list[dict[str, Any]]:
    """The plan in force: what stands, and what broke. What stays although nobody can plan its worker is not of it."""
    stands = [one for one in facts.held if team_id(one.worker_id) in known or not one.fixed]
    return [_current(one) for one in (*stands, *facts.lost)]


def every_week(site: str, blocks: Iterable[Block]) -> list[dict[str, str]]:
    """The weeks of the month at the site."""
    return [{"site": site, "week": week} for week in sorted({iso_week(block.day) for block in blocks})]


def _organisations_gone(facts: RoundFacts, gone: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Whose workers were in the plan in force and who takes part no more: asked for nothing."""
    there = {answered.organisation.code for answered in facts.answers}
    return [
        {"id": code, "name": code, "promised": 0, "min_shifts": 0, "carry": 0, "boundary_load": {}}
        for code in sorted({team["org"] for team in gone} - there)
    ]


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


__all__ = [
    "FORMAT",
    "MOST_SERVICES",
    "Answered",
    "Held",
    "RoundFacts",
    "Wanted",
    "build_problem",
    "dues_of",
    "every_week",
    "iso_week",
    "places_of",
    "planned_shifts",
    "team_id",
    "worker_of",
]
