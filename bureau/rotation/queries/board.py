"""The month's sessions: the board, one slot, one session."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import (
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.board import Board, BoardBlock, BoardDay, BoardSession, Cell, FreeSlot, Seat
from bureau.rotation.domain.live import SlotState
from bureau.rotation.domain.offers import NamedService, SpokenLanguage
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Round, SessionLanguage, SessionService, Slot
from bureau.rotation.models.reading import block_of, organisation_info, seat, seats_of

Thing = TypeVar("Thing")
Given = tuple[list[NamedService], list[SpokenLanguage]]
SlotRow = tuple[Slot, PlannedSession | None, Given]


def board(round_: RoundInfo, *, scope: Scope, now: datetime) -> Board:
    """The whole month; sessions of the scope's organisation are marked ``mine``. Two queries, whatever it holds."""
    services, languages = _catalogue()
    rows = _slots_and_sessions(round_.id, services, languages)
    seats = seats_of({slot.room_id: slot.room for slot, _, _ in rows}.values())
    cells = [(slot, _cell(slot, session, given, scope, now=now)) for slot, session, given in rows]
    days = tuple(
        BoardDay(day=day, week=iso_week(day), blocks=_blocks(list(group), seats))
        for day, group in groupby(cells, key=lambda one: one[0].day)
    )
    times = sorted({(slot.starts, slot.ends) for slot, _, _ in rows})
    return Board(
        round=round_,
        seats=seats,
        blocks=tuple(times),
        days=days,
        services={one.code: one for one in services.values()},
        languages=languages,
        states=tuple(_state(slot, session, now=now) for slot, session, _ in rows),
    )


def _state(slot: Slot, session: PlannedSession | None, *, now: datetime) -> SlotState:
    number, version = (session.id, session.version) if session else (None, None)
    return SlotState(
        slot_id=slot.id, session_id=number, version=version, closed=slot.closed, past=slot.starts_at <= now
    )


def _catalogue() -> tuple[dict[str, NamedService], dict[str, SpokenLanguage]]:
    """The services by number as text, the languages by tag."""
    services, languages = catalogue.services_and_languages()
    spoken = (SpokenLanguage(tag=row.code, own_name=row.own_name, direction=row.direction) for row in languages)
    return {str(row.id): _named(row) for row in services}, {one.tag: one for one in spoken}


def _named(row: Any) -> NamedService:
    return NamedService(
        code=row.code,
        name=row.name,
        category=row.category,
        icon=row.icon,
        needs_private_room=bool(row.needs_private_room),
        mode=row.mode,
    )


def _slots_and_sessions(
    round_id: int, services: Mapping[str, NamedService], languages: Mapping[str, SpokenLanguage]
) -> list[SlotRow]:
    """Every slot in order of time, with its room, and with its live session, if any, and what is given in it."""
    alive = and_(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    statement = (
        select(Slot, PlannedSession, _listed(SessionService.service_id), _listed(SessionLanguage.language_tag))
        .outerjoin(PlannedSession, alive)
        .where(Slot.round_id == round_id)
        .options(
            joinedload(Slot.room),
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.worker),
        )
        .order_by(Slot.day, Slot.starts, Slot.room_id, Slot.seat)
        .execution_options(**EVERY_ORGANISATION.options())  # partners see each other's initials on the board
    )
    return [
        (slot, session, (_in_order(services, numbers), _in_order(languages, tags)))
        for slot, session, numbers, tags in db.session.execute(statement)
    ]


