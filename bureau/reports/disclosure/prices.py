"""What it costs to change a cell: next to nothing where it is hidden, else as much as would be lost with the number."""

import hashlib
from collections.abc import Iterable

from bureau.reports.disclosure.sums import Sum
from bureau.reports.domain.cells import TOTAL, Coordinates
from bureau.reports.domain.periods import frequency_of

UNSEEN, SEEN = 16, 2_000
"""The price of changing a hidden cell by one, and that of a thirtieth of a person who is no longer shown."""
NOISE, HUM = 16, 1024
"""A little noise in both lets the cheapest way be the only one."""
DRAWS = 8
"""So often the noise can be drawn."""
TOGETHER, HEADING, SINGLE, CROSSED, YEARLY, MONTHLY = 100, 6, 3, 12, 24, 30
"""What a shown number is worth, in thirtieths of a plain one of a month. What can still be added up, all or mostly, from
the numbers below it (a heading) or from its months (a single total of quarter or year) is worth least, so that it pays
for the others. Of crossed numbers, those of the year are what is read. The total of everything is what all look at."""
EMPTY = 3
"""What would be lost with a zero that is hidden, in people: nothing is told by it, but few would believe it is not one."""


def headings_of(sums: Iterable[Sum], behind: frozenset[Coordinates]) -> set[Coordinates]:
    """The cells that are the sum of others of their period that are public too."""
    return {
        one.whole for one in sums if one.parts[0].time_period == one.whole.time_period and behind.isdisjoint(one.parts)
    }


def price(at: Coordinates, count: int, *, heading: bool, shown: bool, draw: int = 0) -> tuple[int, int, int, int]:
    """The four prices of a cell: adding to it and taking from it, in each of two tables."""
    noise = hashlib.sha512("\x1f".join(at).encode()).digest()[8 * draw : 8 * draw + 8]
    base = SEEN * _worth(at, heading=heading) * (count + 2 if count else EMPTY) if shown else UNSEEN
    most = HUM if shown else NOISE << 2 * bool(draw)
    first, second, third, fourth = (base + int.from_bytes(noise[place : place + 2]) % most for place in (0, 2, 4, 6))
    return first, second, third, fourth


def _worth(at: Coordinates, *, heading: bool) -> int:
    codes = sum(code != TOTAL for code in at[2:])
    if not codes:
        return TOGETHER
    if heading:
        return HEADING
    frequency = frequency_of(at.time_period)
    if frequency == "month":
        return MONTHLY
    if codes == 1:
        return SINGLE
    return YEARLY if frequency == "year" else CROSSED
