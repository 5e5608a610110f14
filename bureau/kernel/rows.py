"""Storing rows that people share: two edit one thing, two take one code, one deletes what another leans on."""

import json
import zlib
from typing import Any

from sqlalchemy.exc import IntegrityError, InvalidRequestError

from .database import Base, Versioned, db
from .errors import InUse, NotFound, Refused, Stale

MARKS = 10**9
"""So many marks there are: each is a number that a form takes back."""

Difference = dict[str, dict[str, Any]]


def change(row: Versioned, version: int, columns: dict[str, Any]) -> Difference:
    """Write ``columns`` into ``row`` if it still has the version that the person saw; refuses with Stale otherwise.

    Who changes it between this look and the commit is met by the mapper, which raises Stale too.
    Answers the audit's before and after, of the columns that differ.
    """
    row.expect(version)
    return write(row, columns)


def write(row: object, columns: dict[str, Any]) -> Difference:
    """Write ``columns`` into ``row``; answers the audit's before and after, of the columns that differ."""
    before = {name: getattr(row, name) for name in columns}
    for name, value in columns.items():
        setattr(row, name, value)
    changed = [name for name, value in columns.items() if before[name] != value]
    return {
        "before": {name: _plain(before[name]) for name in changed},
        "after": {name: _plain(columns[name]) for name in changed},
    }


def add(row: Base, *, otherwise: Refused) -> None:
    """Store a new row; where the database says it is there already, refuse with ``otherwise``."""
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise otherwise from error


def remove(row: Base, version: int, *, marked: tuple[str, ...] = ()) -> None:
    """Delete a row that still is as the person saw it (Stale); refuses where another row leans on it.

    ``marked`` are the columns whose mark stands for the version where the table has none.
    """
    if isinstance(row, Versioned):
        row.expect(version)
    else:
        _hold(row)
        if mark(row, marked) != version:
            raise Stale
    db.session.delete(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise InUse from error


def _hold(row: Base) -> None:
    """Read the row anew and hold it: without a version, nothing else tells that somebody else deletes it too."""
    try:
        db.session.refresh(row, with_for_update=True)
    except InvalidRequestError as error:
        raise NotFound from error


def mark(row: Any, names: tuple[str, ...]) -> int:
    """A number that changes with the row's content, in place of a version where a table has none."""
    content = json.dumps([_plain(getattr(row, name)) for name in names], sort_keys=True)
    return zlib.crc32(content.encode()) % MARKS


def _plain(value: Any) -> Any:
    if hasattr(value, "as_json"):
        return value.as_json()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    named = getattr(value, "code", None) or getattr(value, "tag", None)
    return value if isinstance(value, str | int | float | bool | dict | None) else str(named or value)
