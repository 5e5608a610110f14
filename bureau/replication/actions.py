"""Taking a whole bureau in: all of it, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bureau.catalogue.actions.taking_in import take_in_catalogue
from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Invalid
from bureau.organisations.actions.taking_in import take_in_partner, take_in_place
from bureau.replication.domain.document import Document
from bureau.rotation.actions.demand import take_in_demand


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A bureau that was made. ``kept`` names what was already there and stayed, though the document words it otherwise."""

    bureau: str
    organisations: int
    kept: list[str]


def create_bureau(document: Document, *, actor: str, now: datetime) -> TakenIn:
    """Make the bureau of ``document``; refuses a bureau that is already there. What several bureaux share is kept."""
    code = document.bureau["code"]
    try:
        return _created(document, code, actor=actor, now=now)
    except IntegrityError as error:  # two were made of one document at once
        raise Invalid(field="code", reason="taken", value=code) from error


def _created(document: Document, code: str, *, actor: str, now: datetime) -> TakenIn:
    with transaction():
        kept = take_in_catalogue(document.languages, document.categories, document.services, document.status_groups)
        bureau = take_in_place(document.bureau, document.rooms, document.hours, document.closures)
        for row in document.organisations:
            kept += take_in_partner(bureau.id, row, now=now)
        take_in_demand(bureau.id, document.demand)
        audit.record("created", f"bureau:{code}", actor=actor, now=now, after={"kept": kept})
    return TakenIn(bureau=code, organisations=len(document.organisations), kept=kept)
