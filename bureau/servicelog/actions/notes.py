"""A few words beside an entry, where the bureau keeps such: checked before they are kept, gone when their time is over."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, transaction
from bureau.kernel.errors import Invalid, NotFound
from bureau.kernel.privacy import UNREADABLE, Look, NamesSomebody, ensure_nobody_named, found_in
from bureau.organisations import queries as places
from bureau.servicelog.domain.notes import MOST_DAYS, NotesOff
from bureau.servicelog.models import LogEntry, LogNote, LogSettings
from bureau.servicelog.queries.ground import held_ground
from bureau.servicelog.queries.notes import settings_of

log = logging.getLogger(__name__)


def note_entry(bureau: str, ref: str, words: str, *, scope: Scope, now: datetime) -> None:
    """Keep a few words beside an entry that counts; words kept there before give way.

    NotFound (the entry is not there, or taken back), NotesOff, NamesSomebody, Invalid: then nothing is kept of them.
    """
    with transaction() as session:
        ground = held_ground(bureau)
        settings, today = settings_of(ground.bureau_id), local_date(now, ground.timezone)
        if not settings.notes:
            raise NotesOff
        entry = _entry(ground.bureau_id, ref, scope)
        ensure_clean(words, field="note", bureau_id=ground.bureau_id, today=today)
        note = session.get(LogNote, entry.id, execution_options=scope.options()) or LogNote(entry_id=entry.id)
        note.organisation_id, note.words = entry.organisation_id, words
        note.expires_on = today + timedelta(days=settings.notes_days)
        session.add(note)


def _entry(bureau_id: int, ref: str, scope: Scope) -> LogEntry:
    back = LogEntry.__table__.alias()
    counts = ~exists().where(back.c.corrects_id == LogEntry.id, back.c.number < 0)
    statement = select(LogEntry).where(LogEntry.bureau_id == bureau_id, LogEntry.ref == ref, counts)
    entry = db.session.scalar(statement, execution_options=scope.options())
    if entry is None:
        raise NotFound
    return entry


def ensure_clean(words: str, *, field: str, bureau_id: int, today: date, look: Look = found_in) -> None:
    """Refuse words in which ``look`` finds who somebody is; what the bureau calls its own things is nobody's name."""
    try:
        ensure_nobody_named(words, field=field, today=today, names=places.names_known(bureau_id), look=look)
    except NamesSomebody as refusal:
        if any(kind == UNREADABLE for kind, _ in refusal.seen):
            log.error("a text (%s) could not be checked and was refused", field)  # without a word of it
        raise


def keep_log_so(bureau: str, *, notes: bool, days: int, version: int, actor: str, now: datetime) -> None:
    """Say whether the bureau keeps notes, and for how long (Stale, Invalid).

    Switched off, every note goes at once; for a shorter time, those that are older than that go with the next clearing.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(field="notes_days", reason="number", low=1, high=MOST_DAYS)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        settings = settings_of(place.id)
        settings.expect(version)
        before = {"notes": settings.notes, "days": settings.notes_days}
        if settings.version == 0:
            settings = LogSettings(bureau_id=place.id)
            session.add(settings)
        settings.notes, settings.notes_days = notes, days
        _fit_notes(place.id, notes=notes, last=local_date(now, place.timezone) + timedelta(days=days))
        after = {"notes": notes, "days": days}
        audit.record("log.kept_so", f"bureau:{bureau}", actor=actor, now=now, before=before, after=after)


def _fit_notes(bureau_id: int, *, notes: bool, last: date) -> None:
    theirs = LogNote.entry_id.in_(select(LogEntry.id).where(LogEntry.bureau_id == bureau_id))
    statement: Any = delete(LogNote).where(theirs)
    if notes:
        statement = update(LogNote).where(theirs, LogNote.expires_on > last).values(expires_on=last)
    db.session.execute(statement, execution_options=_AT_ONCE)


def forget_notes(*, now: datetime) -> int:
    """Delete the notes whose time is over; how many."""
    with transaction() as session:
        over = delete(LogNote).where(LogNote.expires_on <= now.date())
        return int(session.execute(over, execution_options=_AT_ONCE).rowcount)  # type: ignore[attr-defined]  # of a DELETE


def forget_note_of(entry_id: int, *, scope: Scope) -> None:
    """Within a running transaction: the words beside an entry that counts no more go with it."""
    gone = delete(LogNote).where(LogNote.entry_id == entry_id)
    db.session.execute(gone, execution_options={**scope.options(), "synchronize_session": False})


def move_note(entry_id: int, to: int, *, scope: Scope) -> None:
    """Within a running transaction: the words stand beside the entry that counts in place of the other."""
    moved = update(LogNote).where(LogNote.entry_id == entry_id).values(entry_id=to)
    db.session.execute(moved, execution_options={**scope.options(), "synchronize_session": False})


_AT_ONCE = {**EVERY_ORGANISATION.options(), "synchronize_session": False}
