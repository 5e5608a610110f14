"""Reading bureaux, their rooms, hours and closed days."""

from datetime import date

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.errors import NotFound
from bureau.organisations.models import Bureau, Closure, OpeningHours, Room


def bureaux() -> list[Bureau]:
    """Every bureau of the installation, by code."""
    return list(db.session.scalars(select(Bureau).order_by(Bureau.code)))


def find_bureau(code: str) -> Bureau | None:
    """The bureau of that code, if there is one."""
    return db.session.scalar(select(Bureau).where(Bureau.code == code))


def get_bureau(code: str) -> Bureau:
    """The bureau of that code; refuses an unknown one."""
    bureau = find_bureau(code)
    if bureau is None:
        raise NotFound
    return bureau


def hold_bureau(code: str) -> Bureau:
    """The bureau of that code, held until the transaction ends: who wants to hold it too waits; refuses an unknown one.

    Sessions, offers and mails that only point to the bureau do not wait. SQLite's writers queue anyway.
    """
    bureau = db.session.scalar(select(Bureau).where(Bureau.code == code).with_for_update(key_share=True))
    if bureau is None:
        raise NotFound
    return bureau


def hold_bureau_as_it_is(code: str) -> Bureau:
    """The same, for those who only rely on it: many hold it so at once, and ``hold_bureau`` waits for all of them."""
    bureau = db.session.scalar(select(Bureau).where(Bureau.code == code).with_for_update(read=True))
    if bureau is None:
        raise NotFound
    return bureau


def rooms(bureau_id: int, *, active: bool | None = None) -> list[Room]:
    """The bureau's rooms in order: all, or only the (in)active ones."""
    statement = select(Room).where(Room.bureau_id == bureau_id)
    if active is not None:
        statement = statement.where(Room.active == active)
    return list(db.session.scalars(statement.order_by(Room.position, Room.id)))


def get_room(bureau_id: int, code: str) -> Room:
    """The room of that code; refuses an unknown one."""
    room = db.session.scalar(select(Room).where(Room.bureau_id == bureau_id, Room.code == code))
    if room is None:
        raise NotFound
    return room


def hours(bureau_id: int) -> list[OpeningHours]:
    """Every opening block ever stated, by weekday and time."""
    order = (OpeningHours.weekday, OpeningHours.starts, OpeningHours.valid_from)
    return list(db.session.scalars(select(OpeningHours).where(OpeningHours.bureau_id == bureau_id).order_by(*order)))


def get_hours(bureau_id: int, hours_id: int) -> OpeningHours:
    """One opening block; refuses another bureau's."""
    for row in hours(bureau_id):
        if row.id == hours_id:
            return row
    raise NotFound


def hours_between(bureau_id: int, first: date, last: date) -> list[OpeningHours]:
    """The opening blocks valid on any day from ``first`` to ``last``, by weekday and time."""
    return [row for row in hours(bureau_id) if row.valid_from <= last and (row.valid_until or first) >= first]


def hours_on(bureau_id: int, day: date) -> list[OpeningHours]:
    """The opening blocks of that very day, closures not yet considered."""
    return [row for row in hours_between(bureau_id, day, day) if row.weekday == day.isoweekday()]


def closures(bureau_id: int, first: date, last: date) -> list[Closure]:
    """The days from ``first`` to ``last`` on which the bureau is closed, in order."""
    inside = Closure.day.between(first, last)
    statement = select(Closure).where(Closure.bureau_id == bureau_id, inside)
    return list(db.session.scalars(statement.order_by(Closure.day)))


def get_closure(bureau_id: int, day: date) -> Closure:
    """The closed day; refuses a day that is not closed."""
    for row in closures(bureau_id, day, day):
        return row
    raise NotFound
