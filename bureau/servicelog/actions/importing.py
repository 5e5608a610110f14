"""Taking a whole table in: all of it, or nothing; what was taken in before is not counted again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, db, transaction
from bureau.organisations import queries as places
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.domain.table import LogTable, read_table
from bureau.servicelog.models import LogEntry
from bureau.servicelog.queries.ground import Ground, ground_of, held_ground

from .logging import columns_of, store

TOGETHER = 500
"""How many rows one statement stores."""

Tell = Callable[[int, int], None]
"""Is told how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a table came to: entries counted, those known before, those that count in a later month than their day's."""

    counted: int = 0
    known: int = 0
    later: int = 0


def read_log(bureau: str, lines: Iterable[Sequence[str]], *, scope: Scope, now: datetime) -> LogTable:
    """Read a table for the organisations of the bureau that the scope covers; stores nothing."""
    ground = ground_of(bureau)
    owners = [code for code, number in _owners(ground).items() if scope.covers(number)]
    return read_table(lines, ground.known, owners, today=local_date(now, ground.timezone))


def import_log(
    bureau: str,
    table: LogTable,
    *,
    scope: Scope,
    person_id: int | None,
    actor: str,
    now: datetime,
    tell: Tell = lambda done, of: None,
) -> TakenIn:
    """Count every entry of a table without problems, in one transaction; one whose ref is known is not counted again."""
    if table.problems:
        raise ValueError("a table with problems is not taken in")
    counted = known = later = done = 0
    with transaction():
        ground = held_ground(bureau)
        owners = _owners(ground)
        for batch in _batches(table):
            rows = [columns_of(entry, ground, owners[code], person_id, now=now) for code, entry in batch]
            there = _known(ground.bureau_id, [row["ref"] for row in rows], scope)
            new = [row for row in rows if row["ref"] not in there]
            store(ground.bureau_id, new, scope=scope)
            counted, known, done = counted + len(new), known + len(there), done + len(rows)
            later += sum(row["month"] != f"{row['day']:%Y-%m}" for row in new)
            tell(done, table.number)
        outcome = TakenIn(counted=counted, known=known, later=later)
        after = {"counted": counted, "known": known, "later": later}
        audit.record("log.imported", f"log:{bureau}", actor=actor, now=now, after=after)
    return outcome


def _owners(ground: Ground) -> dict[str, int]:
    return {row.organisation.code: row.organisation_id for row in places.partnerships(ground.bureau_id, active=None)}


def _batches(table: LogTable) -> Iterator[tuple[tuple[str, Entry], ...]]:
    every = ((code, entry) for code, entries in table.entries.items() for entry in entries)
    while batch := tuple(islice(every, TOGETHER)):
        yield batch


def _known(bureau_id: int, refs: list[str], scope: Scope) -> set[str]:
    there = select(LogEntry.ref).where(LogEntry.bureau_id == bureau_id, LogEntry.ref.in_(refs))
    return set(db.session.scalars(there, execution_options=scope.options()))
