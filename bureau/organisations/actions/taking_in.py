"""Taking a document's place and partners in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import Invalid
from bureau.organisations import queries
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

Columns = dict[str, Any]


def take_in_place(
    place: Columns, rooms: Sequence[Columns], hours: Sequence[Columns], closures: Sequence[Columns]
) -> Bureau:
    """Add a new bureau with rooms, hours and closures to the running transaction; refuses a code that is taken."""
    if queries.find_bureau(place["code"]) is not None:
        raise Invalid(field="code", reason="taken", value=place["code"])
    bureau = Bureau(**place)
    db.session.add(bureau)
    db.session.flush()
    db.session.add_all(Room(**row, bureau_id=bureau.id, position=place) for place, row in enumerate(rooms, 1))
    db.session.add_all(OpeningHours(**row, bureau_id=bureau.id) for row in hours)
    db.session.add_all(Closure(**row, bureau_id=bureau.id) for row in closures)
    db.session.flush()
    return bureau


def take_in_partner(bureau_id: int, row: Columns, *, now: datetime) -> list[str]:
    """Make the organisation of a document a partner of the bureau, in the running transaction.

    An organisation that is already there stays as it is, and so do its workers; workers it lacks are added. Answers
    the things (``organisation:open-gate``) kept although the document words them otherwise.
    """
    columns = {name: value for name, value in row.items() if name not in ("partnership", "workers")}
    organisation = queries.find_organisation(row["code"])
    differing: list[str] = []
    if organisation is None:
        organisation = Organisation(**columns)
        db.session.add(organisation)
        db.session.flush()
    elif any(getattr(organisation, name) != value for name, value in columns.items()):
        differing.append(f"organisation:{organisation.code}")
    _take_in_partnership(bureau_id, organisation.id, row["partnership"])
    return differing + _take_in_workers(organisation, row["workers"], now=now)


def _take_in_partnership(bureau_id: int, organisation_id: int, row: Columns) -> None:
    partnership = Partnership(
        bureau_id=bureau_id, organisation_id=organisation_id, active=row["active"], usual=row["usual"]
    )  # fmt: skip
    db.session.add(partnership)
    db.session.flush()
    for agreement in row["agreements"]:
        db.session.add(Agreement(**agreement, partnership_id=partnership.id))
        db.session.flush()  # one by one: their order is that of the document


def _take_in_workers(organisation: Organisation, rows: Sequence[Columns], *, now: datetime) -> list[str]:
    there = {worker.label for worker in queries.workers_of(organisation.id, EVERY_ORGANISATION, active=None)}
    services = {service.code: service for service in catalogue.services()}
    languages = catalogue.languages_by_tag()
    for row in rows:
        if row["label"] not in there:
            able = {
                "services": [services[code] for code in row["services"]],
                "languages": [languages[tag] for tag in row["languages"]],
            }
            db.session.add(Worker(**{**row, **able}, organisation_id=organisation.id, created_at=now))
            db.session.flush()
    return [f"worker:{organisation.code}/{row['label']}" for row in rows if row["label"] in there]
