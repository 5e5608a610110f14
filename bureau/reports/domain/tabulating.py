"""True counts of all planned cells, from what was logged."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from .cells import AXIS, COLUMNS, TOTAL, UNKNOWN, Coordinates, Counts
from .dimensions import Dimension
from .periods import months_of
from .plan import ShownTable
from .release import all_coordinates

NEAR = 5
"""How many of the first dimensions (month and measure aside: organisation, service, language, status) must agree
for a correction to be set against an entry."""


@dataclass(frozen=True, slots=True)
class Record:
    """So many of one kind in a month: one leaf code in every dimension; below zero where entries were taken back."""

    at: Coordinates
    number: int


def record(month: str, measure: str, number: int = 1, **codes: str | None) -> Record:
    """A record by the names of ``Coordinates``; what was not asked is None."""
    given = {name: code or UNKNOWN for name, code in codes.items()}
    return Record(Coordinates(month, measure, **given), number)


def settled(records: Iterable[Record]) -> list[Record]:
    """Records without any below zero: what was taken back is set against the likest entry, of its month or a later one.

    A correction counts in the month that is open when it is made, and there may be less in that month than it takes
    back. All months since the series began must be given, so that a month always comes to the same.
    """
    months: defaultdict[str, Counter[Coordinates]] = defaultdict(Counter)
    for one in records:
        months[one.at.time_period][one.at] += one.number
    owed: Counter[Coordinates] = Counter()
    found: list[Record] = []
    for month in sorted(months):
        sums = Counter({at.at(time_period=month): -number for at, number in owed.items()})
        sums.update(months[month])
        kept, owed = _set_off(sums)
        found.extend(Record(at, number) for at, number in sorted(kept.items()))
    return found


def _set_off(sums: Mapping[Coordinates, int]) -> tuple[Counter[Coordinates], Counter[Coordinates]]:
    """What remains of a month, and what is owed to later ones."""
    kept = Counter({at: number for at, number in sums.items() if number > 0})
    owed = Counter({at: -number for at, number in sums.items() if number < 0})
    for debt in sorted(owed):
        like = sorted((at for at in kept if at[1:NEAR] == debt[1:NEAR]), key=lambda at: (-_alike(at, debt), at))
        for at in like:
            much = min(kept[at], owed[debt])
            kept[at] -= much
            owed[debt] -= much
    return +kept, +owed


def _alike(one: Coordinates, other: Coordinates) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def tabulate(
    records: Iterable[Record], tables: Iterable[ShownTable], dimensions: Mapping[str, Dimension]
) -> dict[Coordinates, int]:
    """The true count of every cell of these tables, zeros too; records of other months and measures are left out."""
    kept: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for one in records:
        kept[one.at.time_period, one.at.measure].append(one)
    shown = list(tables)
    counts = dict.fromkeys(all_coordinates(shown, dimensions), 0)
    for kind in {replace(table, id="", derived=False) for table in shown}:
        counts.update(_one(kept, kind, dimensions))
    return counts


def _one(
    kept: Mapping[tuple[str, str], list[Record]], table: ShownTable, dimensions: Mapping[str, Dimension]
) -> Counts:
    axes = [AXIS[name] for name in table.dimensions]
    leaves: Counter[tuple[str, ...]] = Counter()
    for month in months_of(table.period):
        for one in kept.get((month, table.measure), ()):
            leaves[tuple(one.at[axis] for axis in axes)] += one.number
    trees = [dimensions[name] for name in table.dimensions]
    known = [set(table.codes(tree)) for tree in trees]
    sums: Counter[Coordinates] = Counter()
    for leaf, number in leaves.items():
        above = zip(trees, known, leaf, strict=True)
        for codes in product(*([one for one in tree.upward(code) if one in of] for tree, of, code in above)):
            place = [table.period, table.measure, *[TOTAL] * (len(COLUMNS) - 2)]
            for axis, code in zip(axes, codes, strict=True):
                place[axis] = code
            sums[Coordinates(*place)] += number
    return sums
