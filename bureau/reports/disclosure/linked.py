"""All cells that hang together in a year: what is or will be public, and the months that lie behind crossed quarters."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from bureau.reports.disclosure.sums import Sum, sums_among
from bureau.reports.domain.cells import AXIS, TOTAL, Coordinates, Counts
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.periods import parent_of
from bureau.reports.domain.plan import ShownTable
from bureau.reports.domain.tabulating import Record, tabulate


@dataclass(frozen=True, kw_only=True)
class Linked:
    """True counts with all sums among them.

    ``behind`` are cells that are in no table, but that readers can imagine; ``imaginable`` are all that may be imagined
    other than they are: what was never counted this year (what a partner never does is known from the programme) is
    nobody's protection, and no more is a partner who did nothing in a period.
    """

    truth: Counts = field(repr=False)
    behind: frozenset[Coordinates]
    imaginable: frozenset[Coordinates]
    sums: tuple[Sum, ...]


def linked(
    tables: Iterable[ShownTable],
    crossed: Iterable[ShownTable],
    dimensions: Mapping[str, Dimension],
    records: Iterable[Record],
    *,
    absent: Collection[Coordinates] = (),
) -> Linked:
    """The linked cells of one measure in these tables; ``crossed`` are tables of months that are public only summed up.

    ``absent`` cells are those of a code that came after their month was published: all know that it counted nothing.
    """
    listed, shown = list(records), list(tables)
    truth = tabulate(listed, shown, dimensions)
    sums = list(sums_among(truth, dimensions))
    behind: dict[Coordinates, int] = {}
    for table in crossed:
        months, ever = (tabulate(listed, [one], dimensions) for one in (table, _of_year(table)))
        inner = [at for at in _inner(table, dimensions) if ever[_in_year(at)]]
        behind |= {at: months[at] for at in inner}
        sums += _sums_of_inner(table, inner, truth)
    ever = tabulate(listed, [_of_year(table) for table in shown], dimensions)
    return Linked(
        truth=truth | behind, behind=frozenset(behind), sums=(*sums, *_quarters(behind, truth)),
        imaginable=frozenset(behind) | {
            at for at in truth if ever[_in_year(at)] and at not in absent and (truth[at] or not _is_partner(at))
        },
    )  # fmt: skip


def _is_partner(at: Coordinates) -> bool:
    """Whether the cell is all that a partner did: whether somebody was there at all is known from the programme."""
    return at.organisation != TOTAL and at == Coordinates(at.time_period, at.measure, organisation=at.organisation)


def _of_year(table: ShownTable) -> ShownTable:
    return replace(table, period=table.period[:4])


def _in_year(at: Coordinates) -> Coordinates:
    return at.at(time_period=at.time_period[:4])


def _inner(table: ShownTable, dimensions: Mapping[str, Dimension]) -> Iterator[Coordinates]:
    leaves = (table.leaves(dimensions[name]) for name in table.dimensions)
    axes = [AXIS[name] for name in table.dimensions]
    for codes in product(*leaves):
        yield _place(Coordinates(table.period, table.measure), axes, codes)


def _sums_of_inner(table: ShownTable, inner: Iterable[Coordinates], truth: Counts) -> list[Sum]:
    """What the inner cells of a month add up to: its totals in each direction."""
    start = Coordinates(table.period, table.measure)
    parts: defaultdict[Coordinates, list[Coordinates]] = defaultdict(list)
    for at in inner:
        for name in table.dimensions:
            parts[_place(start, [AXIS[name]], [at[AXIS[name]]])].append(at)
    return [Sum(whole, tuple(of)) for whole, of in parts.items() if whole in truth]


def _quarters(hinted: Iterable[Coordinates], truth: Counts) -> list[Sum]:
    """Crossed cells of a quarter as sums of their months."""
    months: defaultdict[Coordinates, list[Coordinates]] = defaultdict(list)
    for at in hinted:
        if _quarter(at) in truth:
            months[_quarter(at)].append(at)
    return [Sum(quarter, tuple(parts)) for quarter, parts in months.items()]


def _quarter(at: Coordinates) -> Coordinates:
    return at.at(time_period=parent_of(at.time_period) or "")


def _place(start: Coordinates, axes: Iterable[int], codes: Iterable[str]) -> Coordinates:
    place = list(start)
    for axis, code in zip(axes, codes, strict=True):
        place[axis] = code
    return Coordinates(*place)
