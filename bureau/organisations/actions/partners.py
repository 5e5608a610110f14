"""Organisations, their part in a bureau, and what it rests on."""

from datetime import datetime
from typing import Any

from bureau.catalogue.domain import clean_code
from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid
from bureau.organisations import queries
from bureau.organisations.domain.hours import ensure_term
from bureau.organisations.domain.usual import Usual, ensure_usual
from bureau.organisations.models import Agreement, Organisation, Partnership
from bureau.web.identity import Identity

from .speaking import ensure_speaks_for

Columns = dict[str, Any]


def add_organisation(bureau: str, columns: Columns, *, actor: str, now: datetime) -> None:
    """A new organisation that takes part in the bureau; refuses a code that any organisation has."""
    code = clean_code(columns["code"])
    with transaction():
        place = queries.get_bureau(bureau)
        organisation = Organisation(**{**columns, "code": code})
        rows.add(organisation, otherwise=Invalid(field="code", reason="taken", value=code))
        db.session.add(Partnership(bureau_id=place.id, organisation_id=organisation.id))
        record("added", f"organisation:{code}", actor=actor, now=now, after={"bureau": bureau})


def take_part(bureau: str, code: str, *, by: Identity, now: datetime) -> None:
    """An organisation of another bureau takes part in this one too, or again: who lets it must speak for it."""
    with transaction():
        place, organisation = queries.hold_bureau(bureau), queries.get_organisation(code)
        ensure_speaks_for(by, organisation.id)
        there = queries.find_partnership(place.id, organisation.id)
        if there is None:
            db.session.add(Partnership(bureau_id=place.id, organisation_id=organisation.id))
        else:
            there.active = True
        record("joined", f"organisation:{code}", actor=by.actor, now=now, after={"bureau": bureau})


def leave(bureau: str, code: str, *, actor: str, now: datetime) -> None:
    """The organisation takes part no more; what was planned and published stays."""
    with transaction():
        queries.get_partner(queries.get_bureau(bureau).id, code).active = False
        record("left", f"organisation:{code}", actor=actor, now=now, before={"bureau": bureau})


def edit_organisation(bureau: str, code: str, version: int, columns: Columns, *, by: Identity, now: datetime) -> None:
    """What is said of a partner of the bureau, by who speaks for it; refuses where somebody else was faster."""
    with transaction():
        partner = queries.get_partner(queries.get_bureau(bureau).id, code)
        ensure_speaks_for(by, partner.organisation_id)
        difference = rows.change(partner.organisation, version, columns)
        record("edited", f"organisation:{code}", actor=by.actor, now=now, **difference)


def set_usual_numbers(
    bureau: str, code: str, version: int, numbers: dict[str, int], *, actor: str, now: datetime
) -> None:
    """What the partner usually promises and its limits; its weekly pattern stays. Refuses where somebody else was
    faster.
    """
    with transaction():
        partner = queries.get_partner(queries.get_bureau(bureau).id, code)
        usual = {**Usual.from_json(partner.usual).as_json(), **numbers}
        ensure_usual(Usual.from_json(usual))
        difference = rows.change(partner, version, {"usual": usual})
        record("edited", f"partnership:{bureau}/{code}", actor=actor, now=now, **difference)


def add_agreement(bureau: str, code: str, columns: Columns, *, actor: str, now: datetime) -> None:
    """What the partnership rests on from now on."""
    ensure_term(columns["starts"], columns["ends"], field="ends")
    with transaction():
        partner = queries.get_partner(queries.get_bureau(bureau).id, code)
        db.session.add(Agreement(**columns, partnership_id=partner.id))
        record("agreed", f"partnership:{bureau}/{code}", actor=actor, now=now, after={"from": str(columns["starts"])})


def edit_agreement(
    bureau: str, code: str, agreement_id: int, version: int, columns: Columns, *, actor: str, now: datetime
) -> None:
    """Its kind and its term; refuses where somebody else was faster."""
    ensure_term(columns["starts"], columns["ends"], field="ends")
    with transaction():
        agreement = queries.get_agreement(queries.get_bureau(bureau).id, code, agreement_id)
        difference = rows.change(agreement, version, columns)
        record("edited", f"agreement:{bureau}/{code}/{agreement_id}", actor=actor, now=now, **difference)


def delete_agreement(bureau: str, code: str, agreement_id: int, *, version: int, actor: str, now: datetime) -> None:
    """Delete one that was written in by mistake."""
    with transaction():
        rows.remove(queries.get_agreement(queries.get_bureau(bureau).id, code, agreement_id), version)
        record("deleted", f"agreement:{bureau}/{code}/{agreement_id}", actor=actor, now=now)
