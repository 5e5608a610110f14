"""Statements on swaps and waiting lists with all that is loaded with them, and conditions on their slots."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import joinedload, selectinload

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot, is_live
from bureau.rotation.models.loading import given_in_session

from .tables import CoverCall, Swap, SwapLeg, WaitlistEntry


def whole_session() -> tuple[Any, ...]:
    """A session with organisation, worker, slot, room, round, bureau, services and languages."""
    slot = joinedload(PlannedSession.slot)
    return (
        joinedload(PlannedSession.organisation),
        joinedload(PlannedSession.worker),
        slot.joinedload(Slot.room),
        slot.joinedload(Slot.round).joinedload(Round.bureau),
        *given_in_session(),
    )


def swaps(bureau: str | None) -> Select[Swap]:
    """The swaps of a bureau (of every one, for the scheduler) with all that pages say of them, the latest first."""
    legs = selectinload(Swap.legs)
    statement = select(Swap) if bureau is None else select(Swap).where(Swap.round.has(Round.bureau.has(code=bureau)))
    return (
        statement.options(
            joinedload(Swap.round).joinedload(Round.bureau),
            joinedload(Swap.asked_by),
            legs.joinedload(SwapLeg.organisation),
            legs.joinedload(SwapLeg.worker),
            legs.joinedload(SwapLeg.slot).joinedload(Slot.room),
            legs.joinedload(SwapLeg.session).options(*whole_session()),
        )
        .order_by(Swap.created_at.desc(), Swap.id.desc())
        .execution_options(**EVERY_ORGANISATION.options())  # whoever may see a swap sees its parties' sessions
    )


def entries(scope: Scope) -> Select[WaitlistEntry]:
    """Entries of waiting lists with slot, round, bureau, organisation and worker, the earliest first."""
    slot = joinedload(WaitlistEntry.slot)
    return (
        select(WaitlistEntry)
        .options(
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).joinedload(Round.bureau),
            joinedload(WaitlistEntry.organisation),
            joinedload(WaitlistEntry.worker),
        )
        .order_by(WaitlistEntry.asked_at, WaitlistEntry.id)
        .execution_options(**scope.options())
    )


def calls() -> Select[CoverCall]:
    """Calls for cover with their sessions, the earliest first (for the scheduler and for those who are asked)."""
    return (
        select(CoverCall)
        .options(joinedload(CoverCall.session).options(*whole_session()))
        .order_by(CoverCall.asked_from, CoverCall.id)
        .execution_options(**EVERY_ORGANISATION.options())
    )


def sessions(bureau: str) -> Select[PlannedSession]:
    """The sessions of a bureau with all their parts."""
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    options = EVERY_ORGANISATION.options()
    return select(PlannedSession).where(here).options(*whole_session()).execution_options(**options)


def sessions_held(numbers: Collection[int]) -> Select[int]:
    """These sessions, held until the transaction ends, always in the same order."""
    mine = PlannedSession.id.in_(numbers)
    return select(PlannedSession.id).where(mine).order_by(PlannedSession.id).with_for_update(key_share=True)


def changed_hands(session_id: int) -> Select[int]:
    """The swaps and rings in which a session has moved, and the cover that it began with."""
    covering = (Swap.kind.in_(("cover", "offer")), SwapLeg.position > 0, Swap.ended_at == PlannedSession.created_at)
    theirs = (SwapLeg.organisation_id == PlannedSession.organisation_id, SwapLeg.worker_id == PlannedSession.worker_id)
    in_it = (SwapLeg.session_id == PlannedSession.id) | and_(*covering, *theirs)
    return (
        select(Swap.id)
        .join(Swap.legs)
        .join(PlannedSession, in_it)
        .where(PlannedSession.id == session_id, Swap.state == "moved")
    )


def last_call(slot_id: int) -> Select[CoverCall]:
    """The call for the session that was given back last in that slot, held until the transaction ends."""
    given_back = (PlannedSession.slot_id == slot_id, PlannedSession.state == "released")
    newest = (PlannedSession.changed_at.desc(), PlannedSession.id.desc())
    return (
        select(CoverCall).join(CoverCall.session).where(*given_back).order_by(*newest).limit(1)
        .with_for_update(of=CoverCall)
    )  # fmt: skip


def entry_in(bureau: str) -> ColumnElement[bool]:
    """An entry for a slot of that bureau."""
    return WaitlistEntry.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))


def entry_before(moment: datetime) -> ColumnElement[bool]:
    """An entry for a slot that begins by then."""
    return WaitlistEntry.slot.has(Slot.starts_at <= moment)


def entry_shut() -> ColumnElement[bool]:
    """An entry for a slot that is closed."""
    return WaitlistEntry.slot.has(Slot.closed)


def entry_taken() -> ColumnElement[bool]:
    """An entry for a slot that somebody has."""
    return exists().where(PlannedSession.slot_id == WaitlistEntry.slot_id, is_live())


def entry_theirs() -> ColumnElement[bool]:
    """An entry of who has the slot meanwhile."""
    theirs = PlannedSession.organisation_id == WaitlistEntry.organisation_id
    return exists().where(PlannedSession.slot_id == WaitlistEntry.slot_id, is_live(), theirs)


def entry_offered() -> ColumnElement[bool]:
    """An entry for a slot that is offered to somebody."""
    other = WaitlistEntry.__table__.alias()
    return exists().where(other.c.slot_id == WaitlistEntry.slot_id, other.c.state == "offered")


def call_begun(now: datetime) -> ColumnElement[bool]:
    """A call for a session that would have begun."""
    return CoverCall.session.has(PlannedSession.starts_at <= now)


def call_in(round_id: int) -> ColumnElement[bool]:
    """A call for a session of that round."""
    return CoverCall.session.has(PlannedSession.slot.has(Slot.round_id == round_id))


def call_shut() -> ColumnElement[bool]:
    """A call for a slot that is closed."""
    return CoverCall.session.has(PlannedSession.slot.has(Slot.closed))


def call_answered() -> ColumnElement[bool]:
    """A call for a slot that somebody has, be it who gave it back."""
    other = PlannedSession.__table__.alias()
    taken = exists().where(other.c.slot_id == PlannedSession.slot_id, other.c.state.in_(LIVE))
    return CoverCall.session.has(taken)


def call_waits() -> ColumnElement[bool]:
    """A call for a slot that is offered first to who waited for it."""
    other = WaitlistEntry.__table__.alias()
    offered = exists().where(other.c.slot_id == PlannedSession.slot_id, other.c.state == "offered")
    return CoverCall.session.has(offered)
