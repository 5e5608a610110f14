"""Reading organisations, where they take part, and who speaks for them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from bureau.kernel.database import db, lines
from bureau.kernel.errors import NotFound
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import (
    Agreement,
    Bureau,
    Organisation,
    Partnership,
)
from bureau.organisations.permissions import speaks_for
from bureau.web.identity import Identity


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
    found: dict[str, Any] | None = lines(_usual(), whose).scalar()
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
    return _found_id(_partner_id(), bureau_id, code)


def hold_partner_id(bureau_id: int, code: str) -> int:
    """The same, with the organisation held until the transaction ends (see ``hold_organisation``)."""
    return _found_id(_held_partner_id(), bureau_id, code)


def _found_id(statement: Select[int], bureau_id: int, code: str) -> int:
    found: int | None = lines(statement, {"bureau": bureau_id, "code": code}).scalar()
    if found is None:
        raise NotFound
    return found


@cache
def _partner_id() -> Select[int]:
    """Put together once: it is asked with every stroke of a brush."""
    mine = (Partnership.bureau_id == bindparam("bureau"), Organisation.code == bindparam("code"))
    return select(Partnership.organisation_id).join(Partnership.organisation).where(*mine)


@cache
def _held_partner_id() -> Select[int]:
    return _partner_id().with_for_update(key_share=True, of=Organisation)


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
