"""Whether a session could take the slot of another that leaves it: which rule breaks, and how well the hour suits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bureau.kernel.errors import Refused
from bureau.rotation.domain import booking as rules
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import NamedService
from bureau.rotation.domain.refusals import LimitReached, WorkerBusy
from bureau.rotation.domain.rounds import Block

from .refusals import TheirRule

LIKED = {"preferred": 0, "possible": 1, "undesired": 2, None: 3}
"""The levels of an offer from the best; None is what was not offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A slot, as far as a session that comes there asks."""

    slot_id: int
    block: Block
    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A live session in its place."""

    session_id: int
    organisation_id: int
    worker_id: int
    worker: str
    services: tuple[NamedService, ...]
    place: Place
    languages: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """When somebody of an organisation is somewhere, in this round or elsewhere."""

    session_id: int
    worker_id: int
    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What is known of a round's sessions and offers. ``levels`` are by worker, day and hour, of those who answered."""

    sessions: Mapping[int, Placed]
    levels: Mapping[tuple[int, date, time], str]
    limits: Mapping[int, rules.Limits]
    appointments: Mapping[int, Collection[Appointment]]
    """By organisation."""


def broken(month: Month, one: Placed, place: Place) -> Refused | None:
    """The rule that forbids the session to take that place, leaving its own."""
    others = [have for have in month.appointments.get(one.organisation_id, ()) if have.session_id != one.session_id]
    try:
        rules.ensure_room_fits(place.seat, one.services)
        _ensure_free(one, place.block, others)
        if one.organisation_id in month.limits:
            present = [rules.Presence(day=o.day, starts_at=o.starts_at, ends_at=o.ends_at) for o in others]
            rules.ensure_within_limits(month.limits[one.organisation_id], place.block, present)
    except Refused as error:
        return error
    return None


def _ensure_free(one: Placed, block: Block, others: Collection[Appointment]) -> None:
    for other in others:
        if other.worker_id == one.worker_id and other.starts_at < block.ends_at and block.starts_at < other.ends_at:
            raise WorkerBusy(field="worker", worker=one.worker)


def as_told(refusal: Refused, *, own: bool) -> Refused:
    """The refusal as an organisation may hear it: its own in full, another's without its people and limits."""
    private = isinstance(refusal, WorkerBusy | LimitReached)
    return TheirRule(why=type(refusal)()) if private and not own else refusal


def level(month: Month, one: Placed, block: Block) -> str | None:
    """How well the block suits the session's worker; None where it was not offered."""
    return month.levels.get((one.worker_id, *block.key))
