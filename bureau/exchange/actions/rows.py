"""The rows that exchanging changes, held until its transaction ends, always in the same order."""

from collections.abc import Collection

from sqlalchemy import select

from bureau.exchange.models import Swap
from bureau.exchange.models.loading import sessions_held, swaps
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.errors import NotFound
from bureau.rotation.actions.exchanging import hold_for_exchange


def hold_swap(bureau: str | None, swap_id: int) -> Swap:
    """A swap with all its parts; who answers it meanwhile waits, and sees what we stored."""
    held = select(Swap.id).where(Swap.id == swap_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotFound
    row = db.session.scalar(swaps(bureau).where(Swap.id == swap_id).execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def hold_sessions(numbers: Collection[int]) -> None:
    """Nobody asks for these sessions, or changes them, until the transaction ends."""
    db.session.execute(sessions_held(numbers).execution_options(**EVERY_ORGANISATION.options())).all()


def hold_what_moves(swap: Swap) -> None:
    """Nobody closes the slots, books for the organisations or changes the sessions until the transaction ends."""
    hold_for_exchange(
        swap.round_id,
        slots={leg.slot_id for leg in swap.legs},
        organisations={leg.organisation_id for leg in swap.legs},
        sessions={leg.session_id for leg in swap.legs},
    )
