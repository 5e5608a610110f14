"""One slot with who could take it, and one session."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.domain.board import BoardSession, Candidate, SessionDetail, SessionPlace, SlotDetail
from bureau.rotation.domain.offers import OrganisationInfo, WorkerChoice
from bureau.rotation.domain.rooms import attributes_of, needs_of_session
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session, with_its_bureau
from bureau.rotation.models.reading import (
    named_service,
    organisation_info,
    round_info,
    seat,
    spoken_language,
    worker_choice,
)

from .board import board_session


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


def slot_detail(bureau: str, slot_id: int, *, scope: Scope, now: datetime, even_taken: bool = True) -> SlotDetail:
    """One slot with who of the scope's organisation (a manager: of any) could take it, were it free (``even_taken``)."""
    asked = {"bureau": bureau, "slot": slot_id}
    slot = db.session.scalar(_slot(), asked)
    if slot is None:
        raise NotFound
    held = db.session.scalar(_session_in_slot(), asked)
    if held is not None and not even_taken:
        return detail_of_slot(slot, held, (), (), scope, now=now)
    return detail_of_slot(slot, held, people_of(slot.round.bureau_id, scope), busy_during([slot]), scope, now=now)


@cache
def _slot() -> Select[Slot]:
    """Put together once, as what else is asked for the page of a slot: many look at slots at the same moment."""
    return slots_at(bindparam("bureau")).where(Slot.id == bindparam("slot"))


@cache
def _session_in_slot() -> Select[PlannedSession]:
    return sessions_at(bindparam("bureau")).where(PlannedSession.slot_id == bindparam("slot"))


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
    return statement.where(PlannedSession.state.in_(LIVE)) if live else statement


def people_of(bureau_id: int, scope: Scope) -> list[tuple[WorkerChoice, OrganisationInfo]]:
    return [(worker_choice(row), organisation_info(row.organisation)) for row in places.workers_at(bureau_id, scope)]


def busy_during(slots: Sequence[Slot]) -> list[tuple[int, datetime, datetime]]:
    """Who is in a session, and when, in the time of these slots."""
    if not slots:
        return []
    time = {"first": min(slot.starts_at for slot in slots), "last": max(slot.ends_at for slot in slots)}
    return [(row.worker_id, row.starts_at, row.ends_at) for row in db.session.execute(_busy(), time)]


@cache
def _busy() -> Select[int, datetime, datetime]:
    during = (PlannedSession.starts_at < bindparam("last"), PlannedSession.ends_at > bindparam("first"))
    columns = (PlannedSession.worker_id, PlannedSession.starts_at, PlannedSession.ends_at)
    return select(*columns).where(PlannedSession.state.in_(LIVE), *during)


def detail_of_slot(
    slot: Slot,
    held: PlannedSession | None,
    people: Iterable[tuple[WorkerChoice, OrganisationInfo]],
    busy: Sequence[tuple[int, datetime, datetime]],
    scope: Scope,
    *,
    now: datetime,
) -> SlotDetail:
    place = seat(slot.room, slot.seat)
    occupied = {worker for worker, starts, ends in busy if starts < slot.ends_at and slot.starts_at < ends}
    found = (_candidate(worker, home, attributes_of(place), occupied) for worker, home in people)
    return SlotDetail(
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
        session=None if held is None else _board_session(held, scope),
        candidates=tuple(one for one in found if one is not None),
    )


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
