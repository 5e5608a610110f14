"""The teams of a problem document: who can be planned, with what and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .offers import OfferedTime, WorkerChoice
from .rooms import needs_of_session
from .round_facts import Answered, Held, RoundFacts, team_id

MOST_SERVICES = 3
"""Services that one session announces: two hours hold no more, and a resident must see at a glance what it is for."""


def teams_of(facts: RoundFacts) -> list[dict[str, Any]]:
    """A team for each worker who is offered, or held fast by a session that must stay."""
    return [team for answered in facts.answers for team in _teams(facts, answered)]


def teams_gone(facts: RoundFacts, known: Collection[str]) -> list[dict[str, Any]]:
    """For each worker of the plan in force whom nobody can plan any more a team that cannot come: it shows what broke."""
    gone: dict[str, dict[str, Any]] = {}
    for one in (*facts.held, *facts.lost):
        name = team_id(one.worker_id)
        if name not in known and (not one.fixed or one in facts.lost):
            gone[name] = _gone(one, gone.get(name))
    return list(gone.values())


def _gone(one: Held, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """With what it gave in its sessions, of which this is one more."""
    offers = {offer["service"]: set(offer["languages"]) for offer in (before or {}).get("offers", ())}
    for service in one.services:
        offers.setdefault(service, set()).update(one.languages)
    return {
        "id": team_id(one.worker_id),
        "org": one.organisation,
        "offers": [{"service": code, "languages": sorted(offers[code])} for code in sorted(offers)],
        "max_services": max(1, len(offers)),
        "available": [],
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
        if block.starts_at > facts.now
        and offered.availability.get(block.key) in levels
        and (offered.worker_id, block.code) not in facts.given_back
    ]
