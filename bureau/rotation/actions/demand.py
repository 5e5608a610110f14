"""What a bureau wants covered: stated, changed, dropped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from bureau.catalogue import queries as catalogue
from bureau.catalogue.domain import ensure_known
from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction
from bureau.organisations.queries import get_bureau
from bureau.rotation.domain.demand import Confirmed, DemandThere, ensure_demand
from bureau.rotation.models.demand import Demand, DemandSource
from bureau.rotation.queries import demand as queries

Columns = dict[str, Any]


def take_in_demand(bureau_id: int, listed: Sequence[Columns]) -> None:
    """Add a document's demand to the running transaction; its services and languages are in the catalogue."""
    services = {service.code: service.id for service in catalogue.services()}
    for row in listed:
        numbers = {name: row[name] for name in ("per", "minimum", "target", "weight")}
        subject = {"service_id": services.get(row["service"] or ""), "language_tag": row["language"]}
        db.session.add(Demand(**numbers, **subject, bureau_id=bureau_id))
        db.session.flush()  # one by one: their order is that of the document


def add_demand(bureau: str, columns: Columns, *, actor: str, now: datetime) -> None:
    """State one more demand; refuses a second one for the same period, service and language."""
    with transaction():
        place = get_bureau(bureau)
        row = Demand(**_demand_columns(columns), bureau_id=place.id)
        rows.add(row, otherwise=DemandThere(field="per"))
        record("added", f"demand:{bureau}/{row.id}", actor=actor, now=now, after={**columns})


def edit_demand(bureau: str, demand_id: int, version: int, columns: Columns, *, actor: str, now: datetime) -> None:
    """Change one; refuses where somebody else was faster, or where it would stand twice."""
    with transaction() as session:
        row = queries.get_demand(get_bureau(bureau).id, demand_id)
        difference = rows.change(row, version, _demand_columns(columns))
        try:
            session.flush()
        except IntegrityError as error:
            raise DemandThere(field="per") from error
        _forget_source(demand_id)  # it is their own word now
        record("edited", f"demand:{bureau}/{demand_id}", actor=actor, now=now, **difference)


def confirm_demand(bureau: str, confirmed: Sequence[Confirmed], *, person_id: int, actor: str, now: datetime) -> None:
    """Want what was proposed from the service log, all of it or nothing (Stale, DemandThere), and keep where it is from."""
    with transaction():
        place = get_bureau(bureau)
        for one in confirmed:
            row, before = _confirmed(place.id, one)
            _forget_source(row.id)
            db.session.add(_source_of(row.id, one, before, person_id, now))
            after = {"service": one.service, "language": one.language, "per": one.per, "target": one.target}
            told = {
                "months": f"{one.source.first}/{one.source.last}",
                "helped": one.source.helped,
                "vain": one.source.vain,
            }
            record(
                "confirmed", f"demand:{bureau}/{row.id}", actor=actor, now=now,
                before={"target": before} if before else None, after={**after, **told, "proposed": one.source.proposed},
            )  # fmt: skip


def _confirmed(bureau_id: int, one: Confirmed) -> tuple[Demand, int | None]:
    if one.demand_id is None:
        columns = {"per": one.per, "service": one.service, "language": one.language, "minimum": 0, "weight": 1}
        row = Demand(**_demand_columns({**columns, "target": one.target}), bureau_id=bureau_id)
        rows.add(row, otherwise=DemandThere(field="per"))
        return row, None
    row = queries.get_demand(bureau_id, one.demand_id)
    ensure_demand(row.per, row.minimum, one.target)
    before = row.target
    rows.change(row, one.version, {"target": one.target})
    return row, before


def _source_of(demand_id: int, one: Confirmed, before: int | None, person_id: int, now: datetime) -> DemandSource:
    source = one.source
    return DemandSource(
        demand_id=demand_id, first_month=str(source.first), last_month=str(source.last), helped=source.helped,
        vain=source.vain, minutes_held=source.minutes_held, target_before=before, proposed=source.proposed,
        confirmed_by_id=person_id, confirmed_at=now,
    )  # fmt: skip


def _forget_source(demand_id: int) -> None:
    db.session.execute(delete(DemandSource).where(DemandSource.demand_id == demand_id))


def drop_demand(bureau: str, demand_id: int, *, version: int, actor: str, now: datetime) -> None:
    """Want it no longer; refuses where somebody changed it."""
    with transaction():
        rows.remove(queries.get_demand(get_bureau(bureau).id, demand_id), version)
        record("deleted", f"demand:{bureau}/{demand_id}", actor=actor, now=now)


def _demand_columns(columns: Columns) -> Columns:
    ensure_demand(columns["per"], columns["minimum"], columns["target"])
    services = {service.code: service.id for service in catalogue.services()}
    ensure_known([columns["service"]] if columns["service"] else [], services, field="service")
    ensure_known([columns["language"]] if columns["language"] else [], catalogue.languages_by_tag(), field="language")
    numbers = {name: columns[name] for name in ("per", "minimum", "target", "weight")}
    return {
        **numbers, "service_id": services.get(columns["service"] or ""), "language_tag": columns["language"] or None,
    }  # fmt: skip
