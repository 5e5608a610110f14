"""Giving a slot back, undoing that, and undoing a booking."""

from datetime import datetime

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain import booking as rules
from bureau.rotation.domain.refusals import ReasonNeeded
from bureau.rotation.models import PlannedSession
from bureau.rotation.models.reading import block_of

from .booking import counted, decided_by_database, hold_limits, phase_and_closed
from .excepting import except_week, take_place_in_week
from .hooks import Released, Undoing, before_undo, on_released, on_undone
from .rows import get_session
from .telling import BOOKED, CANCELLED, RELEASED, tell_of_session


def release_session(
    bureau: str,
    session_id: int,
    *,
    reason: str,
    cover_from: datetime | None = None,
    version: int,
    scope: Scope,
    actor: str,
    now: datetime,
) -> None:
    """Give the session's slot back to the pool; cover is sought from ``cover_from`` on (None: as is usual).

    Refuses: ReasonNeeded, CoverTooLate, SessionOver, Stale.
    """
    why = clean_text(reason)
    if not why:
        raise ReasonNeeded(field="reason")
    ensure_no_resident(why, bureau, field="reason", now=now)
    with transaction():
        row = get_session(bureau, session_id, scope, whole=False)
        rules.ensure_can_leave(row.state, row.starts_at, now=now)
        row.expect(version)
        release_row(row, why, cover_from=rules.cover_from(row.starts_at, cover_from, now=now), actor=actor, now=now)
        tell_of_session(row.id, RELEASED, scope=scope, actor=actor, now=now)


def release_row(row: PlannedSession, why: str, *, cover_from: datetime, actor: str, now: datetime) -> None:
    """Give back a session that is fetched with its slot, in the running transaction."""
    row.state, row.reason, row.changed_at = "released", why, now
    audit.record("session.released", f"session:{row.uid}", actor=actor, now=now, after={"reason": why})
    if row.series_id is not None:
        except_week(row.series_id, row.slot.day, why)
    db.session.flush()
    for join_in in on_released:
        join_in(Released(session_id=row.id, cover_from=cover_from, actor=actor, now=now))


def take_back(bureau: str, session_id: int, *, version: int, scope: Scope, actor: str, now: datetime) -> None:
    """Undo a release, as long as the slot is free (SlotTaken, WorkerBusy, SessionOver, Stale)."""
    slot_id, worker_id = _place_of(session_id)
    with decided_by_database(bureau, slot_id, worker_id, now=now), transaction() as session:
        row = get_session(bureau, session_id, scope)
        row.expect(version)
        rules.ensure_can_return(row.state, row.starts_at, now=now)
        phase, closed = phase_and_closed(slot_id)
        rules.ensure_open(phase, block_of(row.slot), closed=closed, now=now)
        usual = places.find_usual(row.slot.round.bureau_id, row.organisation_id) or {}
        limits = hold_limits(row.slot.round_id, row.organisation_id, usual)
        row.state, row.reason, row.changed_at = "booked", "", now
        session.flush()
        rules.ensure_one_more(limits, counted(row.slot.round_id, block_of(row.slot), row.organisation_id, but=row.id))
        if row.series_id is not None:
            take_place_in_week(row.series_id, row.slot.day)
        audit.record("session.taken_back", f"session:{row.uid}", actor=actor, now=now)
        tell_of_session(row.id, BOOKED, scope=scope, actor=actor, now=now)


def _place_of(session_id: int) -> tuple[int, int]:
    statement = select(PlannedSession.slot_id, PlannedSession.worker_id).where(PlannedSession.id == session_id)
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise NotFound
    return found.slot_id, found.worker_id


def undo_booking(bureau: str, session_id: int, *, version: int, scope: Scope, actor: str, now: datetime) -> int:
    """Take back a booking that was just made, as if it had never been; its slot (UndoOver, Stale)."""
    with transaction():
        row = get_session(bureau, session_id, scope)
        by_hand = row.origin != "solver" and row.series_id is None and row.changed_at == row.created_at
        rules.ensure_can_undo(row.state, row.created_at, row.starts_at, by_hand=by_hand, now=now)
        row.expect(version)
        undoing = Undoing(session_id=row.id, slot_id=row.slot_id, now=now)
        for may_undo in before_undo:
            may_undo(undoing)
        row.state, row.changed_at = "cancelled", now
        audit.record("session.undone", f"session:{row.uid}", actor=actor, now=now)
        tell_of_session(row.id, CANCELLED, scope=scope, actor=actor, now=now)
        db.session.flush()
        for join_in in on_undone:
            join_in(undoing)
        return row.slot_id
