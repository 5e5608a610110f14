"""Sessions and slots for the features above in which sessions change hands."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.domain.rounds import BOOKABLE
from bureau.rotation.models import PlannedSession, Round, Slot, is_live
from bureau.rotation.models.loading import given_in_session


def sessions_of_round(round_id: int) -> Sequence[PlannedSession]:
    """The live sessions of a round with organisation, worker, slot, room, services and languages, in order of time."""
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_id, is_live())
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.worker),
            joinedload(PlannedSession.slot).joinedload(Slot.room),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def whereabouts(organisation_ids: Collection[int], first: datetime, last: datetime) -> Sequence[Any]:
    """Where the people of these organisations are then: id, organisation, worker, day and instants of live sessions."""
    statement = select(
        PlannedSession.id, PlannedSession.organisation_id, PlannedSession.worker_id, Slot.day,
        PlannedSession.starts_at, PlannedSession.ends_at,
    ).join(PlannedSession.slot).where(
        PlannedSession.organisation_id.in_(organisation_ids),
        is_live(),
        PlannedSession.starts_at.between(first, last),
    )  # fmt: skip
    return db.session.execute(statement).all()


def owner_of_slot(slot_id: int) -> int | None:
    """The organisation that has the slot, if one has."""
    held = (PlannedSession.slot_id == slot_id, is_live())
    return db.session.scalar(select(PlannedSession.organisation_id).where(*held))


def can_be_had(slot_id: int) -> bool:
    """Whether the slot is open and free, in a round in which slots are booked."""
    statement = select(Slot.closed, Round.phase).join(Slot.round).where(Slot.id == slot_id)
    slot = db.session.execute(statement).one()
    return not slot.closed and slot.phase in BOOKABLE and owner_of_slot(slot_id) is None


def is_elsewhere(worker_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the worker is in a session then."""
    other = select(PlannedSession.id).where(
        PlannedSession.worker_id == worker_id,
        is_live(),
        PlannedSession.starts_at < ends_at,
        PlannedSession.ends_at > starts_at,
    )
    return db.session.scalar(other) is not None
