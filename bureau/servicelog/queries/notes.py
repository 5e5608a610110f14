"""Notes beside entries: whether the bureau keeps any, and what stands in them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from bureau.kernel.database import Scope, db
from bureau.servicelog.models import LogNote, LogSettings


def settings_of(bureau_id: int) -> LogSettings:
    """How the bureau keeps its log; without a row it keeps no notes."""
    return db.session.get(LogSettings, bureau_id) or LogSettings(
        bureau_id=bureau_id, notes=False, notes_days=30, version=0
    )


def notes_beside(entry_ids: Collection[int], *, scope: Scope, today: date) -> dict[int, LogNote]:
    """The notes beside those entries, within the scope, whose time is not over."""
    statement = select(LogNote).where(LogNote.entry_id.in_(entry_ids), LogNote.expires_on > today)
    found = db.session.scalars(statement, execution_options=scope.options()) if entry_ids else ()
    return {note.entry_id: note for note in found}