def _listed(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """The column's values of a session as one text, so that they come with the row of their session."""
    session_id = column.class_.session_id
    joined = func.aggregate_strings(cast(column, String), ",")
    return select(joined).where(session_id == PlannedSession.id).correlate(PlannedSession).scalar_subquery()


def _in_order(catalogued: Mapping[str, Thing], listed: str | None) -> list[Thing]:
    """The things that a list names, in the catalogue's order."""
    named = set((listed or "").split(","))
    return [thing for key, thing in catalogued.items() if key in named]


def _cell(slot: Slot, session: PlannedSession | None, given: Given, scope: Scope, *, now: datetime) -> Cell:
    return Cell(
        slot_id=slot.id,
        seat=seat(slot.room, slot.seat),
        closed=slot.closed,
        past=slot.starts_at <= now,
        session=None if session is None else board_session(session, *given, scope),
    )


def board_session(
    row: PlannedSession, services: Sequence[NamedService], languages: Sequence[SpokenLanguage], scope: Scope
) -> BoardSession:
    """A session as the scope may see it: who stands behind the desk is for its organisation and the manager."""
    mine = row.organisation_id == scope.organisation_id
    shown = mine or scope.organisation_id is None
    return BoardSession(
        id=row.id,
        uid=row.uid,
        organisation=organisation_info(row.organisation),
        worker_id=row.worker_id if shown else None,
        worker=row.worker.label if shown else None,
        services=tuple(services),
        languages=tuple(languages),
        state=row.state,
        origin=row.origin,
        pinned=row.pinned,
        mine=mine,
        version=row.version,
    )


def _blocks(cells: Sequence[tuple[Slot, Cell]], seats: Sequence[Seat]) -> tuple[BoardBlock, ...]:
    made = []
    for _, group in groupby(cells, key=lambda one: (one[0].starts, one[0].ends)):
        of_block = list(group)
        by_seat = {(cell.seat.room_id, cell.seat.number): cell for _, cell in of_block}
        in_order = tuple(by_seat.get((one.room_id, one.number)) for one in seats)
        made.append(BoardBlock(block=block_of(of_block[0][0]), cells=in_order))
    return tuple(made)


def free_slots_near(bureau: str, slot_id: int, *, now: datetime, most: int = 3) -> tuple[FreeSlot, ...]:
    """Free slots closest in time to this one."""
    wanted = db.session.execute(_whereabouts(), {"slot": slot_id, "bureau": bureau}).one_or_none()
    if wanted is None:
        raise NotFound
    place = {"slot": slot_id, "round": wanted.round_id, "starts_at": wanted.starts_at, "now": now, "most": most}
    found = [FreeSlot(**row) for row in db.session.execute(_free_around(), place).mappings()]
    return tuple(
        sorted(found, key=lambda one: (abs(one.starts_at - wanted.starts_at), one.starts_at, one.slot_id))[:most]
    )


@cache
def _whereabouts() -> Select[int, datetime]:
    """The round and time of ``:slot`` of ``:bureau``; put together once, as many may ask at the same moment."""
    here = Slot.round.has(Round.bureau.has(code=bindparam("bureau")))
    return select(Slot.round_id, Slot.starts_at).where(Slot.id == bindparam("slot"), here)


@cache
def _free_around() -> CompoundSelect[Any]:
    """What can still be had of ``:round``, up to ``:most`` on either side of ``:starts_at``, in the columns of ``FreeSlot``."""
    room = Slot.room.property.mapper.class_
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    columns = (Slot.id.label("slot_id"), Slot.day, Slot.starts, Slot.ends, Slot.starts_at, room.name.label("room"))
    open_ = (Slot.round_id == bindparam("round"), ~Slot.closed, Slot.starts_at > bindparam("now"), ~taken.exists())
    free = select(*columns).join(Slot.room).where(*open_, Slot.id != bindparam("slot"))
    free = free.limit(bindparam("most", type_=Integer))
    starts_at = bindparam("starts_at", type_=Slot.starts_at.type)
    before = free.where(Slot.starts_at <= starts_at).order_by(Slot.starts_at.desc(), Slot.id).subquery()
    after = free.where(Slot.starts_at > starts_at).order_by(Slot.starts_at, Slot.id).subquery()
    return union_all(select(before), select(after))


def slot_states(bureau: str, month: str, *, now: datetime) -> tuple[SlotState, ...]:
    """What each slot of a month looks like, as far as an open page must know; nothing where there is no such month."""
    alive = and_(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    here = Round.bureau.has(code=bureau), Round.month == month
    statement = (
        select(Slot.id, Slot.closed, (Slot.starts_at <= now).label("past"), PlannedSession.id, PlannedSession.version)
        .join(Slot.round)
        .outerjoin(PlannedSession, alive)
        .where(*here)
        .order_by(Slot.id)
    )
    return tuple(
        SlotState(slot_id=slot, session_id=session, version=version, closed=closed, past=bool(past))
        for slot, closed, past, session, version in db.session.execute(statement)
    )


def slots_in(round_id: int) -> tuple[int, int]:
    """How many open slots a round has, and how many of them hold a session."""
    alive = and_(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    statement = (
        select(func.count(Slot.id), func.count(PlannedSession.id))
        .outerjoin(PlannedSession, alive)
        .where(Slot.round_id == round_id, ~Slot.closed)
    )
    slots, taken = db.session.execute(statement).one()
    return slots, taken
