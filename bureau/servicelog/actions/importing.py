"""Taking a whole table in: all of it, or nothing; what was taken in before is not counted again."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Text, func, literal, literal_column, select

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, transaction
from bureau.kernel.errors import NotFound, Stale
from bureau.organisations import queries as places
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.domain.table import LogTable, Problem, RefElsewhere, Where, read_table, where_it_counts
from bureau.servicelog.models import LogEntry
from bureau.servicelog.queries.ground import Ground, ground_of, held_ground

from .logging import INSERTS, columns_of

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


def read_log(bureau: str, lines: Iterable[Sequence[str]], *, scopes: Sequence[Scope], now: datetime) -> LogTable:
    """Read a table for the organisations of the bureau that one of the scopes covers; stores nothing.

    Of each ref it is known afterwards whether it was counted before; one that another organisation has is a problem.
    """
    ground = ground_of(bureau)
    owners = _owners(ground, scopes)
    table = read_table(lines, ground.known, owners, today=local_date(now, ground.timezone))
    for batch in _batches(table):
        there = _there(ground.bureau_id, [entry.ref for _, entry in batch])
        for code, entry in batch:
            if there.get(entry.ref, owners[code]) != owners[code]:
                problem = Problem(line=table.at[entry.ref], column="ref", refusal=RefElsewhere(field="ref"))
                table.problems.append(problem)
        table.known |= there.keys()
    return table


def where_of(bureau: str, table: LogTable) -> list[Where]:
    """In which months the entries of a table count as things stand."""
    return where_it_counts(table, ground_of(bureau).closed)


def import_log(
    bureau: str,
    table: LogTable,
    *,
    scopes: Sequence[Scope],
    person_id: int | None,
    actor: str,
    now: datetime,
    told: Mapping[str, str] | None = None,
    tell: Tell = lambda done, of: None,
) -> TakenIn:
    """Count every entry of a table without problems, in one transaction; one whose ref is known is not counted again.

    ``told`` is what somebody was told: in which month the days of each month count. Where that is so no more, Stale.
    """
    if table.problems:
        raise ValueError("a table with problems is not taken in")
    counted = later = done = 0
    with transaction():
        ground = held_ground(bureau)
        owners = _owners(ground, scopes)
        if told is not None and told != {one.month: one.counts_in for one in where_it_counts(table, ground.closed)}:
            raise Stale
        for batch in _batches(table):
            rows = [columns_of(entry, ground, _owner(owners, code), person_id, now=now) for code, entry in batch]
            new = _stored(ground.bureau_id, rows)
            counted, done = counted + len(new), done + len(rows)
            later += sum(row["month"] != f"{row['day']:%Y-%m}" for row in rows if row["ref"] in new)
            tell(done, table.number)
        outcome = TakenIn(counted=counted, known=done - counted, later=later)
        after = {"counted": counted, "known": done - counted, "later": later}
        if len(table.entries) == 1:
            after["organisation"] = owners[next(iter(table.entries))]
        audit.record("log.imported", f"log:{bureau}", actor=actor, now=now, after=after)
    return outcome


def _owners(ground: Ground, scopes: Sequence[Scope]) -> dict[str, int]:
    """The partners, of now and of before, that one of the scopes covers, by code."""
    ties = places.partnerships(ground.bureau_id, active=None)
    return {
        tie.organisation.code: tie.organisation_id
        for tie in ties
        if any(scope.covers(tie.organisation_id) for scope in scopes)
    }


def _owner(owners: Mapping[str, int], code: str) -> int:
    if code not in owners:
        raise NotFound
    return owners[code]


def _batches(table: LogTable) -> Iterator[tuple[tuple[str, Entry], ...]]:
    every = table.every()
    while batch := tuple(islice(every, TOGETHER)):
        yield batch


def _stored(bureau_id: int, rows: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Put the rows into the running transaction; the refs of those that are new.

    Of two tables with one ref that come at the same moment the database lets one have it, and tells the other.
    """
    stored = db.session.execute(
        *_inserting(rows), execution_options=EVERY_ORGANISATION.options()
    )  # each row has its owner
    new = frozenset(stored.scalars())
    mine = {row["ref"]: row["organisation_id"] for row in rows if row["ref"] not in new}
    if any(mine[ref] != owner for ref, owner in _there(bureau_id, list(mine)).items()):
        raise RefElsewhere(field="ref")
    return new


def _inserting(rows: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    """What puts the rows in that are new and answers with their refs; to PostgreSQL they go as one value, not as ten thousand."""
    dialect, entries = db.session.get_bind().dialect.name, LogEntry.__table__
    insert = INSERTS[dialect](entries)
    if dialect == "postgresql":
        sent = literal(json.dumps(rows, default=str), Text).cast(JSON)
        table = func.json_populate_recordset(literal_column(f"NULL::{LogEntry.__tablename__}"), sent).table_valued(
            *rows[0]
        )
        insert = insert.from_select(list(rows[0]), select(*table.c))
    once = insert.on_conflict_do_nothing(index_elements=["bureau_id", "ref"]).returning(entries.c.ref)
    return (once,) if dialect == "postgresql" else (once, list(rows))


def _there(bureau_id: int, refs: Sequence[str]) -> dict[str, int]:
    """Whose the refs are that were counted before; nothing else is looked at, so whoever asks may."""
    if not refs:
        return {}
    there = select(LogEntry.ref, LogEntry.organisation_id).where(
        LogEntry.bureau_id == bureau_id, LogEntry.ref.in_(refs)
    )
    found = db.session.execute(there, execution_options=EVERY_ORGANISATION.options())
    return {row.ref: row.organisation_id for row in found}
