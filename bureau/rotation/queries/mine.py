"""One slot with who could take it, and one session."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.domain.board import (
    BoardSession,
    Candidate,
    Cell,
    SessionDetail,
    SessionPlace,
    SlotDetail,
    SlotPlace,
)
from bureau.rotation.domain.offers import NamedService, OrganisationInfo, SpokenLanguage, WorkerChoice
from bureau.rotation.domain.rooms import attributes_of, needs_of_session
from bureau.rotation.models import PlannedSession, Round, Slot, is_live
from bureau.rotation.models.loading import given_in_session, with_its_bureau
from bureau.rotation.models.reading import (
    block_of,
    named_service,
    organisation_in,
    organisation_info,
    round_in,
    round_info,
    seat,
    seat_in,
    spoken_language,
    worker_in,
)

from .board import Known, board_session, cell_at, named_catalogue, room_columns, slot_columns
from .rounds import with_its_round

Person = tuple[WorkerChoice, OrganisationInfo]
Presence = tuple[int, datetime, datetime]
"""Who is in a session, and when."""


def month_of_slot(bureau: str, slot_id: int) -> str:
    """The month that the slot belongs to; NotFound where it is not in this bureau."""
    month: str | None = lines(_month_of_slot(), {"slot": slot_id, "bureau": bureau}).scalar()
    if month is None:
        raise NotFound
    return month


@cache
def _month_of_slot() -> Select[str]:
    here = Slot.id == bindparam("slot"), Round.bureau.has(code=bindparam("bureau"))
    return select(Round.month).join(Slot, Slot.round_id == Round.id).where(*here)


def place_of_slot(bureau: str, slot_id: int, worker_id: int) -> SlotPlace:
    """Where the slot lies, and whether it, or the worker's time, is taken; NotFound where it is not in this bureau."""
    row = lines(_place_of_slot(), {"slot": slot_id, "bureau": bureau, "worker": worker_id}).one_or_none()
    if row is None:
        raise NotFound
    return SlotPlace(
        slot_id=slot_id, round_id=row.round_id, bureau_id=row.bureau_id, month=row.month, block=block_of(row),
        seat=seat_in(row), taken=row.taken is not None, busy=row.busy is not None,
    )  # fmt: skip


@cache
def _place_of_slot() -> Select[Any]:
    columns = (
        Slot.round_id,
        Slot.seat,
        Slot.day,
        Slot.starts,
        Slot.ends,
        Slot.starts_at,
        Slot.ends_at,
        *room_columns(),
    )
    alive = select(PlannedSession.id).where(is_live()).correlate(Slot).limit(1)
    during = (PlannedSession.starts_at < Slot.ends_at, PlannedSession.ends_at > Slot.starts_at)
    taken = alive.where(PlannedSession.slot_id == Slot.id).scalar_subquery().label("taken")
    busy = alive.where(PlannedSession.worker_id == bindparam("worker"), *during).scalar_subquery().label("busy")
    placed = select(*columns, Round.bureau_id, Round.month, taken, busy).join(Slot.room).join(Slot.round)
    return placed.where(Slot.id == bindparam("slot"), Round.bureau.has(code=bindparam("bureau")))


def slot_detail(bureau: str, slot_id: int, *, scope: Scope, now: datetime, even_taken: bool = True) -> SlotDetail:
    """One slot with who of the scope's organisation (a manager: of any) could take it, were it free (``even_taken``)."""
    row = lines(_slot(), {"bureau": bureau, "slot": slot_id}).one_or_none()
    if row is None:
        raise NotFound
    services, languages = named_catalogue()
    cell = cell_at(row, Known(services, languages), scope, now=now)
    slot, look = _slot_in(row, cell), cell.session is None or even_taken
    people = _people_of(row.bureau_id, scope, services, languages) if look else ()
    return _with_candidates(slot, people, busy_during([slot]) if look else ())


@cache
def _slot() -> Select[Any]:
    """Put together once, as what else is asked for the page of a slot: many look at slots at the same moment."""
    bureau = Round.bureau.property.mapper.class_
    slots = with_its_round(slot_columns()).join(Slot.round).join(Round.bureau)
    return slots.where(Slot.id == bindparam("slot"), bureau.code == bindparam("bureau"))


def _slot_in(row: Any, cell: Cell) -> SlotDetail:
    return SlotDetail(
        round=round_in(row),
        slot_id=row.slot_id,
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seat=cell.seat,
        closed=cell.closed,
        past=cell.past,
        session=cell.session,
        said=cell.said,
    )


def slots_at(bureau: str | BindParameter[str]) -> Select[Slot]:
    here = Slot.round.has(Round.bureau.has(code=bureau))
    return select(Slot).where(here).options(joinedload(Slot.room), joinedload(Slot.round).options(with_its_bureau()))


def sessions_at(bureau: str | BindParameter[str], *, live: bool = True) -> Select[PlannedSession]:
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    slot = joinedload(PlannedSession.slot)
    statement = (
        select(PlannedSession)
        .where(here)
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.worker),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).options(with_its_bureau()),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
        .execution_options(**EVERY_ORGANISATION.options())  # partners see each other's initials on the board
    )
    return statement.where(is_live()) if live else statement


def people_of(bureau_id: int, scope: Scope) -> tuple[Person, ...]:
    """Who of the scope's organisation comes to the bureau, each with whose they are."""
    return _people_of(bureau_id, scope, *named_catalogue())


