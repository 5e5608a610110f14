"""Which sessions of a plan hold today: the rules of booking by hand, over the plan and what is booked already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from bureau.kernel.errors import Refused

from .board import Seat
from .booking import Presence, ensure_qualified, ensure_room_fits, ensure_within_limits
from .offers import DeclaredOffer, OfferedTime, WorkerChoice
from .plan import Key, Place, Placement
from .refusals import (
    NotQualified,
    PartnerLeft,
    SeatGone,
    SlotClosed,
    SlotPast,
    SlotTaken,
    TimeWithdrawn,
    UnknownWorker,
    WorkerBusy,
)
from .rounds import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A slot as it is today. ``used``: its room is in use and has so many seats; ``taken``: by a session that stays."""

    block: Block
    seat: Seat
    used: bool
    closed: bool
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that takes part: its offer, and when it is there whatever becomes of the plan."""

    offer: DeclaredOffer
    present: tuple[Presence, ...] = ()

    def offered(self, worker_id: int) -> OfferedTime:
        """What the worker gives and when; nothing where the offer does not name the worker."""
        named = (one for one in self.offer.workers if one.worker_id == worker_id)
        return next(named, OfferedTime(worker_id=worker_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What a plan is held against. ``workers`` are those who can be planned, ``owners`` whose everybody still known is."""

    grounds: Mapping[Place, Ground]
    closures: Collection[date]
    workers: Mapping[int, WorkerChoice]
    owners: Mapping[int, int]
    partners: Mapping[int, Partner]
    busy: Mapping[int, tuple[Presence, ...]] = field(default_factory=dict)
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A session of the plan that does not hold, and the rule that says so."""

    placement: Placement
    why: Refused


def holding(
    plan: Iterable[Placement], today: Today, *, first: Collection[Key], given_back: Collection[Key] = ()
) -> tuple[tuple[Placement, ...], tuple[LeftOut, ...]]:
    """The sessions that hold together, and the others; those of ``first`` are there now and come before new ones, those
    ``given_back`` are no longer offered.
    """
    kept, left_out = _Kept(today), []
    for one in sorted(plan, key=lambda one: (one.key not in first, one.block, one.seat)):
        try:
            if one.key in given_back:
                raise TimeWithdrawn
            kept.add(one)
        except Refused as why:
            left_out.append(LeftOut(placement=one, why=why))
    in_order = attrgetter("placement.block", "placement.seat")
    return tuple(kept.placements), tuple(sorted(left_out, key=in_order))


class _Kept:
    """The part of a plan that holds so far."""

    def __init__(self, today: Today) -> None:
        self.placements: list[Placement] = []
        self._today = today
        self._places: set[Place] = set()
        self._present = {number: list(partner.present) for number, partner in today.partners.items()}
        self._busy = {number: list(presences) for number, presences in today.busy.items()}

    def add(self, one: Placement) -> None:
        """One session more; refused with the first rule that it breaks."""
        worker = ensure_worker(one.worker_id, self._today)
        ground = ensure_ground(one.place, self._today)
        if one.place in self._places:
            raise SlotTaken
        partner, block = self._today.partners[worker.organisation_id], ground.block
        ensure_offered(one, worker, partner.offered(worker.id), block)
        ensure_room_fits(ground.seat, [service for service in worker.services if service.code in one.services])
        busy = self._busy.setdefault(worker.id, [])
        if any(there.starts_at < block.ends_at and block.starts_at < there.ends_at for there in busy):
            raise WorkerBusy(worker=worker.label)
        present = self._present[worker.organisation_id]
        ensure_within_limits(partner.offer, block, present)
        presence = Presence(day=block.day, starts_at=block.starts_at, ends_at=block.ends_at)
        present.append(presence)
        busy.append(presence)
        self._places.add(one.place)
        self.placements.append(one)


def ensure_worker(worker_id: int, today: Today) -> WorkerChoice:
    """The worker, who is still there and whose organisation still takes part."""
    worker = today.workers.get(worker_id)
    if worker is not None:
        return worker
    owner = today.owners.get(worker_id)
    if owner is not None and owner not in today.partners:
        raise PartnerLeft
    raise UnknownWorker(value=worker_id)


def ensure_ground(place: Place, today: Today) -> Ground:
    """The slot, which is still there, open, to come and free."""
    ground = today.grounds.get(place)
    if ground is None or not ground.used:
        raise SeatGone
    if ground.closed or ground.block.day in today.closures:
        raise SlotClosed
    if ground.block.starts_at <= today.now:
        raise SlotPast
    if ground.taken:
        raise SlotTaken
    return ground


def ensure_offered(one: Placement, worker: WorkerChoice, offered: OfferedTime, block: Block) -> None:
    """The worker still gives these services in these languages at that time."""
    ensure_qualified(worker, one.services, one.languages)
    pairs = offered.pairs & worker.pairs
    for service in one.services:
        if not any((service, language) in pairs for language in one.languages):
            raise NotQualified(worker=worker.label, service=service, language="")
    for language in one.languages:
        if not any((service, language) in pairs for service in one.services):
            raise NotQualified(worker=worker.label, service="", language=language)
    if block.key not in offered.availability:
        raise TimeWithdrawn
