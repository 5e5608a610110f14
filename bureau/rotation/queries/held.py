"""The sessions of months, for figures and reports."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from bureau.kernel.database import Scope, db
from bureau.kernel.month import Month
from bureau.rotation.domain.held import SessionOfMonth, state_told
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session

COUNTED = (*LIVE, "released")
PLANNED_IN = ("published", "closed")
"""Phases of a round whose plan was told; what is only proposed before is no promise."""


def sessions_of_months(bureau_id: int, months: Iterable[Month], *, now: datetime, scope: Scope) -> list[SessionOfMonth]:
    """The sessions that were planned in published months, within the scope; cancelled ones are the bureau's own doing."""
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(Round.bureau_id == bureau_id, Round.month.in_([str(month) for month in months]))
        .where(Round.phase.in_(PLANNED_IN), PlannedSession.state.in_(COUNTED))
        .options(contains_eager(PlannedSession.slot).contains_eager(Slot.round))
        .options(joinedload(PlannedSession.organisation), *given_in_session())
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )
    if scope.organisation_id is not None:
        statement = statement.where(PlannedSession.organisation_id == scope.organisation_id)
    return [_session(row, now) for row in db.session.scalars(statement)]


def _session(row: PlannedSession, now: datetime) -> SessionOfMonth:
    return SessionOfMonth(
        id=row.id,
        month=Month.parse(row.slot.round.month),
        day=row.slot.day,
        starts=row.slot.starts,
        minutes=round((row.ends_at - row.starts_at).total_seconds() / 60),
        organisation=row.organisation.code,
        services=tuple(one.code for one in row.services),
        languages=tuple(one.tag for one in row.languages),
        state=state_told(row.state, row.ends_at, now=now),
    )
