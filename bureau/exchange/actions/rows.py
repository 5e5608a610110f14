"""The rows that exchanging changes, held until its transaction ends, always in the same order."""

from typing import Any

from sqlalchemy import Select, select

from bureau.exchange.models import Swap
from bureau.exchange.queries.rows import swaps
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import NotFound
from bureau.rotation.models import Offer, PlannedSession, Slot


def hold_swap(bureau: str | None, swap_id: int) -> Swap:
    """A swap with all its parts; who answers it meanwhile waits, and sees what we stored."""
    held = select(Swap.id).where(Swap.id == swap_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotFound
    row = db.session.scalar(swaps(bureau).where(Swap.id == swap_id).execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def hold_what_moves(swap: Swap) -> None:
    """Nobody closes the slots, books for the organisations or changes the sessions until the transaction ends.

    The order is that of accepting a plan, so that nobody waits for each other: slots, offers, sessions.
    """
    slots, sessions = {leg.slot_id for leg in swap.legs}, {leg.session_id for leg in swap.legs}
    _hold(select(Slot.id).where(Slot.id.in_(slots)).order_by(Slot.id).with_for_update(read=True))
    owners = {leg.organisation_id for leg in swap.legs}
    offers = select(Offer.id).where(Offer.round_id == swap.round_id, Offer.organisation_id.in_(owners))
    _hold(offers.order_by(Offer.id).with_for_update())
    held = select(PlannedSession).where(PlannedSession.id.in_(sessions)).order_by(PlannedSession.id)
    _hold(held.with_for_update(key_share=True).execution_options(populate_existing=True))


def _hold(statement: Select[Any]) -> None:
    db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).all()
