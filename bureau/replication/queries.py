"""Reading a whole bureau as its document."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries as organisations
from bureau.replication.domain import shape
from bureau.rotation.queries.demand import demand
from bureau.web.identity import Identity


def bureau_document(code: str, *, reader: Identity | None = None) -> dict[str, Any]:
    """The bureau's document, format ``bureau/1``; refuses an unknown bureau.

    A reader gets the workers of those who take part, or whom the reader speaks for; the command line gets all.
    """
    bureau = organisations.get_bureau(code)
    closures = organisations.closures(bureau.id, date.min, date.max)
    return {
        "format": shape.FORMAT,
        "languages": [_columns(row, shape.LANGUAGE) for row in catalogue.languages()],
        "categories": [_columns(row, shape.CATEGORY) for row in catalogue.categories()],
        "services": [_service(row) for row in sorted(catalogue.services(), key=lambda row: row.position)],
        "status_groups": [_columns(row, shape.STATUS_GROUP) for row in catalogue.status_groups()],
        "bureau": _columns(bureau, shape.PLACE),
        "rooms": [_columns(row, shape.ROOM) for row in organisations.rooms(bureau.id)],
        "hours": [_columns(row, shape.HOURS) for row in organisations.hours(bureau.id)],
        "closures": [_columns(row, shape.CLOSURE) for row in closures],
        "organisations": _organisations(bureau.id, reader),
        "demand": [_demand(row) for row in demand(bureau.id)],
    }


def _organisations(bureau_id: int, reader: Identity | None) -> list[dict[str, Any]]:
    workers: dict[int, list[dict[str, Any]]] = {}
    every = organisations.workers(EVERY_ORGANISATION, active=None)
    for worker in sorted(every, key=lambda row: row.id):
        workers.setdefault(worker.organisation_id, []).append(_worker(worker))
    partnerships = sorted(organisations.partnerships(bureau_id, active=None), key=lambda row: row.id)
    ids = {row.organisation_id for row in partnerships}
    seen = ids if reader is None else organisations.spoken_for(reader, ids)
    return [
        {
            **_columns(row.organisation, shape.ORGANISATION[:-2]),
            "partnership": _partnership(row),
            "workers": workers.get(row.organisation_id, []) if row.active or row.organisation_id in seen else [],
        }
        for row in partnerships
    ]


def _partnership(row: Any) -> dict[str, Any]:
    agreements = sorted(row.agreements, key=lambda agreement: agreement.id)
    listed = [_columns(agreement, shape.AGREEMENT) for agreement in agreements]
    return {"active": row.active, "usual": row.usual, "agreements": listed}


def _service(row: Any) -> dict[str, Any]:
    return {name: row.category.code if name == "category" else plain(getattr(row, name)) for name in shape.SERVICE}


def _worker(row: Any) -> dict[str, Any]:
    able = {"services": [service.code for service in row.services], "languages": [one.tag for one in row.languages]}
    return {**_columns(row, shape.WORKER[:-2]), **able}


def _demand(row: Any) -> dict[str, Any]:
    subject = {"service": row.service.code if row.service else None, "language": row.language_tag}
    return {name: subject[name] if name in subject else getattr(row, name) for name in shape.DEMAND}


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    """A column's value as JSON holds it: dates and times as text, words by language (with their age where it tells)."""
    if isinstance(value, LocalisedText):
        return value.as_json() if value.sources else dict(value.texts)
    if hasattr(value, "tzinfo"):
        return f"{value:%H:%M}"
    return value.isoformat() if hasattr(value, "isoformat") else value
