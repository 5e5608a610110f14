"""Slots that can still be had near one that cannot."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, select, union_all

from bureau.kernel.database import lines
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.board import FreeSlot
from bureau.rotation.models import PlannedSession, Round, Slot, is_live

NEAR, ANYWHEN = timedelta(days=1), timedelta(days=366)


def free_slots_near(bureau: str, slot_id: int, *, now: datetime, most: int = 3) -> tuple[FreeSlot, ...]:
    """Free slots closest in time to this one: of the days around it; of the whole month where those are full."""
    wanted = lines(_whereabouts(), {"slot": slot_id, "bureau": bureau}).one_or_none()
    if wanted is None:
        raise NotFound
    place = {"slot": slot_id, "round": wanted.round_id, "starts_at": wanted.starts_at, "most": most}
    found = _free_within(NEAR, place, now=now)
    return found[:most] if len(found) >= most else _free_within(ANYWHEN, place, now=now)[:most]


def _free_within(reach: timedelta, place: dict[str, Any], *, now: datetime) -> tuple[FreeSlot, ...]:
    """What is free not further away than that, the closest first."""
    wanted = place["starts_at"]
    within = {"first": max(now, wanted - reach), "last": wanted + reach}
    found = (FreeSlot(**row) for row in lines(_free_around(), place | within).mappings().all())
    return tuple(sorted(found, key=lambda one: (abs(one.starts_at - wanted), one.starts_at, one.slot_id)))


@cache
def _whereabouts() -> Select[int, datetime]:
    """The round and time of ``:slot`` of ``:bureau``; put together once, as many may ask at the same moment."""
    here = Slot.round.has(Round.bureau.has(code=bindparam("bureau")))
    return select(Slot.round_id, Slot.starts_at).where(Slot.id == bindparam("slot"), here)


@cache
def _free_around() -> CompoundSelect[Any]:
    """What can still be had of ``:round``, up to ``:most`` on either side of ``:starts_at``, in the columns of ``FreeSlot``.

    Who is in a slot is asked of each by itself: a database that does not know yet how many sessions there are would
    otherwise compare every slot with all of them.
    """
    room = Slot.room.property.mapper.class_
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, is_live())
    columns = (Slot.id.label("slot_id"), Slot.day, Slot.starts, Slot.ends, Slot.starts_at, room.name.label("room"))
    in_round = Slot.round_id + 0 == bindparam("round")  # a sum, so that slots are walked by their time, not sorted
    there = (Slot.starts_at > bindparam("first"), Slot.starts_at <= bindparam("last"))
    free = select(*columns).join(Slot.room).where(in_round, ~Slot.closed, *there, taken.scalar_subquery().is_(None))
    free = free.where(Slot.id != bindparam("slot")).limit(bindparam("most", type_=Integer))
    starts_at = bindparam("starts_at", type_=Slot.starts_at.type)
    before = free.where(Slot.starts_at <= starts_at).order_by(Slot.starts_at.desc(), Slot.id).subquery()
    after = free.where(Slot.starts_at > starts_at).order_by(Slot.starts_at, Slot.id).subquery()
    return union_all(select(before), select(after))
