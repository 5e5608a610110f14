"""The month's sessions: the board, one slot, one session."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.rotation.domain.board import Board, BoardBlock, BoardDay, BoardSession, Cell, Seat
from bureau.rotation.domain.live import Looks, look
from bureau.rotation.domain.offers import NamedService, OrganisationInfo, SpokenLanguage
from bureau.rotation.domain.problem import iso_week
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Round, SessionLanguage, SessionService, Slot, is_live
from bureau.rotation.models.reading import RoomLine, block_of, in_order, organisation_in, room_in, seat, seats_of

said_of_slots: list[Callable[[], ScalarSelect[str]]] = []
"""What features above know to be said about each ``Slot``: a subquery for the states of it as one text, set by one of them."""


def said_of(slot_id: int) -> tuple[str, ...]:
    """The states of what is said about one slot."""
    return tuple(
        state for said in said_of_slots for state in _parts(lines(_said_of_one(said), {"slot": slot_id}).scalar())
    )


@cache
def _said_of_one(said: Callable[[], ScalarSelect[str]]) -> Select[str]:
    return select(said()).select_from(Slot).where(Slot.id == bindparam("slot"))


def _parts(listed: str | None) -> tuple[str, ...]:
    return tuple(listed.split(",")) if listed else ()


def board(round_: RoundInfo, *, scope: Scope, now: datetime, only: Collection[int] | None = None) -> Board:
    """The whole month, or ``only`` these slots of it; sessions of the scope's organisation are marked ``mine``.

    Two queries, whatever it holds.
    """
    services, languages = named_catalogue()
    asked = {"round": round_.id} | ({} if only is None else {"only": tuple(only)})
    rows, known = lines(_slots(some=only is not None), asked).all(), Known(services, languages)
    cells = [(row, cell_at(row, known, scope, now=now)) for row in rows]
    seats = seats_of(known.rooms.values())
    days = tuple(
        BoardDay(day=day, week=iso_week(day), blocks=_blocks(list(group), seats))
        for day, group in groupby(cells, key=lambda one: one[0].day)
    )
    return Board(
        round=round_,
        seats=seats,
        blocks=tuple(sorted({(row.starts, row.ends) for row in rows})),
        days=days,
        services={one.code: one for one in services.values()},
        languages=languages,
        looks=_looks_in(rows, now),
    )


def _looks_in(rows: Sequence[Any], now: datetime) -> Looks:
    seen = ((row.slot_id, look(row.id, row.version, closed=row.closed, begun=row.starts_at <= now)) for row in rows)
    return Looks(number=len(rows), special={slot: one for slot, one in seen if one})


class Known:
    """What many cells of a board have in common, made once."""

    def __init__(self, services: Mapping[str, NamedService], languages: Mapping[str, SpokenLanguage]) -> None:
        self.rooms: dict[int, RoomLine] = {}
        self.seat = cache(self._seat)
        self.organisations: dict[int, OrganisationInfo] = {}
        self.services = cache(partial(in_order, services))
        self.languages = cache(partial(in_order, languages))

    def seat_of(self, row: Any) -> Seat:
        """The seat that a slot lies in."""
        if row.room_id not in self.rooms:
            self.rooms[row.room_id] = room_in(row)
        seat_: Seat = self.seat(row.room_id, row.seat)
        return seat_

    def owner_of(self, row: Any) -> OrganisationInfo:
        """The organisation whose session it is."""
        if row.organisation_id not in self.organisations:
            self.organisations[row.organisation_id] = organisation_in(row)
        return self.organisations[row.organisation_id]

    def _seat(self, room_id: int, number: int) -> Seat:
        return seat(self.rooms[room_id], number)


def named_catalogue() -> tuple[dict[str, NamedService], dict[str, SpokenLanguage]]:
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


@cache
def _slots(*, some: bool) -> Select[Any]:
    """Every slot in order of time (or ``some`` of them), with its room, and with its live session, if any, whose it is and what is given in it.

    Columns, not rows of the tables: a month has a thousand slots, and many keep its board open.
    """
    statement = (
        slot_columns()
        .where(Slot.round_id == bindparam("round"))
        .order_by(Slot.day, Slot.starts, Slot.room_id, Slot.seat)
    )
    return statement.where(Slot.id.in_(bindparam("only", expanding=True))) if some else statement


def slot_columns() -> Select[Any]:
    """A slot with its room, and with its live session, as ``cell_at`` reads them."""
    owner, worker = (tie.property.mapper.class_ for tie in (PlannedSession.organisation, PlannedSession.worker))
    return (
        select(
            Slot.id.label("slot_id"), Slot.seat, Slot.day, Slot.starts, Slot.ends, Slot.starts_at, Slot.ends_at,
            Slot.closed, *room_columns(), PlannedSession.id, PlannedSession.uid, PlannedSession.organisation_id,
            PlannedSession.worker_id, PlannedSession.state, PlannedSession.origin, PlannedSession.pinned,
            PlannedSession.version, owner.code.label("owner"), owner.name.label("owner_name"), worker.label,
            _listed(SessionService.service_id).label("services"),
            _listed(SessionLanguage.language_tag).label("languages"),
            *(said().label("said") for said in said_of_slots[:1]),
        )
        .join(Slot.room)
        .outerjoin(PlannedSession, _alive())
        .outerjoin(PlannedSession.organisation)
        .outerjoin(PlannedSession.worker)
        .execution_options(**EVERY_ORGANISATION.options())  # partners see each other's initials on the board
    )  # fmt: skip


def room_columns() -> tuple[Any, ...]:
    """The room that a slot lies in, as ``room_in`` reads it."""
    room = Slot.room.property.mapper.class_
    return (
        Slot.room_id, room.code.label("room"), room.seats, room.name.label("room_name"), room.kind, room.features,
        room.position,
    )  # fmt: skip


def _alive() -> ColumnElement[bool]:
    return and_(PlannedSession.slot_id == Slot.id, is_live())


def _listed(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """The column's values of a session as one text, so that they come with the row of their session."""
    session_id = column.class_.session_id
    joined = func.aggregate_strings(cast(column, String), ",")
    return select(joined).where(session_id == PlannedSession.id).correlate(PlannedSession).scalar_subquery()


