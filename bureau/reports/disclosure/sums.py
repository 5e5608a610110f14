"""What adds up to what among cells."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from bureau.reports.domain.cells import COLUMNS, Coordinates
from bureau.reports.domain.dimensions import Dimension


class Sum(NamedTuple):
    """A cell and those that it is the sum of."""

    whole: Coordinates
    parts: tuple[Coordinates, ...]


def sums_among(cells: Collection[Coordinates], dimensions: Mapping[str, Dimension]) -> Iterator[Sum]:
    """Every cell that is the sum of others of these, in every direction in which it is.

    A code that the others have and a part lacks (a partner who came later) counts nothing there: readers know that too.
    """
    for at in cells:
        for axis, name in enumerate(COLUMNS):
            codes = dimensions[name].children.get(at[axis], ())
            parts = (Coordinates(*(*at[:axis], code, *at[axis + 1 :])) for code in codes)
            if present := tuple(part for part in parts if part in cells):
                yield Sum(at, present)
