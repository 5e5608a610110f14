"""The sessions of an accepted plan that did not hold any more: kept with the proposal, in words that outlive their rows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import NotFound
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries as places
from bureau.rotation.domain.acceptance import LeftOut
from bureau.rotation.domain.cockpit import SessionLeftOut
from bureau.rotation.models import Proposal, Round

Json = dict[str, Any]


def as_json(bureau_id: int, left_out: Iterable[LeftOut]) -> list[Json]:
    """Each with the names of today: worker, organisation, room, and the service or language it fails on."""
    every = tuple(left_out)
    workers = _workers({one.placement.worker_id for one in every})
    rooms = {room.code: room.name.as_json() for room in places.rooms(bureau_id)}
    names = {("service", row.code): row.name for row in catalogue.services()}
    names |= {("language", tag): row.name for tag, row in catalogue.languages_by_tag().items()}
    return [
        {
            "block": one.placement.block,
            "room": rooms.get(one.placement.seat.rpartition("-")[0], {}),
            **workers.get(one.placement.worker_id, {"worker": "", "organisation": {}}),
            "why": one.why.code,
            "needs": str(one.why.params.get("needs", "")),
            "subject": _subject(one.why.params, names).as_json(),
        }
        for one in every
    ]


def _subject(values: Mapping[str, Any], names: Mapping[tuple[str, str], LocalisedText]) -> LocalisedText:
    """The service or language that a refusal speaks of, by its name."""
    named = next(((kind, values[kind]) for kind in ("service", "language") if values.get(kind)), ("", ""))
    if isinstance(named[1], LocalisedText):
        return named[1]
    return names.get(named, LocalisedText())


def _workers(numbers: Collection[int]) -> dict[int, Json]:
    found = places.workers_by_id(numbers, EVERY_ORGANISATION)
    return {row.id: {"worker": row.label, "organisation": row.organisation.name.as_json()} for row in found}


def left_out_of(bureau: str, proposal_id: int) -> tuple[SessionLeftOut, ...]:
    """What accepting the proposal left out, in order of time; nothing where it was not accepted."""
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    progress = db.session.scalar(select(Proposal.progress).where(Proposal.id == proposal_id, here))
    if progress is None:
        raise NotFound
    return tuple(_session(one) for one in progress.get("left_out", ()))


def _session(stored: Mapping[str, Any]) -> SessionLeftOut:
    return SessionLeftOut(
        starts=datetime.fromisoformat(stored["block"]),
        room=LocalisedText.from_json(stored["room"]),
        organisation=LocalisedText.from_json(stored["organisation"]),
        worker=stored["worker"],
        why=stored["why"],
        needs=stored["needs"],
        subject=LocalisedText.from_json(stored["subject"]),
    )