def cell_at(row: Any, known: Known, scope: Scope, *, now: datetime) -> Cell:
    return Cell(
        slot_id=row.slot_id,
        seat=known.seat_of(row),
        closed=row.closed,
        past=row.starts_at <= now,
        session=None if row.id is None else _session(row, known, scope),
        said=_parts(getattr(row, "said", None)),
    )


def _session(row: Any, known: Known, scope: Scope) -> BoardSession:
    given, spoken = known.services(row.services), known.languages(row.languages)
    return board_session(row, known.owner_of(row), row.label, given, spoken, scope)


def board_session(
    row: Any,
    owner: OrganisationInfo,
    worker: str,
    services: Sequence[NamedService],
    languages: Sequence[SpokenLanguage],
    scope: Scope,
) -> BoardSession:
    """A session as the scope may see it: who stands behind the desk is for its organisation and the manager."""
    mine = row.organisation_id == scope.organisation_id
    shown = mine or scope.organisation_id is None
    return BoardSession(
        id=row.id,
        uid=row.uid,
        organisation=owner,
        worker_id=row.worker_id if shown else None,
        worker=worker if shown else None,
        services=tuple(services),
        languages=tuple(languages),
        state=row.state,
        origin=row.origin,
        pinned=row.pinned,
        mine=mine,
        version=row.version,
    )


def _blocks(cells: Sequence[tuple[Any, Cell]], seats: Sequence[Seat]) -> tuple[BoardBlock, ...]:
    made = []
    for _, group in groupby(cells, key=lambda one: (one[0].starts, one[0].ends)):
        of_block = list(group)
        by_seat = {(cell.seat.room_id, cell.seat.number): cell for _, cell in of_block}
        in_order = tuple(by_seat.get((one.room_id, one.number)) for one in seats)
        made.append(BoardBlock(block=block_of(of_block[0][0]), cells=in_order))
    return tuple(made)


def looks_of(bureau: str, month: str, *, now: datetime) -> Looks:
    """How many slots a month has, and how each looks that is not plain; none where there is no such month."""
    number, sessions, shut = 0, dict[int, tuple[int, int]](), dict[int, tuple[bool, bool]]()
    for row in lines(_looks(), {"bureau": bureau, "month": month, "now": now}).all():
        if row.id is None:
            number = row.number
        elif row.session is not None:
            sessions[row.id] = row.session, row.version
        else:
            shut[row.id] = bool(row.closed), bool(row.begun)
    special = {slot: (*sessions.get(slot, (None, None)), *shut.get(slot, (False, False))) for slot in sessions | shut}
    return Looks(
        number=number,
        special={
            slot: look(one, version, closed=closed, begun=begun)
            for slot, (one, version, closed, begun) in special.items()
        },
    )


@cache
def _looks() -> CompoundSelect[Any]:
    """Put together once: every open board asks it every few seconds. A line says how many slots there are; then follow
    those that are taken, and those that are closed or have begun.
    """
    of_month = select(Round.id).where(Round.bureau.has(code=bindparam("bureau")), Round.month == bindparam("month"))
    here, none = Slot.round_id == of_month.scalar_subquery(), cast(null(), Integer)
    begun = Slot.starts_at <= bindparam("now")
    flags = [case((one, 1), else_=0) for one in (Slot.closed, begun)]
    number = select(
        none.label("id"),
        func.count().label("number"),
        none.label("session"),
        none.label("version"),
        none.label("closed"),
        none.label("begun"),
    )
    taken = select(Slot.id, none, PlannedSession.id, PlannedSession.version, none, none).join(PlannedSession, _alive())
    shut = select(Slot.id, none, none, none, *flags).where(Slot.closed | begun)
    return union_all(number.select_from(Slot).where(here), taken.where(here), shut.where(here))


def slots_in(round_id: int) -> tuple[int, int]:
    """How many open slots a round has, and how many of them hold a session."""
    alive = and_(PlannedSession.slot_id == Slot.id, is_live())
    statement = (
        select(func.count(Slot.id), func.count(PlannedSession.id))
        .outerjoin(PlannedSession, alive)
        .where(Slot.round_id == round_id, ~Slot.closed)
    )
    slots, taken = db.session.execute(statement).one()
    return slots, taken
