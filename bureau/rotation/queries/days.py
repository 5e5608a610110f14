"""Days that are cancelled as a whole, or could be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.domain.booking import Presence
from bureau.rotation.domain.days import DayAhead, DayCancelled, Returning, TouchedSession, in_order, why_not
from bureau.rotation.models import CancelledDay, PlannedSession, Round, Slot, is_live

from .mine import session_detail
from .programmes import find_programme
from .rounds import find_round


def day_ahead(bureau: str, day: date, *, now: datetime) -> DayAhead:
    """What the cancellation of that day would touch."""
    place = places.get_bureau(bureau)
    slots = [slot.id for slot in slots_to_close(place.id, day, now=now)]
    statement = select(PlannedSession.id).where(
        PlannedSession.slot_id.in_(slots), PlannedSession.state.in_(("proposed", "booked"))
    )
    found = db.session.scalars(statement.order_by(PlannedSession.starts_at, PlannedSession.id)).all()
    closure = next(iter(places.closures(place.id, day, day)), None)
    return DayAhead(
        day=day,
        round=find_round(bureau, str(Month.of(day))),
        sessions=tuple(session_detail(bureau, one, scope=EVERY_ORGANISATION) for one in found),
        open_slots=len(slots) - len(found),
        closure=closure.reason if closure else None,
    )


def slots_to_close(bureau_id: int, day: date, *, now: datetime, hold: bool = False) -> Sequence[Slot]:
    """The slots of that day that have not begun and are not closed, in order of their numbers."""
    of_day = (Round.bureau_id == bureau_id, Slot.day == day, Slot.starts_at > now, ~Slot.closed)
    statement = select(Slot).join(Slot.round).where(*of_day).order_by(Slot.id)
    return db.session.scalars(statement.with_for_update(of=Slot) if hold else statement).all()


def find_cancelled(bureau_id: int, day: date) -> CancelledDay | None:
    """The last cancellation of that day."""
    of_day = (CancelledDay.bureau_id == bureau_id, CancelledDay.day == day)
    return db.session.scalar(select(CancelledDay).where(*of_day).order_by(CancelledDay.id.desc()).limit(1))


def day_cancelled(bureau: str, day: date, *, now: datetime) -> DayCancelled:
    """A day that was cancelled, with every session it touched as it is now; NotFound where it never was."""
    place = places.get_bureau(bureau)
    row = find_cancelled(place.id, day)
    if row is None:
        raise NotFound
    obstacles = returning(row.touched["sessions"]) if row.undone_at else {}
    programme = find_programme(bureau, str(Month.of(day)))
    closed = {one.day for one in programme.closures} if programme else set()
    return DayCancelled(
        day=day,
        round=find_round(bureau, str(Month.of(day))),
        reason=row.reason,
        cancelled_at=row.cancelled_at,
        undone_at=row.undone_at,
        sessions=in_order(_touched(bureau, row, obstacles, now=now)),
        slots=len(row.touched["slots"]),
        over=day < local_date(now, place.timezone),
        public=programme is None or (day in closed) == (row.undone_at is None),
    )


def _touched(
    bureau: str, row: CancelledDay, obstacles: Mapping[int, Returning], *, now: datetime
) -> list[TouchedSession]:
    return [
        TouchedSession(
            session=session_detail(bureau, number, scope=EVERY_ORGANISATION),
            why=why_not(obstacles[number], now=now)
            if number in obstacles and obstacles[number].state == "cancelled"
            else None,
        )
        for number in row.touched["sessions"]
    ]


def days_cancelled(bureau: str, *, today: date) -> Sequence[date]:
    """The days to come that are cancelled."""
    here = (CancelledDay.bureau_id == places.get_bureau(bureau).id, CancelledDay.day >= today)
    standing = select(CancelledDay.day).where(*here, CancelledDay.undone_at.is_(None))
    return db.session.scalars(standing.order_by(CancelledDay.day)).all()


def returning(sessions: Collection[int]) -> dict[int, Returning]:
    """What is in the way of these sessions today, by their numbers."""
    statement = (
        select(PlannedSession)
        .where(PlannedSession.id.in_(sessions))
        .options(joinedload(PlannedSession.worker), joinedload(PlannedSession.slot).joinedload(Slot.round))
        .order_by(PlannedSession.id)
        .execution_options(**EVERY_ORGANISATION.options())
    )
    rows = db.session.scalars(statement).all()
    partners = {
        one.organisation_id
        for number in {row.slot.round.bureau_id for row in rows}
        for one in places.partnerships(number)
    }
    taken = _taken([row.slot_id for row in rows])
    return {
        row.id: Returning(
            state=row.state,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            worker=row.worker.label,
            worker_there=row.worker.active,
            partner=row.organisation_id in partners,
            slot_taken=taken.get(row.slot_id, row.id) != row.id,
            busy=_busy(row),
        )
        for row in rows
    }


def _taken(slots: Collection[int]) -> dict[int, int]:
    """The live session of each slot."""
    alive = (PlannedSession.slot_id.in_(slots), is_live())
    return {
        row.slot_id: row.id
        for row in db.session.execute(select(PlannedSession.slot_id, PlannedSession.id).where(*alive))
    }


def _busy(row: PlannedSession) -> tuple[Presence, ...]:
    """Where else the worker is at that time."""
    elsewhere = select(PlannedSession.starts_at, PlannedSession.ends_at).where(
        PlannedSession.worker_id == row.worker_id,
        is_live(),
        PlannedSession.id != row.id,
        PlannedSession.starts_at < row.ends_at,
        PlannedSession.ends_at > row.starts_at,
    )
    return tuple(
        Presence(day=row.slot.day, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in db.session.execute(elsewhere)
    )
