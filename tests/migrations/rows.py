"""One row of every table, made from what the tables say of themselves."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
)
from sqlalchemy.types import TypeEngine

from bureau.kernel.database import Localised, UTCDateTime
from bureau.kernel.localised import LocalisedText

WORDS = LocalisedText({"en": "Legal help", "ar": "مساعدة قانونية", "bg": "Правна помощ"})
LATER = re.compile(r"(ends|until|expires)")


def fill(connection: Connection, metadata: MetaData) -> None:
    """Insert one row into every table, parents first."""
    made: dict[str, dict[str, Any]] = {}
    for table in metadata.sorted_tables:
        row = {column.name: value(table, column, made) for column in table.columns}
        connection.execute(table.insert(), row)
        made[table.name] = row


def value(table: Table, column: Column[Any], made: dict[str, dict[str, Any]]) -> object:
    """What fits ``column``: its parent's key, an allowed word, or something of its type."""
    for key in column.foreign_keys:
        # A scope that may be empty is left empty: which ones belong together only a CHECK knows.
        return None if column.nullable else made[key.column.table.name][key.column.name]
    return allowed_word(table, column) or of_type(column)


def allowed_word(table: Table, column: Column[Any]) -> str | None:
    """The first word that a CHECK of ``table`` lets ``column`` hold."""
    texts = [str(check.sqltext) for check in table.constraints if isinstance(check, CheckConstraint)]
    words = re.compile(rf"\b{column.name}\s*(?:=|IN\s*\()\s*'([\w+-]+)'")
    return next((match[1] for text in texts if (match := words.search(text))), None)


PLAUSIBLE: tuple[tuple[tuple[type[TypeEngine[Any]], ...], object, object], ...] = (
    ((Boolean,), True, True),
    ((Integer, Float), 1, 1),
    ((UTCDateTime,), datetime(2026, 12, 9, 10, tzinfo=UTC), datetime(2026, 12, 9, 12, tzinfo=UTC)),
    ((Date,), date(2026, 12, 9), date(2026, 12, 31)),
    ((Time,), time(10), time(12)),
    ((Localised,), WORDS, WORDS),
    ((JSON,), {"kept": True}, {"kept": True}),
    ((LargeBinary,), bytes(range(32)), bytes(range(32))),
)
"""What a column of these types may hold, and what it holds where it is the end of something."""


def of_type(column: Column[Any]) -> object:
    """A plausible value; ends lie after starts."""
    for types, value, later in PLAUSIBLE:
        if isinstance(column.type, types):
            return later if LATER.search(column.name) else value
    return "2026-12" if column.name in ("month", "since") else "kept"
