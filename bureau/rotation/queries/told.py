"""Sessions with all that is told of them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db, lines
from bureau.notices.domain.invitations import Invitation
from bureau.rotation.models import PlannedSession, Round, Slot
from bureau.rotation.models.invitations import invitation_of
from bureau.rotation.models.loading import given_in_session


def sessions_to_tell(numbers: Collection[int]) -> list[PlannedSession]:
    """The sessions as they are stored now, in order of time, with organisation, room, round, bureau; and what they give."""
    return list(db.session.scalars(_to_tell(), {"numbers": tuple(numbers)}))


@cache
def _to_tell() -> Select[PlannedSession]:
    """Put together once: it is asked with every session that the manager touches."""
    slot = joinedload(PlannedSession.slot)
    return (
        select(PlannedSession)
        .where(PlannedSession.id.in_(bindparam("numbers", expanding=True)))
        .options(
            joinedload(PlannedSession.organisation),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).joinedload(Round.bureau),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
        .execution_options(populate_existing=True)
    )


def session_for_managers(session_id: int) -> Any:
    """What the bureau's managers are told of a session: whose it is, where and when, in which version, and why."""
    return lines(_for_managers(), {"session": session_id}).one()


@cache
def _for_managers() -> Select[Any]:
    owner, room = (tie.property.mapper.class_ for tie in (PlannedSession.organisation, Slot.room))
    bureau = Round.bureau.property.mapper.class_
    return (
        select(
            PlannedSession.uid, PlannedSession.version, PlannedSession.starts_at, PlannedSession.reason,
            owner.name.label("owner_name"), room.name.label("room_name"), Slot.day, Slot.starts, Slot.ends,
            Round.bureau_id, Round.month, bureau.code.label("bureau"),
        )
        .join(PlannedSession.organisation).join(PlannedSession.slot).join(Slot.room).join(Slot.round)
        .join(Round.bureau)
        .where(PlannedSession.id == bindparam("session"))
    )  # fmt: skip


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
