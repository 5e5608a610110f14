"""Keyed controlled rounding to fives: every cell is shown, every column adds up, nobody can be found.

Each cell is rounded to one of the two multiples of five around it, so that on average it is right: which one is told
by a keyed hash of the secret and the cell's coordinates. Then a small integer program changes as few of these choices
as are needed for every total to be the sum of its parts. See docs/disclosure.md.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from bureau.reports.disclosure.program import Program
from bureau.reports.disclosure.sums import Sum, sums_among
from bureau.reports.domain.cells import Cell, Coordinates, Counts
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.periods import months_of
from bureau.reports.domain.plan import ShownTable, restated
from bureau.reports.domain.release import Release, Sheet

BASE = 5
SALTS = 5
"""How often a series may be salted anew before its finest table is given up."""
WEIGHTS = 1 << 16
ATTEMPTS = 20
NEAREST = (0, 1)
STEPS = (NEAREST, (-1, 0, 1, 2))
"""The multiples that a cell may take, in steps above the one below it; the further ones only if there is no other way."""


class NoRounding(RuntimeError):
    """The figures cannot be rounded so that they add up: they do not add up themselves."""


def rounded(sheet: Sheet, earlier: Sequence[Release], *, secret: bytes, salt: int = 0) -> Release:
    """The sheet with every cell shown, protected by rounding; quarters and the year are sums of the months shown."""
    tables = [table for table in sheet.tables if not table.derived]
    people, facts = (
        {at: sheet.counts[at] for table in tables if table.counts_people is kind for at in _cells(table, sheet)}
        for kind in (True, False)
    )
    values, max_dev = _rounded(people, sheet.dimensions, secret, salt)
    known = {at: cell.value or 0 for release in earlier for at, cell in release.cells.items()} | values | facts
    shown = (*sheet.tables, *_restated(sheet, known))
    derived = {at for table in shown if table.derived for at in _cells(table, sheet)}
    places = dict.fromkeys(at for table in shown for at in _cells(table, sheet))
    cells = {at: Cell(_sum_of_months(at, known) if at in derived else known.get(at, 0)) for at in places}
    return Release(
        id=sheet.id, order=sheet.order, version=sheet.version, supersedes=sheet.supersedes, method="rounding",
        tables=shown, dimensions=sheet.dimensions, cells=cells, max_dev=max_dev, min_width=BASE - 1,
    )  # fmt: skip


def _cells(table: ShownTable, sheet: Sheet) -> Iterator[Coordinates]:
    return table.coordinates(sheet.dimensions)


def draw(secret: bytes, at: Coordinates, *words: object) -> int:
    """A number below 2³², the same for this cell and these words whenever it is drawn, no one's guess without the secret."""
    text = "\x1f".join(("R5", *map(str, words), *at))
    return int.from_bytes(hmac.digest(secret, text.encode(), "sha256")[:4], "big")


def _rounded(
    counts: Counts, dimensions: Mapping[str, Dimension], secret: bytes, salt: int
) -> tuple[dict[Coordinates, int], int]:
    """The multiple of five for every cell, and how far any of them may be from the truth."""
    sums, values = list(sums_among(counts, dimensions)), {}
    for measure in sorted({at.measure for at in counts}):
        mine = {at: count for at, count in counts.items() if at.measure == measure}
        values.update(_one_measure(mine, [one for one in sums if one.whole in mine], secret, salt))
    away = max((abs(values[at] - count) for at, count in counts.items()), default=0)
    return values, BASE - 1 if away < BASE else 2 * BASE - 1


def _one_measure(counts: Counts, sums: Sequence[Sum], secret: bytes, salt: int) -> dict[Coordinates, int]:
    for steps in STEPS:
        choosing = _Choosing(counts, sums, steps, secret, salt)
        if choosing.possible():
            return choosing.chosen()
    raise NoRounding


class _Choosing:
    """One multiple of five for every cell: a program with a column for each step that each cell may take."""

    def __init__(self, counts: Counts, sums: Sequence[Sum], steps: Sequence[int], secret: bytes, salt: int) -> None:
        self.secret, self.salt = secret, salt
        self.floors = {at: count // BASE for at, count in counts.items()}
        self.wanted = {at: int(BASE * draw(secret, at, salt) < (count % BASE) << 32) for at, count in counts.items()}
        self.program = Program()
        self.columns: dict[Coordinates, dict[int, int]] = {}
        for at, count in sorted(counts.items()):
            allowed = [step for step in steps if count // BASE + step >= 0] if count % BASE else [0]
            self.columns[at] = {step: self.program.column(0, 1) for step in allowed}
            self.program.row(dict.fromkeys(self.columns[at].values(), 1), 1, 1)
        for one in sums:
            self._add_up(one)

    def possible(self) -> bool:
        """Whether there is a rounding at all; from then on only those with the fewest departures count."""
        self._price(lambda at, step: 0 if step == self.wanted[at] else 1 if step in NEAREST else len(self.columns))
        best = self.program.best_whole()
        if best is None:
            return False
        departures, price = self.program.costs(), self.program.price(best)
        self.program.row(departures, price, price)
        return True

    def chosen(self) -> dict[Coordinates, int]:
        """The one rounding that everybody with this secret comes to: the cheapest by drawn weights, if no other is."""
        for attempt in range(ATTEMPTS):
            self._price(partial(self._weight, attempt))
            best = self.program.best_whole()
            if best is not None and self._alone(best):
                return {
                    at: BASE * (self.floors[at] + next(step for step, column in of.items() if best[column]))
                    for at, of in self.columns.items()
                }
        raise NoRounding

    def _weight(self, attempt: int, at: Coordinates, step: int) -> int:
        if step == self.wanted[at]:
            return 0
        return 1 + draw(self.secret, at, self.salt, "weight", step, attempt) % WEIGHTS

    def _alone(self, best: Sequence[int]) -> bool:
        """Whether every other rounding costs more."""
        price, taken = self.program.price(best), [column for column, value in enumerate(best) if value]
        others = self.program.copy()
        others.row(dict.fromkeys(taken, 1), 0, len(self.columns) - 1)
        others.row(others.costs(), 0, price)
        return others.best_whole() is None

    def _price(self, price: Callable[[Coordinates, int], int]) -> None:
        for at, of in self.columns.items():
            for step, column in of.items():
                self.program.cost[column] = price(at, step)

    def _add_up(self, one: Sum) -> None:
        """The whole in fives is the sum of its parts in fives."""
        terms = {column: step for part in one.parts for step, column in self.columns[part].items() if step}
        terms |= {column: -step for step, column in self.columns[one.whole].items() if step}
        missing = self.floors[one.whole] - sum(self.floors[part] for part in one.parts)
        self.program.row(terms, missing, missing)


def _sum_of_months(at: Coordinates, known: Mapping[Coordinates, int]) -> int:
    return sum(known.get(at.at(time_period=month), 0) for month in months_of(at.time_period))


def _restated(sheet: Sheet, known: Mapping[Coordinates, int]) -> list[ShownTable]:
    """Tables of earlier months that lack a code which came later: shown again with it, so that sums can be re-added."""
    months = {
        (table.id, month): restated(table, month)
        for derived in sheet.tables
        if derived.derived
        for month in months_of(derived.period)
        for table in sheet.tables
        if table.measure == derived.measure and table.dimensions == derived.dimensions and not table.derived
    }
    return [table for table in months.values() if any(at not in known for at in table.coordinates(sheet.dimensions))]
