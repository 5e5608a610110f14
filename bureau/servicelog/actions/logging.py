"""Counting: one entry from a desk, many that waited in a browser or a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import NotFound, Refused
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.rotation.queries import sessions_among
from bureau.servicelog.domain.entries import Entry, Known, counts_in, ensure_entry
from bureau.servicelog.models import LogEntry
from bureau.servicelog.queries.ground import Ground, held_ground

INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of an entry: stored (``entry_id``, and the month it counts in), or refused, and why."""

    ref: str
    entry_id: int | None = None
    month: Month | None = None
    refusal: Refused | None = None


def log_entries(
    bureau: str,
    organisation: str,
    entries: Sequence[Entry],
    *,
    scope: Scope,
    person_id: int | None,
    now: datetime,
) -> list[Counted]:
    """Count the entries for an organisation of the bureau; each is stored or refused by itself, in their order.

    An entry whose ref is known already is not counted again: its answer is that of the first time. NotFound for an
    organisation that is no partner, or outside the scope.
    """
    with transaction():
        ground = held_ground(bureau)
        owner = places.get_partner_id(ground.bureau_id, organisation)
        if not scope.covers(owner):
            raise NotFound
        judged = list(_judged(entries, ground, owner, now=now))
        rows = [columns_of(entry, ground, owner, person_id, now=now) for entry, refusal in judged if refusal is None]
        stored = store(ground.bureau_id, rows, scope=scope)
    return [
        Counted(ref=entry.ref, refusal=refusal) if refusal else _counted(entry.ref, stored) for entry, refusal in judged
    ]


def _counted(ref: str, stored: Mapping[str, Any]) -> Counted:
    if ref not in stored:  # the ref is another organisation's: whoever sends it learns nothing of that
        return Counted(ref=ref, refusal=NotFound())
    row = stored[ref]
    return Counted(ref=ref, entry_id=row.id, month=Month.parse(row.month))


def _judged(
    entries: Iterable[Entry], ground: Ground, owner: int, *, now: datetime
) -> Iterable[tuple[Entry, Refused | None]]:
    today = local_date(now, ground.timezone)
    wanted = {entry.session_id for entry in entries if entry.session_id is not None}
    sessions = sessions_among(wanted, bureau_id=ground.bureau_id, organisation_id=owner)
    for entry in entries:
        yield entry, _refusal(entry, ground.known, sessions, today=today)


def _refusal(entry: Entry, known: Known, sessions: frozenset[int], *, today: Any) -> Refused | None:
    if entry.session_id is not None and entry.session_id not in sessions:
        return NotFound()
    try:
        ensure_entry(entry, known, today=today)
    except Refused as refusal:
        return refusal
    return None


def columns_of(entry: Entry, ground: Ground, owner: int, person_id: int | None, *, now: datetime) -> dict[str, Any]:
    """The whole row of an entry."""
    return {
        **what_it_says(entry, ground.known),
        "bureau_id": ground.bureau_id,
        "organisation_id": owner,
        "month": str(counts_in(entry.day, ground.closed)),
        "logged_by_id": person_id,
        "logged_at": now,
    }


def what_it_says(entry: Entry, known: Known) -> dict[str, Any]:
    """The columns of an entry that say what was counted."""
    asked = ("interpretation", "visit_kind", "sex", "age_band", "waiting_band", "outcome")
    return {
        "ref": entry.ref,
        "kind": entry.kind,
        "number": entry.number,
        "day": entry.day,
        "hour": entry.hour,
        "session_id": entry.session_id,
        "service_id": known.services[entry.service],
        "language_tag": entry.language,
        "status_group_id": known.statuses[entry.status] if entry.status else None,
        **{name: entry.bands.get(name) for name in asked},
    }


def store(bureau_id: int, rows: Sequence[dict[str, Any]], *, scope: Scope) -> dict[str, Any]:
    """Put the rows into the running transaction, leaving out those whose ref is known; all of them, by ref.

    Two that bring one ref at once are told apart by the database: one row stands, both get it.
    """
    if not rows:
        return {}
    insert = INSERTS[db.session.get_bind().dialect.name](
        LogEntry.__table__
    )  # as a class, each row would be a statement
    db.session.execute(insert.on_conflict_do_nothing(index_elements=["bureau_id", "ref"]), list(rows))
    refs = [row["ref"] for row in rows]
    there = select(LogEntry.id, LogEntry.ref, LogEntry.month).where(
        LogEntry.bureau_id == bureau_id, LogEntry.ref.in_(refs)
    )
    return {row.ref: row for row in db.session.execute(there, execution_options=scope.options())}
