"""Rows as the plain data that rules and pages work with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple, Protocol, TypeVar

from bureau.catalogue.models import Language, Service
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau, Organisation, Worker
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import (
    DeclaredOffer,
    NamedService,
    OfferedTime,
    OrganisationInfo,
    SpokenLanguage,
    WorkerChoice,
)
from bureau.rotation.domain.round_facts import Held
from bureau.rotation.domain.rounds import Block, Deadlines, RoundInfo

from .offers import Offer, OfferedWorker
from .rounds import Round, Slot
from .sessions import PlannedSession

Thing = TypeVar("Thing")


def round_info(row: Round) -> RoundInfo:
    """A round fetched with its bureau."""
    bureau: Bureau = row.bureau
    return _round_info(row, row.id, row.version, bureau.code, bureau.name, bureau.timezone)


def round_in(line: Any) -> RoundInfo:
    """The round in a line that tells of other things too."""
    return _round_info(line, line.round_id, line.round_version, line.bureau, line.bureau_name, line.timezone)


def _round_info(row: Any, number: int, version: int, bureau: str, name: LocalisedText, timezone: str) -> RoundInfo:
    return RoundInfo(
        id=number,
        bureau_id=row.bureau_id,
        bureau=bureau,
        bureau_name=name,
        timezone=timezone,
        month=Month.parse(row.month),
        phase=row.phase,
        deadlines=Deadlines(
            declaring_until=row.declaring_until,
            proposing_until=row.proposing_until,
            reviewing_until=row.reviewing_until,
        ),
        advances_itself=row.advances_itself,
        version=version,
    )


class Timed(Protocol):
    """A slot, as far as its block shows it."""

    @property
    def day(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def block_of(slot: Timed) -> Block:
    """The block a slot lies in."""
    return Block(day=slot.day, starts=slot.starts, ends=slot.ends, starts_at=slot.starts_at, ends_at=slot.ends_at)


class Furnished(Protocol):
    """A room, as far as its seats show it."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def seats(self) -> int: ...
    @property
    def name(self) -> LocalisedText: ...
    @property
    def kind(self) -> str: ...
    @property
    def features(self) -> Sequence[str]: ...
    @property
    def position(self) -> int: ...


def seat(room: Furnished, number: int) -> Seat:
    """One seat of a room."""
    return Seat(
        room_id=room.id,
        room=room.code,
        number=number,
        seats_in_room=room.seats,
        name=room.name,
        kind=room.kind,
        features=tuple(room.features),
    )


class RoomLine(NamedTuple):
    """A room, as a line that tells of a slot brings it."""

    id: int
    code: str
    seats: int
    name: LocalisedText
    kind: str
    features: Sequence[str]
    position: int


def room_in(line: Any) -> RoomLine:
    """The room in a line."""
    return RoomLine(line.room_id, line.room, line.seats, line.room_name, line.kind, line.features, line.position)


def seat_in(line: Any) -> Seat:
    """The seat of a slot's line."""
    return seat(room_in(line), line.seat)


def held(row: PlannedSession, *, fixed: bool = True) -> Held:
    """A session fetched with organisation, slot, room, services and languages, as the plan's figures count it."""
    return Held(
        worker_id=row.worker_id,
        organisation=row.organisation.code,
        block=block_of(row.slot),
        seat=seat(row.slot.room, row.slot.seat).code,
        services=tuple(one.code for one in row.services),
        languages=tuple(one.tag for one in row.languages),
        fixed=fixed,
    )


def in_use(slot: Slot) -> bool:
    """Whether the slot's room is still in use and has that many seats."""
    room = slot.room
    return room.active and slot.seat <= room.seats


def seats_of(rooms: Iterable[Furnished]) -> tuple[Seat, ...]:
    """Every seat of the rooms, in the rooms' order."""
    ordered = sorted(rooms, key=lambda room: (room.position, room.id))
    return tuple(seat(room, number) for room in ordered for number in range(1, room.seats + 1))


def organisation_info(organisation: Organisation) -> OrganisationInfo:
    """An organisation by its name."""
    return OrganisationInfo(id=organisation.id, code=organisation.code, name=organisation.name)


def organisation_in(line: Any) -> OrganisationInfo:
    """The organisation whose a line is."""
    return OrganisationInfo(id=line.organisation_id, code=line.owner, name=line.owner_name)


def named_service(service: Service) -> NamedService:
    """A service fetched with its category."""
    return NamedService(
        code=service.code,
        name=service.name,
        category=service.category.code,
        icon=service.category.icon,
        needs_private_room=service.needs_private_room,
        mode=service.mode,
    )


def spoken_language(language: Language) -> SpokenLanguage:
    """A language as its chip shows it."""
    return SpokenLanguage(tag=language.tag, own_name=language.own_name, direction=language.direction)


def worker_choice(worker: Worker) -> WorkerChoice:
    """A worker fetched with services (those in use count), their categories, and languages."""
    return WorkerChoice(
        id=worker.id,
        organisation_id=worker.organisation_id,
        label=worker.label,
        role=worker.role,
        services=tuple(named_service(service) for service in worker.services if service.active),
        languages=tuple(spoken_language(language) for language in worker.languages),
        attributes=tuple(worker.attributes),
    )


def worker_in(line: Any, services: Mapping[str, NamedService], languages: Mapping[str, SpokenLanguage]) -> WorkerChoice:
    """A worker in a line that lists services by number and languages by tag, named as in the catalogue."""
    return WorkerChoice(
        id=line.id,
        organisation_id=line.organisation_id,
        label=line.label,
        role=line.role,
        services=in_order(services, line.services),
        languages=in_order(languages, line.languages),
        attributes=tuple(line.attributes),
    )


def in_order(catalogued: Mapping[str, Thing], listed: str | None) -> tuple[Thing, ...]:
    """The things that a list names, in the catalogue's order."""
    named = set(listed.split(",")) if listed else set()
    return tuple(thing for key, thing in catalogued.items() if key in named)


def declared_offer(row: Offer) -> DeclaredOffer:
    """An offer fetched with its workers, their pairs (with services) and availability."""
    return DeclaredOffer(
        promised=row.promised,
        minimum=row.minimum,
        max_per_day=row.max_per_day,
        max_per_week=row.max_per_week,
        max_per_month=row.max_per_month,
        max_at_once=row.max_at_once,
        remark=row.remark,
        workers=tuple(_offered_time(worker) for worker in sorted(row.workers, key=lambda one: one.worker_id)),
    )


def _offered_time(row: OfferedWorker) -> OfferedTime:
    return OfferedTime(
        worker_id=row.worker_id,
        pairs=frozenset((pair.service.code, pair.language_tag) for pair in row.pairs),
        availability={(time.day, time.starts): time.level for time in row.availability},
    )
