"""How many queries a page asks of some tables."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def queries_of(*tables: str) -> Iterator[list[str]]:
    """The SELECTs that begin with one of ``tables``, made while inside."""
    found: list[str] = []
    wanted = re.compile(rf"\bFROM ({'|'.join(tables)})\b")

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("SELECT") and wanted.search(statement):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
