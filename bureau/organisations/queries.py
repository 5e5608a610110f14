"""Reading bureaux, their hours and their partners."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import joinedload, selectinload

from bureau.catalogue.models import Service
from bureau.kernel.database import Scope, db
from bureau.kernel.errors import NotFound
from bureau.kernel.localised import LocalisedText
from bureau.web.identity import Identity

from .models import Agreement, Bureau, Closure, OpeningHours, Organisation, Partnership, Room, Worker, whole_worker
from .permissions import speaks_for


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


def organisations() -> list[Organisation]:
    """Every organisation of the installation, by code."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.code)))


def names_of(codes: Collection[str]) -> dict[str, LocalisedText]:
    """The names of the organisations of these codes, by code."""
    named = select(Organisation.code, Organisation.name).where(Organisation.code.in_(codes)).order_by(Organisation.code)
    return {row.code: row.name for row in db.session.execute(named)}


def find_organisation(code: str) -> Organisation | None:
    """The organisation of that code, if there is one."""
    return db.session.scalar(select(Organisation).where(Organisation.code == code))


def get_organisation(code: str) -> Organisation:
    """The organisation of that code; refuses an unknown one."""
    organisation = find_organisation(code)
    if organisation is None:
        raise NotFound
    return organisation


def partnerships(bureau_id: int, *, active: bool | None = True) -> list[Partnership]:
    """The bureau's partnerships with organisation and agreements, by the organisation's code."""
    statement = _partnerships().where(Partnership.bureau_id == bureau_id).order_by(Organisation.code)
    if active is not None:
        statement = statement.where(Partnership.active == active)
    return list(db.session.scalars(statement))


def _partnerships() -> Select[Partnership]:
    with_all = joinedload(Partnership.organisation), selectinload(Partnership.agreements)
    return select(Partnership).join(Partnership.organisation).options(*with_all)


def partners(bureau_id: int) -> list[Organisation]:
    """The organisations that take part in the bureau now, by code."""
    return [partnership.organisation for partnership in partnerships(bureau_id)]


def find_partnership(bureau_id: int, organisation_id: int) -> Partnership | None:
    """The organisation's part in the bureau with organisation and agreements, active or not, if it has any."""
    mine = (Partnership.bureau_id == bureau_id, Partnership.organisation_id == organisation_id)
    return db.session.scalar(_partnerships().where(*mine))


def find_usual(bureau_id: int, organisation_id: int) -> dict[str, Any] | None:
    """What the organisation usually gives in the bureau, as stored; None where it takes no part now."""
    whose = {"bureau": bureau_id, "organisation": organisation_id}
    found: dict[str, Any] | None = db.session.scalar(_usual(), whose)
    return found


@cache
def _usual() -> Select[Any]:
    whose = (Partnership.bureau_id == bindparam("bureau"), Partnership.organisation_id == bindparam("organisation"))
    return select(Partnership.usual).where(*whose, Partnership.active)


def get_partner(bureau_id: int, code: str) -> Partnership:
    """The part that the organisation of that code has in the bureau, active or not; refuses strangers."""
    found = db.session.scalar(_partnerships().where(Partnership.bureau_id == bureau_id, Organisation.code == code))
    if found is None:
        raise NotFound
    return found


def get_partner_id(bureau_id: int, code: str) -> int:
    """The organisation of that code, a partner of the bureau, active or not; refuses strangers."""
    found = db.session.scalar(_partner_id(), {"bureau": bureau_id, "code": code})
    if found is None:
        raise NotFound
    return found


@cache
def _partner_id() -> Select[int]:
    """Put together once: it is asked with every stroke of a brush."""
    mine = (Partnership.bureau_id == bindparam("bureau"), Organisation.code == bindparam("code"))
    return select(Partnership.organisation_id).join(Partnership.organisation).where(*mine)


def get_agreement(bureau_id: int, code: str, agreement_id: int) -> Agreement:
    """An agreement of the partner of that code; refuses another's."""
    for agreement in get_partner(bureau_id, code).agreements:
        if agreement.id == agreement_id:
            return agreement
    raise NotFound


def search_partners(bureau_id: int, asked: str) -> list[Partnership]:
    """Partnerships, active or not, whose organisation's code or any name holds ``asked``, whatever the case."""
    wanted = asked.casefold()
    return [
        row
        for row in partnerships(bureau_id, active=None)
        if wanted in f"{row.organisation.code} {' '.join(row.organisation.name.texts.values())}".casefold()
    ]


def hold_organisation(organisation_id: int) -> None:
    """Hold it until the transaction ends: who wants to hold it too waits. SQLite's writers queue anyway."""
    db.session.execute(_held(), {"organisation": organisation_id})


@cache
def _held() -> Select[int]:
    return select(Organisation.id).where(Organisation.id == bindparam("organisation")).with_for_update(key_share=True)


