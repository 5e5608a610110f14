"""Slots that can still be had near one that cannot."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, select, union_all

from bureau.kernel.database import lines
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.board import FreeSlot
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot


def free_slots_near(bureau: str, slot_id: int, *, now: datetime, most: int = 3) -> tuple[FreeSlot, ...]:
    """Free slots closest in time to this one."""
    wanted = lines(_whereabouts(), {"slot": slot_id, "bureau": bureau}).one_or_none()
    if wanted is None:
        raise NotFound
    place = {"slot": slot_id, "round": wanted.round_id, "starts_at": wanted.starts_at, "now": now, "most": most}
    found = [FreeSlot(**row) for row in lines(_free_around(), place).mappings()]
    return tuple(
        sorted(found, key=lambda one: (abs(one.starts_at - wanted.starts_at), one.starts_at, one.slot_id))[:most]
    )


@cache
def _whereabouts() -> Select[int, datetime]:
    """The round and time of ``:slot`` of ``:bureau``; put together once, as many may ask at the same moment."""
    here = Slot.round.has(Round.bureau.has(code=bindparam("bureau")))
    return select(Slot.round_id, Slot.starts_at).where(Slot.id == bindparam("slot"), here)


@cache
def _free_around() -> CompoundSelect[Any]:
    """What can still be had of ``:round``, up to ``:most`` on either side of ``:starts_at``, in the columns of ``FreeSlot``."""
    room = Slot.room.property.mapper.class_
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    columns = (Slot.id.label("slot_id"), Slot.day, Slot.starts, Slot.ends, Slot.starts_at, room.name.label("room"))
    in_round = Slot.round_id + 0 == bindparam("round")  # a sum, so that slots are walked by their time, not sorted
    open_ = (in_round, ~Slot.closed, Slot.starts_at > bindparam("now"), ~taken.exists())
    free = select(*columns).join(Slot.room).where(*open_, Slot.id != bindparam("slot"))
    free = free.limit(bindparam("most", type_=Integer))
    starts_at = bindparam("starts_at", type_=Slot.starts_at.type)
    before = free.where(Slot.starts_at <= starts_at).order_by(Slot.starts_at.desc(), Slot.id).subquery()
    after = free.where(Slot.starts_at > starts_at).order_by(Slot.starts_at, Slot.id).subquery()
    return union_all(select(before), select(after))
