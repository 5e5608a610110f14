"""Releases as a careless program or an impatient person would publish them: every one must be found before anybody reads it.

A mutant is a name and the bundles of a series of which the last is spoiled. What it does is wrong by itself, not by what
an attack says of it: a hidden cell that a simple subtraction gives away, a number that no plan has, a number told twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bureau.reports.audit.attacking import attack
from bureau.reports.disclosure.rounding import rounded
from bureau.reports.disclosure.sums import sums_among
from bureau.reports.disclosure.suppression import suppressed
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.cells import AXIS, HIDDEN, Cell, Coordinates
from bureau.reports.domain.plan import Plan, ShownTable
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import Record, tabulate
from tests.reports.made import MONTHS, SECRET, Made

Files = dict[str, bytes]
Mutant = tuple[str, list[Files]]


@dataclass(frozen=True, kw_only=True)
class Series:
    """What was published of a made year, and the true counts behind it."""

    made: Made
    plan: Plan
    sheets: Sequence[Sheet]
    releases: Sequence[Release]

    def spoiled(self, name: str, release: Release) -> Mutant:
        """The series up to a month with that month's release spoiled."""
        before = [one for one in self.releases if one.id < release.id]
        return name, [bundle_of(one) for one in (*before, release)]

    def again(self, name: str, release: Release) -> Mutant:
        """The whole series and then a month once more."""
        anew = replace(release, order=len(self.releases) + 1, version=2, supersedes=release.id)
        return name, [bundle_of(one) for one in (*self.releases, anew)]


def protected(plan: Plan, sheet: Sheet, earlier: Sequence[Release], records: Sequence[Record]) -> Release:
    """The sheet as the plan's method protects it. In a process that may have HiGHS."""
    if plan.method == "rounding":
        return rounded(sheet, earlier, secret=SECRET)
    return suppressed(sheet, earlier, records, plan).release


def series_of(made: Made, method: str) -> Series:
    """All months of a made year, published one after another."""
    plan = made.plan(method)
    sheets = [made.sheet(plan, month) for month in MONTHS[: made.months]]
    releases: list[Release] = []
    for sheet in sheets:
        releases.append(protected(plan, sheet, releases, made.records))
    return Series(made=made, plan=plan, sheets=sheets, releases=releases)


def tried(made: Made, method: str, most: int, *, last: bool = False) -> tuple[int, list[str]]:
    """The series of a made year, and its mutants against the attack."""
    return uncaught(series_of(made, method), most, last=last)


def uncaught(series: Series, most: int, *, last: bool = False) -> tuple[int, list[str]]:
    """How many mutants there are (of the last month alone), and those in which an attack finds nothing."""
    planned, number, missed = series.plan.allowed(), 0, []
    for name, bundles in mutants(series, most, last=last):
        number += 1
        if not attack(bundles, planned=planned, fresh=1).findings:
            missed.append(name)
    return number, missed


def mutants(series: Series, most: int, *, last: bool) -> Iterator[Mutant]:
    """Of each kind so many at most in each month, and one month that is published again with a correction."""
    pairs = list(zip(series.sheets, series.releases, strict=True))
    kinds = HIDING if series.plan.method == "suppression" else ROUNDED
    for sheet, release in pairs[-1:] if last else pairs:
        for kind in (*kinds, an_unplanned_total, a_wider_table):
            for spoiled in islice(kind(sheet, release), most):
                yield series.spoiled(f"{kind.__name__} {release.id}", spoiled)
    for sheet, release in pairs[:1] if last else pairs:
        yield series.again(f"a correction {release.id}", corrected(series, sheet, release))


