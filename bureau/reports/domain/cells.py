"""Cells: where a number stands, and what the public may know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

TOTAL = "_T"
"""The code of everything together in one dimension (SDMX); also where a table does not use the dimension."""
UNKNOWN = "_U"
"""The code of what was not asked (SDMX)."""


class Coordinates(NamedTuple):
    """Where a number stands: one code for each dimension. The same coordinates in two tables are the same cell."""

    time_period: str
    measure: str
    organisation: str = TOTAL
    service: str = TOTAL
    language: str = TOTAL
    status: str = TOTAL
    interpretation: str = TOTAL
    visit: str = TOTAL
    waiting: str = TOTAL
    outcome: str = TOTAL
    sex: str = TOTAL
    age: str = TOTAL
    arrival: str = TOTAL

    def at(self, **codes: str) -> "Coordinates":
        """The same place but for these codes, named as fields."""
        return self._replace(**codes)


COLUMNS = tuple(name.upper() for name in Coordinates._fields)
"""The names of all dimensions, in the order of ``Coordinates``; every release of every series has the same ones."""
AXIS = {column: place for place, column in enumerate(COLUMNS)}
"""Which field of ``Coordinates`` a dimension is."""

Counts = Mapping[Coordinates, int]
"""True numbers. They live in memory only, never in a document, a file or a log."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is public of a cell: a value, a range, or nothing (hidden).

    A value is exact or, in a release with ``max_dev``, at most that far from the truth. Nothing tells why it is hidden.
    """

    value: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether nothing is shown."""
        return self.value is None and self.low is None


HIDDEN = Cell()
