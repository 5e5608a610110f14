"""The workers of a partner, kept by who speaks for it: labels and roles, never names."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from bureau.catalogue import queries as catalogue
from bureau.catalogue.domain import ensure_known
from bureau.kernel import rows
from bureau.kernel.audit import record
from bureau.kernel.database import Scope, transaction
from bureau.kernel.errors import Invalid
from bureau.kernel.text import clean_text
from bureau.organisations import queries
from bureau.organisations.models import Worker
from bureau.web.identity import Identity

from .speaking import ensure_speaks_for

Columns = dict[str, Any]


def add_worker(organisation_id: int, columns: Columns, *, by: Identity, now: datetime) -> int:
    """A new worker with services and languages (codes and tags); refuses a label that is taken. Answers its number."""
    with transaction():
        ensure_speaks_for(by, organisation_id)
        stored = _worker_columns(columns)
        worker = Worker(**stored, organisation_id=organisation_id, created_at=now)
        rows.add(worker, otherwise=Invalid(field="label", reason="taken", value=stored["label"]))
        record("added", f"worker:{worker.id}", actor=by.actor, now=now)
        return worker.id


def edit_worker(
    worker_id: int, version: int, columns: Columns, *, scope: Scope, organisation_id: int, by: Identity, now: datetime
) -> None:
    """Label, role, attributes, services, languages and limits; refuses where somebody else was faster."""
    with transaction() as session:
        ensure_speaks_for(by, organisation_id)
        worker = queries.get_worker(organisation_id, worker_id, scope)
        stored = _worker_columns(columns)
        namesake = queries.find_worker(organisation_id, stored["label"], scope)
        if namesake is not None and namesake.id != worker_id:
            raise Invalid(field="label", reason="taken", value=stored["label"])
        difference = rows.change(worker, version, stored)
        flag_modified(worker, "label")  # services and languages alone would not raise the version
        try:
            session.flush()
        except IntegrityError as error:  # two took the label at once
            raise Invalid(field="label", reason="taken", value=stored["label"]) from error
        record("edited", f"worker:{worker_id}", actor=by.actor, now=now, **difference)


def set_worker_active(
    worker_id: int, *, active: bool, scope: Scope, organisation_id: int, by: Identity, now: datetime
) -> None:
    """Put a worker out of use, or back into it."""
    with transaction():
        ensure_speaks_for(by, organisation_id)
        worker = queries.get_worker(organisation_id, worker_id, scope)
        record("edited", f"worker:{worker_id}", actor=by.actor, now=now, **rows.write(worker, {"active": active}))


def delete_worker(
    worker_id: int, *, version: int, scope: Scope, organisation_id: int, by: Identity, now: datetime
) -> None:
    """Delete a worker; refuses one who was ever offered or planned."""
    with transaction():
        ensure_speaks_for(by, organisation_id)
        rows.remove(queries.get_worker(organisation_id, worker_id, scope), version)
        record("deleted", f"worker:{worker_id}", actor=by.actor, now=now)


def _worker_columns(columns: Columns) -> Columns:
    label = clean_text(columns["label"])
    if not label:
        raise Invalid(field="label", reason="required")
    languages = catalogue.languages_by_tag()
    services = {service.code: service for service in catalogue.services()}
    return {
        **columns,
        "label": label,
        "services": [services[code] for code in ensure_known(columns["services"], services, field="services")],
        "languages": [languages[tag] for tag in ensure_known(columns["languages"], languages, field="languages")],
    }
