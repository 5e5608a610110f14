"""Sessions of organisations, for their members' own calendars."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.rotation.domain.kept import KeptSession
from bureau.rotation.models import LIVE, PlannedSession, Programme, Round, Slot, is_live
from bureau.rotation.models.invitations import invitation_of
from bureau.rotation.models.loading import given_in_session

SETTLED = ("published", "closed")


def sessions_to_keep(organisations: Collection[int], *, since: datetime) -> list[KeptSession]:
    """The organisations' sessions that end after ``since``, in order of time; those that were cancelled or given back
    after their month was published stay, as gone.
    """
    first = select(func.min(Programme.published_at)).where(
        Programme.bureau_id == Round.bureau_id, Programme.month == Round.month
    )
    gone_later = and_(PlannedSession.state.not_in(LIVE), PlannedSession.changed_at > first.scalar_subquery())
    slot = joinedload(PlannedSession.slot)
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(PlannedSession.organisation_id.in_(organisations), PlannedSession.ends_at > since)
        .where(or_(is_live(), gone_later))
        .options(
            joinedload(PlannedSession.organisation),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).joinedload(Round.bureau),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )
    return [_kept(row) for row in db.session.scalars(statement)]


def _kept(row: PlannedSession) -> KeptSession:
    round_ = row.slot.round
    return KeptSession(
        session=invitation_of(row, round_.bureau),
        changed_at=row.changed_at,
        organisation=row.organisation.code,
        bureau=round_.bureau.code,
        bureau_name=round_.bureau.name,
        timezone=round_.bureau.timezone,
        month=Month.parse(round_.month),
        settled=round_.phase in SETTLED,
    )
