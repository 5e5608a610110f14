"""In which order a deed holds rows: whoever holds them in another order may wait for somebody who waits for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select, Update, event

from bureau.kernel.database import db


@contextmanager
def rows_held(*tables: str) -> Iterator[list[str]]:
    """Those of the tables of which rows are held or changed, in the order in which that begins."""
    held: list[str] = []

    def look(_connection: object, statement: Any, *_rest: object) -> None:
        held.extend(table for table in _held_by(statement) if table in tables and table not in held)

    event.listen(db.engine, "before_execute", look)
    try:
        yield held
    finally:
        event.remove(db.engine, "before_execute", look)


def _held_by(statement: Any) -> list[str]:
    if isinstance(statement, Update):
        return [statement.table.name]
    if not isinstance(statement, Select) or statement._for_update_arg is None:
        return []
    only = statement._for_update_arg.of
    return [table.name for table in only or statement.get_final_froms() if hasattr(table, "name")]
