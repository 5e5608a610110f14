"""Taking back what was counted, and counting it right: always as new rows, so that nothing that was told is untold."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, broken_constraint, db, transaction
from bureau.kernel.errors import NotFound
from bureau.servicelog.domain.entries import (
    Entry,
    TakenBackAlready,
    counts_in,
    ensure_entry,
    ensure_reason,
    ensure_undoable,
)
from bureau.servicelog.models import LogEntry
from bureau.servicelog.queries.ground import Ground, held_ground

from .logging import what_it_says
from .notes import forget_note_of, move_note

SAID = (
    "kind", "day", "hour", "session_id", "service_id", "language_tag", "interpretation", "visit_kind", "status_group_id",
    "sex", "age_band", "waiting_band", "outcome",
)  # fmt: skip
JUST_NOW = timedelta(hours=1)
"""For so long after it was logged, a referral says how a consultation ended."""


def undo_entry(bureau: str, ref: str, *, scope: Scope, person_id: int, now: datetime) -> None:
    """Take back at once what one has just logged (NotFound, UndoOver); a second click changes nothing."""
    try:
        with transaction():
            ground = held_ground(bureau)
            row = _entry(ground, LogEntry.ref == ref, scope)
            ensure_undoable(row.logged_at, by_whoever_logged=row.logged_by_id == person_id, now=now)
            _take_back(row, ground, reason="undone", person_id=person_id, now=now)
            forget_note_of(row.id, scope=scope)
            after = {"organisation": row.organisation_id}
            audit.record("entry.undone", f"log:{bureau}/entry/{row.id}", actor=str(person_id), now=now, after=after)
    except IntegrityError as error:
        if not _was_taken_back(error):
            raise  # else it is undone already


def say_sent_on(ground: Ground, ref: str, *, scope: Scope, person_id: int, now: datetime) -> None:
    """Within a running transaction: what one has just logged ended with sending somebody on, where no end was said.

    As with every correction the entry stays, a second takes it back, a third says it. An entry that is not there (it may
    still wait in a browser), is somebody else's or is taken back stays as it is.
    """
    back = LogEntry.__table__.alias()
    counts = ~exists().where(back.c.corrects_id == LogEntry.id, back.c.number < 0)
    mine = (LogEntry.bureau_id == ground.bureau_id, LogEntry.ref == ref, LogEntry.logged_by_id == person_id)
    wanted = select(LogEntry).where(*mine, counts, LogEntry.kind == "consultation", LogEntry.outcome.is_(None))
    row = db.session.scalar(wanted, execution_options=scope.options())
    if row is None or row.logged_at + JUST_NOW < now:
        return
    try:
        with db.session.begin_nested():
            _say_instead(row, ground, outcome="referred", scope=scope, person_id=person_id, now=now)
    except IntegrityError as error:
        if not _was_taken_back(error):
            raise  # else it was undone a moment before


def _say_instead(row: LogEntry, ground: Ground, *, outcome: str, scope: Scope, person_id: int, now: datetime) -> None:
    said = {name: getattr(row, name) for name in SAID} | {"outcome": outcome}
    said |= _correction(row, ground, reason="other", person_id=person_id, now=now)
    _take_back(row, ground, reason="other", person_id=person_id, now=now)
    instead = LogEntry(**said, ref=str(uuid4()), number=row.number, month=str(counts_in(row.day, ground.closed)))
    db.session.add(instead)
    db.session.flush()
    move_note(row.id, instead.id, scope=scope)


def take_back(
    bureau: str, entry_id: int, *, reason: str, scope: Scope, person_id: int, actor: str, now: datetime
) -> None:
    """Take an entry back, with a reason (NotFound, TakenBackAlready)."""
    _correct(bureau, entry_id, None, reason=reason, scope=scope, person_id=person_id, actor=actor, now=now)


def correct_entry(
    bureau: str, entry_id: int, right: Entry, *, reason: str, scope: Scope, person_id: int, actor: str, now: datetime
) -> None:
    """Take an entry back and count ``right`` in its place, in the month that is open (NotFound, TakenBackAlready)."""
    _correct(bureau, entry_id, right, reason=reason, scope=scope, person_id=person_id, actor=actor, now=now)


def _correct(
    bureau: str,
    entry_id: int,
    right: Entry | None,
    *,
    reason: str,
    scope: Scope,
    person_id: int,
    actor: str,
    now: datetime,
) -> None:
    ensure_reason(reason)
    try:
        with transaction():
            ground = held_ground(bureau)
            row = _entry(ground, LogEntry.id == entry_id, scope)
            if row.number < 0:
                raise NotFound
            _take_back(row, ground, reason=reason, person_id=person_id, now=now)
            forget_note_of(row.id, scope=scope)
            if right is not None:
                _count_instead(row, right, ground, reason=reason, person_id=person_id, now=now)
            after = {"reason": reason, "organisation": row.organisation_id}
            deed = "entry.corrected" if right else "entry.taken_back"
            audit.record(deed, f"log:{bureau}/entry/{entry_id}", actor=actor, now=now, after=after)
    except IntegrityError as error:
        if _was_taken_back(error):
            raise TakenBackAlready from error
        raise


def _was_taken_back(error: IntegrityError) -> bool:
    said = broken_constraint(error)
    return "taken_back" in said or "corrects_id" in said


def _entry(ground: Ground, which: Any, scope: Scope) -> LogEntry:
    statement = select(LogEntry).where(which, LogEntry.bureau_id == ground.bureau_id)
    row = db.session.scalar(statement, execution_options=scope.options())
    if row is None:
        raise NotFound
    return row


def _take_back(row: LogEntry, ground: Ground, *, reason: str, person_id: int, now: datetime) -> None:
    db.session.add(
        LogEntry(
            **{name: getattr(row, name) for name in SAID},
            **_correction(row, ground, reason=reason, person_id=person_id, now=now),
            ref=str(uuid4()), number=-row.number, month=str(counts_in(row.day, ground.closed)),
        )
    )  # fmt: skip
    db.session.flush()


def _count_instead(row: LogEntry, right: Entry, ground: Ground, *, reason: str, person_id: int, now: datetime) -> None:
    ensure_entry(right, ground.known, today=local_date(now, ground.timezone))
    said = what_it_says(right, ground.known) | {"ref": str(uuid4()), "session_id": row.session_id}
    db.session.add(
        LogEntry(
            **said, **_correction(row, ground, reason=reason, person_id=person_id, now=now),
            month=str(counts_in(right.day, ground.closed)),
        )
    )  # fmt: skip


def _correction(row: LogEntry, ground: Ground, *, reason: str, person_id: int, now: datetime) -> dict[str, Any]:
    return {
        "bureau_id": ground.bureau_id, "organisation_id": row.organisation_id, "corrects_id": row.id, "reason": reason,
        "logged_by_id": person_id, "logged_at": now,
    }  # fmt: skip
