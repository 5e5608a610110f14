"""What became of an entry: counted, corrected, taken back; by whom, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bureau.accounts.queries import names_of_people
from bureau.kernel.database import Scope, db
from bureau.servicelog.models import LogEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done with an entry: ``counted``, ``corrected``, ``taken_back`` or ``undone``."""

    what: str
    at: datetime
    who: str
    reason: str | None


def history_of(entry: LogEntry, *, scope: Scope) -> list[Step]:
    """Everything that was done with an entry that counts or counted, and with those that it stands for, from the first."""
    rows = list(_done_with(_first(entry, scope), scope))
    names = names_of_people({row.logged_by_id for _, row in rows if row.logged_by_id is not None})
    return [
        Step(what=what, at=row.logged_at, who=names.get(row.logged_by_id or 0, "–"), reason=row.reason)
        for what, row in rows
    ]


def _first(entry: LogEntry, scope: Scope) -> LogEntry:
    while entry.corrects_id is not None:
        earlier = select(LogEntry).where(LogEntry.id == entry.corrects_id)
        entry = db.session.scalars(earlier, execution_options=scope.options()).one()
    return entry


def _done_with(entry: LogEntry | None, scope: Scope) -> Iterator[tuple[str, LogEntry]]:
    """Each deed with the row that did it."""
    if entry is not None:
        yield "counted", entry
    while entry is not None:
        followers = select(LogEntry).where(LogEntry.corrects_id == entry.id).order_by(LogEntry.number)
        back, instead = [*db.session.scalars(followers, execution_options=scope.options()), None, None][:2]
        if back is not None:
            yield _deed(back, instead), back
        entry = instead


def _deed(back: LogEntry, instead: LogEntry | None) -> str:
    if instead is not None:
        return "corrected"
    return "undone" if back.reason == "undone" else "taken_back"
