"""The sessions of months as lines, for figures and reports: their names would cost more than all else."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Scope
from bureau.organisations.models import Organisation

from .rounds import Round, Slot
from .sessions import LIVE, PlannedSession, SessionLanguage, SessionService

COUNTED = (*LIVE, "released")
PLANNED_IN = ("published", "closed")
"""Phases of a round whose plan was told; what is only proposed before is no promise."""
Facts = Select[int, str, datetime, datetime, date, time, str, str]


def counted_sessions(bureau_id: int, months: Iterable[str], scope: Scope) -> Select[Any]:
    """The numbers of the sessions that were planned in published months, within the scope."""
    statement = (
        select(PlannedSession.id)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(Round.bureau_id == bureau_id, Round.month.in_(list(months)))
        .where(Round.phase.in_(PLANNED_IN), PlannedSession.state.in_(COUNTED))
    )
    if scope.organisation_id is not None:
        statement = statement.where(PlannedSession.organisation_id == scope.organisation_id)
    return statement


def facts_of(counted: Select[Any]) -> Facts:
    """Number, state, begin and end, day, hour, month and organisation of these sessions, in order."""
    columns = (PlannedSession.id, PlannedSession.state, PlannedSession.starts_at, PlannedSession.ends_at)
    return (
        select(*columns, Slot.day, Slot.starts, Round.month, Organisation.code.label("organisation"))
        .join(PlannedSession.slot)
        .join(Slot.round)
        .join(PlannedSession.organisation)
        .where(PlannedSession.id.in_(counted))
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )


def services_of(counted: Select[Any]) -> Select[int, str]:
    """Session and service code, for all services of these sessions."""
    statement = select(SessionService.session_id, Service.code).join(Service, Service.id == SessionService.service_id)
    return statement.where(SessionService.session_id.in_(counted)).order_by(Service.position)


def languages_of(counted: Select[Any]) -> Select[int, str]:
    """Session and language tag, for all languages of these sessions."""
    statement = select(SessionLanguage.session_id, Language.tag).join(Language)
    return statement.where(SessionLanguage.session_id.in_(counted)).order_by(Language.position)