def spoken_for(person: Identity, organisation_ids: Collection[int]) -> frozenset[int]:
    """Those of the organisations that the person may speak for."""
    coordinated = {tie.organisation_id for tie in person.memberships if tie.coordinates}
    known_in = _known_in(organisation_ids)
    return frozenset(
        one
        for one in organisation_ids
        if speaks_for(
            administrator=person.administrator,
            coordinates=one in coordinated,
            manages=person.manages,
            known_in=known_in.get(one, frozenset()),
        )
    )


def _known_in(organisation_ids: Collection[int]) -> dict[int, set[str]]:
    """The codes of the bureaux in which each takes part or ever did."""
    statement = select(Partnership.organisation_id, Bureau.code).join(Partnership.bureau)
    known: dict[int, set[str]] = {}
    for one, bureau in db.session.execute(statement.where(Partnership.organisation_id.in_(organisation_ids))):
        known.setdefault(one, set()).add(bureau)
    return known


def strangers(bureau_id: int, person: Identity) -> tuple[list[Organisation], bool]:
    """The organisations that never took part here and that the person speaks for; and whether there are any others."""
    here = select(Partnership.organisation_id).where(Partnership.bureau_id == bureau_id)
    statement = select(Organisation).where(Organisation.id.not_in(here)).order_by(Organisation.code)
    strange = list(db.session.scalars(statement))
    own = spoken_for(person, {one.id for one in strange}) if strange else frozenset()
    return [one for one in strange if one.id in own], len(own) < len(strange)


def workers(scope: Scope, *where: ColumnElement[bool], active: bool | None = True) -> list[Worker]:
    """The workers that ``scope`` may see, with organisation, services (and their categories) and languages."""
    statement = select(Worker).options(*whole_worker()).where(*where).order_by(Worker.organisation_id, Worker.label)
    if active is not None:
        statement = statement.where(Worker.active == active)
    return list(db.session.scalars(statement.execution_options(**scope.options())))


def workers_of(organisation_id: int, scope: Scope, *, active: bool | None = True) -> list[Worker]:
    """The organisation's workers, by label; nothing where the scope is another organisation's."""
    return workers(scope, Worker.organisation_id == organisation_id, active=active)


def workers_at(bureau_id: int, scope: Scope) -> list[Worker]:
    """The active workers of every active partner of the bureau."""
    partners_of = select(Partnership.organisation_id).where(Partnership.bureau_id == bureau_id, Partnership.active)
    return workers(scope, Worker.organisation_id.in_(partners_of))


def workers_by_id(worker_ids: Collection[int], scope: Scope) -> list[Worker]:
    """These workers, whether they still come or not."""
    return workers(scope, Worker.id.in_(worker_ids), active=None)


def active_workers_among(worker_ids: Collection[int], organisation_id: int, bureau_id: int, scope: Scope) -> set[int]:
    """Those of the workers who come for the organisation, as long as it takes part in the bureau."""
    asked = {"workers": tuple(worker_ids), "organisation": organisation_id, "bureau": bureau_id}
    return set(db.session.scalars(_active_among(), asked, execution_options=scope.options()))


@cache
def _active_among() -> Select[int]:
    takes_part = exists().where(
        Partnership.organisation_id == Worker.organisation_id,
        Partnership.bureau_id == bindparam("bureau"),
        Partnership.active,
    )
    mine = (Worker.organisation_id == bindparam("organisation"), Worker.active, takes_part)
    return select(Worker.id).where(Worker.id.in_(bindparam("workers", expanding=True)), *mine)


def find_active_worker(worker_id: int, scope: Scope) -> Worker | None:
    """The worker of that number with organisation, services and languages, while active; one statement."""
    rows = db.session.execute(_active_worker(), {"worker": worker_id}, execution_options=scope.options())
    return rows.unique().scalar_one_or_none()


@cache
def _active_worker() -> Select[Worker]:
    with_all = (
        joinedload(Worker.organisation),
        joinedload(Worker.services).joinedload(Service.category),
        joinedload(Worker.languages),
    )
    return select(Worker).where(Worker.id == bindparam("worker"), Worker.active).options(*with_all)


def find_worker(organisation_id: int, label: str, scope: Scope) -> Worker | None:
    """The organisation's worker of that label, active or not, if there is one."""
    found = workers(scope, Worker.organisation_id == organisation_id, Worker.label == label, active=None)
    return found[0] if found else None


def get_worker(organisation_id: int, worker_id: int, scope: Scope) -> Worker:
    """The organisation's worker of that number, active or not; refuses another's."""
    found = workers(scope, Worker.organisation_id == organisation_id, Worker.id == worker_id, active=None)
    if not found:
        raise NotFound
    return found[0]
