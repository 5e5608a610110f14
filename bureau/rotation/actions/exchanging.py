"""What features above let sessions do: exchange their slots, or give one up to who covers. Within their transactions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.domain.booking import ensure_open
from bureau.rotation.domain.rounds import Block
from bureau.rotation.models import Offer, PlannedSession, Slot

from .booking import phase_and_closed
from .excepting import except_week, leave_series

Move = tuple[PlannedSession, Slot]
"""A session, fetched with its slot, and the slot that it goes to."""


def hold_for_exchange(
    round_id: int, *, slots: Collection[int], organisations: Collection[int], sessions: Collection[int]
) -> None:
    """Nobody closes the slots, books for the organisations or changes the sessions until the transaction ends.

    The order is that of accepting a plan, so that nobody waits for each other. The sessions are read anew.
    """
    _hold(select(Slot.id).where(Slot.id.in_(slots)).order_by(Slot.id).with_for_update(read=True))
    offers = select(Offer.id).where(Offer.round_id == round_id, Offer.organisation_id.in_(organisations))
    _hold(offers.order_by(Offer.id).with_for_update())
    held = select(PlannedSession).where(PlannedSession.id.in_(sessions)).order_by(PlannedSession.id)
    _hold(held.with_for_update(key_share=True).execution_options(populate_existing=True))


def hold_line(slot_id: int) -> None:
    """Hold a slot's waiting line until the transaction ends; who books the slot need not wait."""
    _hold(select(Slot.id).where(Slot.id == slot_id).with_for_update(key_share=True))


def _hold(statement: Select[Any]) -> None:
    db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def ensure_slot_open(slot_id: int, block: Block, *, now: datetime) -> None:
    """The round lets people book, and the slot is open and to come, also now that it is held."""
    phase, closed = phase_and_closed(slot_id)
    ensure_open(phase, block, closed=closed, now=now)


def exchange_slots(moves: Sequence[Move], *, why: str, actor: str, now: datetime) -> None:
    """Let every session take its new slot. All leave before anybody comes: the database holds one live session per
    slot and one place per worker at every step.
    """
    states = {session.id: session.state for session, _ in moves}
    before = {session.id: session.slot for session, _ in moves}
    for session, _ in moves:
        session.state = "released"
    db.session.flush()
    for session, slot in moves:
        old = before[session.id]
        session.state, session.changed_at = states[session.id], now
        session.origin = "coordinator"  # people agreed on it: the next plan leaves it where it is
        session.slot_id, session.starts_at, session.ends_at = slot.id, slot.starts_at, slot.ends_at
        leave_series(session, old, slot, why)
        what = {"before": {"slot": old.id}, "after": {"slot": slot.id}}
        audit.record("session.swapped", f"session:{session.uid}", actor=actor, now=now, **what)
    db.session.flush()


def give_up_to_cover(session: PlannedSession, slot: Slot, why: str, *, actor: str, now: datetime) -> None:
    """Release a session, since somebody takes its slot over in this very transaction."""
    session.state, session.reason, session.changed_at = "released", why, now
    audit.record("session.covered", f"session:{session.uid}", actor=actor, now=now)
    if session.series_id is not None:  # when the month is made again, the series does not come back in that week
        except_week(session.series_id, slot.day, why)
    db.session.flush()
