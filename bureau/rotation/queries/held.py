"""The sessions of months, for figures and reports."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Scope, db
from bureau.kernel.month import Month
from bureau.organisations.models import Organisation
from bureau.rotation.domain.held import SessionOfMonth, state_told
from bureau.rotation.models import LIVE, PlannedSession, Round, SessionLanguage, SessionService, Slot

COUNTED = (*LIVE, "released")
PLANNED_IN = ("published", "closed")
"""Phases of a round whose plan was told; what is only proposed before is no promise."""


def sessions_of_months(bureau_id: int, months: Iterable[Month], *, now: datetime, scope: Scope) -> list[SessionOfMonth]:
    """The sessions that were planned in published months, within the scope; cancelled ones are the bureau's own doing.

    Three statements, however many sessions: their names would cost more than all else.
    """
    counted = (
        select(PlannedSession.id)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(Round.bureau_id == bureau_id, Round.month.in_([str(month) for month in months]))
        .where(Round.phase.in_(PLANNED_IN), PlannedSession.state.in_(COUNTED))
    )
    if scope.organisation_id is not None:
        counted = counted.where(PlannedSession.organisation_id == scope.organisation_id)
    services = select(SessionService.session_id, Service.code).join(Service, Service.id == SessionService.service_id)
    languages = select(SessionLanguage.session_id, Language.tag).join(Language)
    given = _by_session(services.where(SessionService.session_id.in_(counted)).order_by(Service.position))
    spoken = _by_session(languages.where(SessionLanguage.session_id.in_(counted)).order_by(Language.position))
    return [_session(row, given[row.id], spoken[row.id], now) for row in db.session.execute(_facts(counted))]


def _by_session(statement: Select[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, code in db.session.execute(statement):
        found[session_id].append(code)
    return found


def _facts(counted: Select[Any]) -> Select[Any]:
    columns = (PlannedSession.id, PlannedSession.state, PlannedSession.starts_at, PlannedSession.ends_at)
    return (
        select(*columns, Slot.day, Slot.starts, Round.month, Organisation.code.label("organisation"))
        .join(PlannedSession.slot)
        .join(Slot.round)
        .join(PlannedSession.organisation)
        .where(PlannedSession.id.in_(counted))
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )


def _session(row: Any, services: Iterable[str], languages: Iterable[str], now: datetime) -> SessionOfMonth:
    return SessionOfMonth(
        id=row.id,
        month=Month.parse(row.month),
        day=row.day,
        starts=row.starts,
        minutes=round((row.ends_at - row.starts_at).total_seconds() / 60),
        organisation=row.organisation,
        services=tuple(services),
        languages=tuple(languages),
        state=state_told(row.state, row.ends_at, now=now),
    )
