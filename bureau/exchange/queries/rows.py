"""The rows of swaps and waiting lists, and what is loaded with them."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from bureau.exchange.models import CoverCall, Swap, SwapLeg, WaitlistEntry
from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.rotation.models import PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session


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