def _people_of(
    bureau_id: int, scope: Scope, services: Mapping[str, NamedService], languages: Mapping[str, SpokenLanguage]
) -> tuple[Person, ...]:
    return tuple(
        (worker_in(row, services, languages), organisation_in(row)) for row in places.givers_at(bureau_id, scope)
    )


def busy_during(slots: Sequence[Slot | SlotDetail]) -> list[Presence]:
    """Who is in a session, and when, in the time of these slots."""
    if not slots:
        return []
    time = {"first": min(slot.starts_at for slot in slots), "last": max(slot.ends_at for slot in slots)}
    return [(row.worker_id, row.starts_at, row.ends_at) for row in lines(_busy(), time).all()]


@cache
def _busy() -> Select[int, datetime, datetime]:
    during = (PlannedSession.starts_at < bindparam("last"), PlannedSession.ends_at > bindparam("first"))
    columns = (PlannedSession.worker_id, PlannedSession.starts_at, PlannedSession.ends_at)
    return select(*columns).where(is_live(), *during)


def free_slot(slot: Slot, people: Iterable[Person], busy: Iterable[Presence], *, now: datetime) -> SlotDetail:
    """A free slot fetched with its room and round, with who of these people could take it."""
    place = seat(slot.room, slot.seat)
    detail = SlotDetail(
        round=round_info(slot.round),
        slot_id=slot.id,
        day=slot.day,
        starts=slot.starts,
        ends=slot.ends,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        seat=place,
        closed=slot.closed,
        past=slot.starts_at <= now,
        session=None,
    )
    return _with_candidates(detail, people, busy)


def _with_candidates(slot: SlotDetail, people: Iterable[Person], busy: Iterable[Presence]) -> SlotDetail:
    occupied = {worker for worker, starts, ends in busy if starts < slot.ends_at and slot.starts_at < ends}
    found = (_candidate(worker, home, attributes_of(slot.seat), occupied) for worker, home in people)
    return replace(slot, candidates=tuple(one for one in found if one is not None))


def _candidate(
    worker: WorkerChoice, home: OrganisationInfo, attributes: frozenset[str], occupied: set[int]
) -> Candidate | None:
    """The worker with the services that this room allows; None where there is none."""
    possible = tuple(one for one in worker.services if needs_of_session([one]) <= attributes)
    if not possible or not worker.languages:
        return None
    mixed = needs_of_session(worker.services) <= attributes
    return Candidate(
        worker_id=worker.id,
        label=worker.label,
        organisation=home,
        services=worker.services if mixed else possible,
        languages=worker.languages,
        busy=worker.id in occupied,
    )


def _board_session(row: PlannedSession, scope: Scope) -> BoardSession:
    services = [named_service(one) for one in row.services]
    languages, owner = [spoken_language(one) for one in row.languages], organisation_info(row.organisation)
    return board_session(row, owner, row.worker.label, services, languages, scope)


def session_detail(bureau: str, session_id: int, *, scope: Scope) -> SessionDetail:
    """One session; NotFound where it is not in this bureau or not the scope's."""
    row = db.session.scalar(_session(), {"bureau": bureau, "session": session_id})
    if row is None or scope.organisation_id not in (None, row.organisation_id):
        raise NotFound
    return detail_of_session(row, scope)


@cache
def _session() -> Select[PlannedSession]:
    return sessions_at(bindparam("bureau"), live=False).where(PlannedSession.id == bindparam("session"))


def owner_of_session(bureau: str, session_id: int) -> int:
    """The organisation whose session it is; NotFound where it is not in this bureau."""
    return place_of_session(bureau, session_id).organisation_id


def place_of_session(bureau: str, session_id: int) -> SessionPlace:
    """Whose session it is and where it lies; NotFound where it is not in this bureau."""
    row = lines(_place_of_session(), {"session": session_id, "bureau": bureau}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return SessionPlace(**row)


@cache
def _place_of_session() -> Select[Any]:
    bureau, owner = Round.bureau.property.mapper.class_, PlannedSession.organisation.property.mapper.class_
    return (
        select(
            PlannedSession.organisation_id, owner.code.label("organisation"), PlannedSession.slot_id, Round.month,
            bureau.timezone,
        )
        .join(PlannedSession.organisation).join(PlannedSession.slot).join(Slot.round).join(Round.bureau)
        .where(PlannedSession.id == bindparam("session"), bureau.code == bindparam("bureau"))
    )  # fmt: skip


def detail_of_session(row: PlannedSession, scope: Scope) -> SessionDetail:
    return SessionDetail(
        session=_board_session(row, scope),
        round=round_info(row.slot.round),
        slot_id=row.slot_id,
        day=row.slot.day,
        starts=row.slot.starts,
        ends=row.slot.ends,
        starts_at=row.starts_at,
        seat=seat(row.slot.room, row.slot.seat),
        note=row.note,
        reason=row.reason,
        ends_at=row.ends_at,
        missed_for=row.missed_for,
    )


def sessions_among(session_ids: Collection[int], *, bureau_id: int, organisation_id: int) -> frozenset[int]:
    """Those of the sessions that are the organisation's, in that bureau, whatever became of them."""
    if not session_ids:
        return frozenset()
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau_id == bureau_id))
    mine = (PlannedSession.id.in_(session_ids), PlannedSession.organisation_id == organisation_id)
    return frozenset(db.session.scalars(select(PlannedSession.id).where(*mine, here)))
