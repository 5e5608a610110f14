"""What a bureau wants covered: stated, changed, dropped."""

from collections.abc import Sequence
from typing import Any

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import db
from bureau.rotation.models.demand import Demand


def take_in_demand(bureau_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Add a document's demand to the running transaction; its services and languages are in the catalogue."""
    services = {service.code: service.id for service in catalogue.services()}
    for row in rows:
        numbers = {name: row[name] for name in ("per", "minimum", "target", "weight")}
        subject = {"service_id": services.get(row["service"] or ""), "language_tag": row["language"]}
        db.session.add(Demand(**numbers, **subject, bureau_id=bureau_id))
        db.session.flush()  # one by one: their order is that of the document
