"""The sessions of a day, for whoever sits behind a desk."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import Scope, db
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.desk import DeskSession
from bureau.rotation.models import PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import named_service, organisation_info, seat, spoken_language

AT_THE_DESK = ("booked", "held")


def sessions_on(bureau: str, day: date, *, scope: Scope) -> tuple[DeskSession, ...]:
    """The scope's sessions of that day that take place, in order of time."""
    statement = _sessions(bureau).where(PlannedSession.slot.has(Slot.day == day))
    if scope.organisation_id is not None:
        statement = statement.where(PlannedSession.organisation_id == scope.organisation_id)
    rows = db.session.scalars(statement.order_by(PlannedSession.starts_at, PlannedSession.id))
    return tuple(map(_session, rows))


def get_desk_session(bureau: str, session_id: int) -> DeskSession:
    """One session that takes place; NotFound where it does not."""
    row = db.session.scalar(_sessions(bureau).where(PlannedSession.id == session_id))
    if row is None:
        raise NotFound
    return _session(row)


def _sessions(bureau: str) -> Select[PlannedSession]:
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    return (
        select(PlannedSession)
        .where(here, PlannedSession.state.in_(AT_THE_DESK))
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.slot).joinedload(Slot.room),
            *given_in_session(),
        )
    )


def _session(row: PlannedSession) -> DeskSession:
    return DeskSession(
        id=row.id,
        organisation=organisation_info(row.organisation),
        seat=seat(row.slot.room, row.slot.seat),
        starts=row.slot.starts,
        ends=row.slot.ends,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        services=tuple(map(named_service, row.services)),
        languages=tuple(map(spoken_language, row.languages)),
    )
