"""Bureaux with rooms and hours; organisations with agreements and workers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sqlalchemy import func, select

from bureau.kernel.database import Base, db
from bureau.organisations.models import (
    Agreement,
    Bureau,
    Closure,
    OpeningHours,
    Organisation,
    Partnership,
    Room,
    Worker,
)
from tests.factories.catalogue import a_language, a_service, words

Row = TypeVar("Row", bound=Base)
SINCE = date(2025, 1, 1)
CREATED = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
BLOCKS = ((time(10), time(12)), (time(13), time(15)), (time(15), time(17)))


def a_bureau(code: str = "golden-river", **values: object) -> Bureau:
    """The bureau of that code, in Sofia's time, in Bulgarian and English; the one that exists already, if it does."""
    known = db.session.scalar(select(Bureau).where(Bureau.code == code))
    if known is not None:
        return known
    columns = {
        "name": words(code, bg=f"{code} (bg)"), "city": words("Zlatna"), "timezone": "Europe/Sofia",
        "languages": ["bg", "en"], **values,
    }  # fmt: skip
    return _stored(Bureau(code=code, **columns))


def a_room(bureau: Bureau | None = None, code: str = "desk-1", *, kind: str = "desk", **values: object) -> Room:
    """A room of the bureau (of golden-river where none is given), with one seat."""
    place = bureau or a_bureau()
    columns = {"name": words(code), "seats": 1, "position": _next(Room), **values}
    return _stored(Room(bureau_id=place.id, code=code, kind=kind, **columns))


def opening_hours(
    bureau: Bureau | None = None,
    weekdays: Iterable[int] = range(1, 6),
    blocks: Iterable[tuple[time, time]] = BLOCKS,
    *,
    valid_from: date = SINCE,
    valid_until: date | None = None,
) -> list[OpeningHours]:
    """The same blocks on each of ``weekdays`` (1 is Monday): by default Monday to Friday, 10-12, 13-15 and 15-17."""
    place, times = bureau or a_bureau(), tuple(blocks)
    return [
        _stored(
            OpeningHours(
                bureau_id=place.id, weekday=weekday, starts=starts, ends=ends,
                valid_from=valid_from, valid_until=valid_until,
            )
        )
        for weekday in weekdays
        for starts, ends in times
    ]  # fmt: skip


def a_closure(day: date, bureau: Bureau | None = None, *, kind: str = "holiday", reason: str = "closed") -> Closure:
    """A day on which the bureau is closed."""
    return _stored(Closure(bureau_id=(bureau or a_bureau()).id, day=day, kind=kind, reason=words(reason)))


def an_organisation(code: str = "open-gate", **values: object) -> Organisation:
    """The organisation of that code; the one that exists already, if it does."""
    known = db.session.scalar(select(Organisation).where(Organisation.code == code))
    columns = {"name": words(code), "kind": "ngo", **values}
    return known or _stored(Organisation(code=code, **columns))


def a_partnership(
    organisation: Organisation | None = None, bureau: Bureau | None = None, *, agreement: bool = True, **values: object
) -> Partnership:
    """The organisation takes part in the bureau, with an agreement since 2025 without end unless told otherwise."""
    partner, place = organisation or an_organisation(), bureau or a_bureau()
    partnership = _stored(Partnership(organisation_id=partner.id, bureau_id=place.id, **values))
    if agreement:
        an_agreement(partnership)
    return partnership


def an_agreement(partnership: Partnership, *, starts: date = SINCE, ends: date | None = None) -> Agreement:
    """What the partnership rests on."""
    return _stored(Agreement(partnership_id=partnership.id, kind="memorandum", starts=starts, ends=ends))


def a_worker(
    organisation: Organisation | None = None,
    label: str = "W1",
    *,
    services: Iterable[str] = ("info",),
    languages: Iterable[str] = ("en",),
    **values: object,
) -> Worker:
    """A worker of the organisation (open-gate where none is given), with services and languages by code and tag."""
    owner = organisation or an_organisation()
    gives, speaks = [a_service(code) for code in services], [a_language(tag) for tag in languages]
    columns = {"role": words("worker"), "created_at": CREATED, **values}
    return _stored(Worker(organisation_id=owner.id, label=label, services=gives, languages=speaks, **columns))


def _next(table: type[Room]) -> int:
    return int(db.session.scalar(select(func.coalesce(func.max(table.position), 0))) or 0) + 1


def _stored(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
