"""Reading those who sit behind the desks."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, func, select

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.kernel.errors import NotFound
from bureau.organisations.models import (
    Organisation,
    Partnership,
    Worker,
    WorkerLanguage,
    WorkerService,
    whole_worker,
    worker_at_once,
)


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
    return list(db.session.scalars(_workers_at(), {"bureau": bureau_id}, execution_options=scope.options()))


@cache
def _workers_at() -> Select[Worker]:
    at = (Partnership.bureau_id == bindparam("bureau"), Partnership.active)
    here = Worker.organisation_id.in_(select(Partnership.organisation_id).where(*at))
    statement = select(Worker).options(*whole_worker()).where(here, Worker.active)
    return statement.order_by(Worker.organisation_id, Worker.label)


def givers_at(bureau_id: int, scope: Scope) -> Sequence[Any]:
    """The same as lines: ``id``, ``label``, ``role``, ``attributes``, ``organisation_id`` with ``owner`` and its name,
    ``services`` (those in use, by number) and ``languages`` (by tag) as one text each. One statement without rows of
    tables, since every slot that is looked at asks it.
    """
    return lines(_givers_at(one=scope.organisation_id is not None), _asked(scope, bureau=bureau_id)).all()


def find_giver(worker_id: int, bureau_id: int, scope: Scope) -> Any:
    """The line of that worker with ``usual``, what the organisation usually gives in the bureau; None where the worker
    or the organisation does not come there now.
    """
    asked = _asked(scope, worker=worker_id, bureau=bureau_id)
    return lines(_giver(one=scope.organisation_id is not None), asked).one_or_none()


def _asked(scope: Scope, **values: int) -> dict[str, Any]:
    return values if scope.organisation_id is None else {**values, "owner": scope.organisation_id}


@cache
def _givers_at(*, one: bool) -> Select[Any]:
    return _givers(one=one).order_by(Worker.organisation_id, Worker.label)


@cache
def _giver(*, one: bool) -> Select[Any]:
    return _givers(one=one).add_columns(Partnership.usual).where(Worker.id == bindparam("worker"))


def _givers(*, one: bool) -> Select[Any]:
    """The active workers of the bureau's active partners; of ``one`` of them, where that is all that may be seen."""
    service = Worker.services.property.mapper.class_
    in_use = (WorkerService.worker_id == Worker.id, WorkerService.service_id == service.id, service.active)
    services = select(func.aggregate_strings(cast(service.id, String), ",")).where(*in_use)
    languages = select(func.aggregate_strings(WorkerLanguage.language_tag, ","))
    languages = languages.where(WorkerLanguage.worker_id == Worker.id)
    statement = (
        select(
            Worker.id, Worker.label, Worker.role, Worker.attributes, Worker.organisation_id,
            Organisation.code.label("owner"), Organisation.name.label("owner_name"),
            services.correlate(Worker).scalar_subquery().label("services"),
            languages.correlate(Worker).scalar_subquery().label("languages"),
        )
        .join(Worker.organisation)
        .join(Partnership, Partnership.organisation_id == Worker.organisation_id)
        .where(Partnership.bureau_id == bindparam("bureau"), Partnership.active, Worker.active)
        .execution_options(**EVERY_ORGANISATION.options())
    )  # fmt: skip
    return statement.where(Worker.organisation_id == bindparam("owner")) if one else statement


def workers_by_id(worker_ids: Collection[int], scope: Scope) -> list[Worker]:
    """These workers, whether they still come or not."""
    return workers(scope, Worker.id.in_(worker_ids), active=None)


def find_active_worker(worker_id: int, scope: Scope) -> Worker | None:
    """The worker of that number with organisation, services and languages, while active; one statement."""
    rows = db.session.execute(_active_worker(), {"worker": worker_id}, execution_options=scope.options())
    return rows.unique().scalar_one_or_none()


@cache
def _active_worker() -> Select[Worker]:
    return select(Worker).where(Worker.id == bindparam("worker"), Worker.active).options(*worker_at_once())


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
