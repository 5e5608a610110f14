"""What PostgreSQL's driver is asked with every statement, answered at less cost. The driver is imported only where it is used."""

from functools import cache
from typing import Any


@cache
def plain(cursor: type[Any]) -> type[Any]:
    """A cursor that describes columns by name and kind: all that is read of them, where the driver looks up each type."""
    described: Any = cursor.description  # of the class: the property itself

    def description(self: Any) -> Any:
        found = self.pgresult
        if found is None or not found.nfields:
            return described.fget(self)
        return [_column(found, place) for place in range(found.nfields)]

    return type("PlainCursor", (cursor,), {"description": property(description)})


def _column(found: Any, place: int) -> tuple[str, int, None, None, None, None, None]:
    return ((found.fname(place) or b"").decode(), found.ftype(place), None, None, None, None, None)
