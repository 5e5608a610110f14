"""What would make an impossible month possible: the solver's changes, with names and times for its numbers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.cockpit import Gap
from bureau.rotation.domain.ways_out import WayOut
from bureau.rotation.models import Proposal, Round
from bureau.rotation.models.reading import named_service, seats_of, spoken_language

Json = Mapping[str, Any]


def ways_out(bureau: str, proposal_id: int) -> tuple[tuple[WayOut, ...], ...]:
    """What the solver proved to help, the smallest first: each a change, or a few that help together; nothing where
    there is a plan.
    """
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    statement = select(Proposal).where(Proposal.id == proposal_id, here).options(defer(Proposal.problem))
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound
    changes = (row.plan or {}).get("relaxations")
    if not changes:
        return ()
    seats = {seat.code: seat for seat in seats_of(places.rooms(places.get_bureau(bureau).id))}
    ways = (one.get("together", [one]) for one in changes)
    return tuple(
        tuple(_way_out(one, row.problem, seats) for one in way)
        for way in ways
        if all(_can_be_had(one, seats) for one in way)
    )


def _can_be_had(change: Json, seats: Mapping[str, Seat]) -> bool:
    """Whether the seat that should be used after all is still there."""
    return change["change"] != "allow" or change["desk"] in seats


def _way_out(change: Json, problem: Json, seats: Mapping[str, Seat]) -> WayOut:
    kind, *named = change["relax"]
    of_somebody = kind in ("team", "org")
    return WayOut(
        change=change["change"],
        limit=named[1] if of_somebody and "to" in change else None,
        before=change.get("from", 0),
        after=change.get("to", 0),
        who=named[0] if of_somebody else change.get("team"),
        wish=_wish(problem, named[0]) if kind == "demand" else None,
        starts=datetime.fromisoformat(change["block"]) if "block" in change else None,
        day=date.fromisoformat(change["date"]) if "date" in change else None,
        seat=seats.get(change.get("desk", "")),
    )


def _wish(problem: Json, name: str) -> Gap:
    """What the demand of that id asks for, where nobody is there yet."""
    demand = next(one for one in problem["demands"] if one["id"] == name)
    services = {row.code: named_service(row) for row in catalogue.services()}
    languages = {tag: spoken_language(row) for tag, row in catalogue.languages_by_tag().items()}
    return Gap(
        per=demand["scope"],
        where=demand.get("block") or demand.get("date") or demand.get("week") or problem["month"],
        service=services.get(demand.get("service")),
        language=languages.get(demand.get("language")),
        have=0,
        minimum=demand["min"],
        target=demand["target"],
        qualified=(),
    )
