"""The log as a table, to be taken away: what counts, line by line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import Scope, db, read_bit_by_bit
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.models import LogEntry

TOGETHER = 2_000
"""So many rows are in memory at a time."""


def entries_between(bureau_id: int, first: date, last: date, *, scope: Scope) -> Iterator[tuple[str, Entry]]:
    """Every entry of those days that counts, with its organisation's code, within the scope; never a note.

    What was taken back is left out with what takes it back, and a correction stands in its place.
    """
    services = {row.id: row.code for row in catalogue.services()}
    statuses = {row.id: row.code for row in catalogue.status_groups()}
    owners = {row.id: row.code for row in places.organisations()}
    columns = (
        LogEntry.ref, LogEntry.kind, LogEntry.number, LogEntry.day, LogEntry.organisation_id, LogEntry.service_id,
        LogEntry.language_tag, LogEntry.status_group_id, *(getattr(LogEntry, name) for name in BANDS),
    )  # fmt: skip
    statement = select(*columns).where(*_counting(bureau_id, first, last)).order_by(LogEntry.day, LogEntry.id)
    read_bit_by_bit()
    for row in db.session.execute(statement, execution_options={**scope.options(), "yield_per": TOGETHER}):
        bands = {name: value for name in BANDS if (value := getattr(row, name))}
        yield owners[row.organisation_id], Entry(
            ref=row.ref, kind=row.kind, number=row.number, day=row.day, service=services[row.service_id],
            language=row.language_tag, status=statuses.get(row.status_group_id), bands=bands,
        )  # fmt: skip


def groups_between(bureau_id: int, first: date, last: date, *, scope: Scope) -> bool:
    """Whether groups met on those days: then the table has a column for how many came."""
    statement = select(LogEntry.id).where(*_counting(bureau_id, first, last), LogEntry.kind == "group").limit(1)
    return db.session.scalar(statement, execution_options=scope.options()) is not None


def _counting(bureau_id: int, first: date, last: date) -> tuple[Any, ...]:
    back = aliased(LogEntry)
    taken_back = select(back.id).where(back.corrects_id == LogEntry.id, back.number < 0).exists()
    return (
        LogEntry.bureau_id == bureau_id,
        LogEntry.month >= str(Month.of(first)),  # an entry counts in its day's month or later; the index knows months
        LogEntry.day.between(first, last),
        LogEntry.number > 0,
        ~taken_back,
    )
