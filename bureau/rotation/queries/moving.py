"""Where a session could go."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db
from bureau.rotation.domain.board import OpenSlot, SessionDetail
from bureau.rotation.domain.rooms import attributes_of, needs_of_session
from bureau.rotation.models import PlannedSession, Slot, is_live
from bureau.rotation.models.reading import seat


def slots_to_move_to(detail: SessionDetail, *, now: datetime) -> tuple[OpenSlot, ...]:
    """The open slots of the session's month whose room suits it and in which its worker is free, in order of time."""
    needs, busy = needs_of_session(detail.session.services), _busy(detail)
    found = (_open_slot(slot) for slot in _free(detail.round.id, now=now) if not _overlaps(slot, busy))
    return tuple(one for one in found if needs <= attributes_of(one.seat))


def _free(round_id: int, *, now: datetime) -> Sequence[Slot]:
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, is_live())
    open_ = (Slot.round_id == round_id, ~Slot.closed, Slot.starts_at > now, ~taken.exists())
    statement = select(Slot).where(*open_).options(joinedload(Slot.room))
    return db.session.scalars(statement.order_by(Slot.starts_at, Slot.room_id, Slot.seat)).all()


def _busy(detail: SessionDetail) -> Sequence[Any]:
    """When the worker is in other sessions."""
    worker = select(PlannedSession.worker_id).where(PlannedSession.id == detail.session.id).scalar_subquery()
    statement = select(PlannedSession.starts_at, PlannedSession.ends_at).where(
        PlannedSession.worker_id == worker, is_live(), PlannedSession.id != detail.session.id
    )
    return db.session.execute(statement).all()


def _overlaps(slot: Slot, busy: Sequence[Any]) -> bool:
    return any(one.starts_at < slot.ends_at and slot.starts_at < one.ends_at for one in busy)


def _open_slot(slot: Slot) -> OpenSlot:
    return OpenSlot(slot_id=slot.id, day=slot.day, starts=slot.starts, ends=slot.ends, seat=seat(slot.room, slot.seat))
