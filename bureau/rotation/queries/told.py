"""Sessions with all that is told of them."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db
from bureau.notices.domain.invitations import Invitation
from bureau.rotation.models import PlannedSession, Round, Slot
from bureau.rotation.models.invitations import invitation_of
from bureau.rotation.models.loading import given_in_session, with_its_bureau


def sessions_to_tell(numbers: Collection[int], *, given: bool = True) -> list[PlannedSession]:
    """The sessions as they are stored now, in order of time, with organisation, room, round, bureau; and what they give."""
    return list(db.session.scalars(_to_tell(given=given), {"numbers": tuple(numbers)}))


@cache
def _to_tell(*, given: bool) -> Select[PlannedSession]:
    """Put together once: it is asked with every session that is given back, and with each that the manager touches."""
    slot = joinedload(PlannedSession.slot)
    return (
        select(PlannedSession)
        .where(PlannedSession.id.in_(bindparam("numbers", expanding=True)))
        .options(
            joinedload(PlannedSession.organisation),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).options(joinedload(Round.bureau) if given else with_its_bureau()),
            *(given_in_session() if given else ()),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
        .execution_options(populate_existing=True)
    )


def invitations_of(numbers: Collection[int]) -> list[Invitation]:
    """The sessions as people keep them in their calendars, with the sequence that they have now."""
    return [invitation_of(row, row.slot.round.bureau) for row in sessions_to_tell(numbers)]


def versions_of(round_id: int) -> dict[int, int]:
    """The version of every session of a round: what changes, changes it."""
    statement = (
        select(PlannedSession.id, PlannedSession.version).join(PlannedSession.slot).where(Slot.round_id == round_id)
    )
    return {row.id: row.version for row in db.session.execute(statement)}


def numbers_of(uids: Collection[str]) -> list[int]:
    """The sessions of these UIDs."""
    return list(db.session.scalars(select(PlannedSession.id).where(PlannedSession.uid.in_(uids))))