def one_less_hidden(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A complementary cell is forgotten: now a small number is a total less what is beside it."""
    told = {at: release.cells[at] for at in _people(release)}
    for one in sums_among(told, sheet.dimensions):
        hidden = [at for at in (one.whole, *one.parts) if told[at].hidden]
        small = [at for at in hidden if 0 < sheet.counts[at] < release.threshold]
        complete = len(one.parts) == len(_children(sheet, one.whole, one.parts[0]))
        if len(hidden) == 2 and len(small) == 1 and complete:
            other = next(at for at in hidden if at not in small)
            yield _with(release, {other: Cell(sheet.counts[other])})


def small_numbers_only(sheet: Sheet, release: Release) -> Iterator[Release]:
    """Nothing is hidden but the small numbers themselves."""
    spared = {at: Cell(sheet.counts[at]) for at, cell in release.cells.items() if cell.hidden and not _small(sheet, at)}
    if next(one_less_hidden(sheet, release), None) is not None:
        yield _with(release, spared)


def a_small_number(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A small number is shown as it is."""
    for at, cell in release.cells.items():
        if cell.hidden and _small(sheet, at):
            yield _with(release, {at: Cell(sheet.counts[at])})


def a_small_band(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A small number is told as “1–4”."""
    for at, cell in release.cells.items():
        if cell.hidden and _small(sheet, at):
            yield _with(release, {at: Cell(low=1, high=release.threshold - 1)})


def a_redrawn_table(sheet: Sheet, release: Release) -> Iterator[Release]:
    """One number of a table is a step away from what the others add up to."""
    for at in _people(release):
        yield _with(release, {at: Cell((release.cells[at].value or 0) + 5)})


def the_truth(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A true number stands among rounded ones."""
    for at in _people(release):
        if sheet.counts[at] % 5:
            yield _with(release, {at: Cell(sheet.counts[at])})


def nearest_five(sheet: Sheet, release: Release) -> Iterator[Release]:
    """Every number is rounded to the nearest five, and the release says so, or says that it is as safe as ever."""
    nearest = _with(release, {at: Cell(5 * round(sheet.counts[at] / 5)) for at in _people(release)})
    yield replace(nearest, max_dev=2, min_width=2)
    yield nearest


def a_true_quarter(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A quarter is rounded by itself and passed off as the sum of its months."""
    derived = {at for table in release.tables if table.derived for at in release.coordinates(table)}
    if derived:
        yield _with(release, {at: Cell(5 * (sheet.counts[at] // 5)) for at in derived})


def an_unplanned_total(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A true total of a table that is in no plan."""
    for name in ("SEX", "AGE", "VISIT"):
        table = ShownTable(id=f"press-{name.lower()}", measure="unmet", dimensions=(name,), period=release.id)
        at = Coordinates(release.id, "unmet")
        cells = {one: release.cells.get(one, HIDDEN) for one in table.coordinates(release.dimensions)}
        yield replace(release, tables=(*release.tables, table), cells={**release.cells, **cells, at: Cell(7)})


def a_wider_table(sheet: Sheet, release: Release) -> Iterator[Release]:
    """A table that is planned has another dimension than planned."""
    for table in release.tables:
        if table.counts_people and not table.derived and "SEX" not in table.dimensions:
            wider = replace(table, dimensions=(*table.dimensions, "SEX"))
            cells = {at: release.cells.get(at, Cell(5)) for at in wider.coordinates(release.dimensions)}
            tables = tuple(wider if one == table else one for one in release.tables)
            yield replace(release, tables=tables, cells=cells | dict(release.cells))


HIDING = (one_less_hidden, small_numbers_only, a_small_number, a_small_band)
ROUNDED = (a_redrawn_table, the_truth, nearest_five, a_true_quarter)


def corrected(series: Series, sheet: Sheet, release: Release) -> Release:
    """The month protected anew with so many entries less that something else is shown."""
    mine = [one for one in series.made.records if one.at[:2] == (sheet.id, "consultations")]
    others = [one for one in series.made.records if one.at[:2] != (sheet.id, "consultations")]
    tables = tuple(one for one in sheet.tables if one.period == sheet.id)
    for fewer in range(1, len(mine)):
        records = [*others, *mine[fewer:]]
        anew = replace(sheet, tables=tables, counts=tabulate(records, tables, sheet.dimensions))
        found = protected(series.plan, anew, [], records)
        if any(release.cells[at] != cell for at, cell in found.cells.items()):
            return found
    raise AssertionError("no correction is seen")


def _with(release: Release, cells: dict[Coordinates, Cell]) -> Release:
    return replace(release, cells={**release.cells, **cells})


def _people(release: Release) -> list[Coordinates]:
    return [
        at for table in release.tables if table.counts_people and not table.derived for at in release.coordinates(table)
    ]


def _small(sheet: Sheet, at: Coordinates) -> bool:
    return 0 < sheet.counts.get(at, 0) < 5


def _children(sheet: Sheet, whole: Coordinates, part: Coordinates) -> tuple[str, ...]:
    """All codes that the whole is the sum of, in the direction of this part."""
    name = next(name for name, axis in AXIS.items() if whole[axis] != part[axis])
    return sheet.dimensions[name].children[whole[AXIS[name]]]
