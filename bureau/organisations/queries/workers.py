"""Reading those who sit behind the desks."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, select

from bureau.kernel.database import Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations.models import (
    Partnership,
    Worker,
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
