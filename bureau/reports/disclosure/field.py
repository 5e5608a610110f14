"""All linked cells of one measure, of a year's earlier releases and the new one, and what a reader can imagine there."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bureau.reports.disclosure.linked import Linked
from bureau.reports.disclosure.prices import DRAWS, headings_of, price
from bureau.reports.disclosure.program import ANY, Program, Unproven, run
from bureau.reports.domain.cells import Coordinates

if TYPE_CHECKING:
    from bureau.reports.disclosure.sums import Sum

Change = Mapping[Coordinates, int]
"""What is different from the truth in a table that a reader cannot tell from it; cells that are the same are left out."""

MOST, FAR = 1_000_000, 25
WHOLE = 1e-6
TIMES = (1, 2, 3)
WIDER = (0, 1, 2, 3, 5, 7)
"""The cheapest tables are mostly in whole numbers; where they are not, a little further apart they often are."""


class Field:
    """The linear system of one measure: for one cell after another, the cheapest two tables that leave it open."""

    def __init__(self, linked: Linked, frozen: Collection[Coordinates]) -> None:
        """``frozen`` cells were shown before and stay so."""
        self.truth, self.behind, self.sums = linked.truth, linked.behind, linked.sums
        self.headings = headings_of(self.sums, self.behind)
        self.cells = sorted(at for at in linked.imaginable if at in self.behind or at not in frozen)
        self.number = {at: number for number, at in enumerate(self.cells)}
        self.touched: defaultdict[Coordinates, list[Sum]] = defaultdict(list)
        for one in self.sums:
            for at in (one.whole, *one.parts):
                self.touched[at].append(one)
        self.hidden: set[Coordinates] = set()
        self.drawn = 0
        self.program = self._program(copies=2)
        self.solver = self.program.highs(whole=False)
        self.look = self._program(copies=1).highs(whole=False)

    def hide(self, at: Coordinates) -> None:
        """From now on changing this cell is as good as free."""
        self.hidden.add(at)
        self._set_prices(at)

    def show(self, at: Coordinates) -> None:
        """From now on changing this cell costs again what would be lost with it."""
        self.hidden.discard(at)
        self._set_prices(at)

    def _set_prices(self, at: Coordinates) -> None:
        self._draw(0)
        for column, cost in zip(self._columns(at), self._price(at), strict=True):
            self.program.cost[column] = cost
            self.solver.changeColCost(column, float(cost))

    def quickly_apart(self, at: Coordinates, width: int) -> tuple[Change, Change] | None:
        """The cheapest two tables that are ``width`` apart in this cell; None if they are not in whole numbers."""
        self._draw(0)
        values = self._linear(self._difference(at), width)
        whole = None if values is None else _whole_numbers(values, self.program.high)
        return None if whole is None else self._pair(whole)

    def apart(self, at: Coordinates, width: int) -> tuple[Change, Change] | None:
        """Two tables that are ``width`` apart in this cell, nearly the cheapest; None if there are none at all."""
        terms = self._difference(at)
        tried: list[set[Coordinates]] = []
        for values in self._solutions(terms, width):
            whole = _whole_numbers(values, self.program.high)
            if whole is not None:
                return self._pair(whole)
            tried.append({self.cells[number] for number in np.flatnonzero(np.array(values) > WHOLE) // 4})
        return self._whole(terms, width, tried) if tried else None

    def _solutions(self, terms: Mapping[int, int], width: int) -> Iterator[list[float]]:
        """The cheapest tables, in whole numbers or not: so wide apart, somewhat wider, and nearly as cheap ones."""
        for draw in range(DRAWS):
            self._draw(draw)
            for wider in WIDER:
                values = self._linear(terms, width + wider)
                if values is None:
                    break
                yield values

    def _draw(self, draw: int) -> None:
        """Draw the noise of all prices (0: as it was)."""
        if draw != self.drawn:
            costs = [cost for at in self.cells for cost in self._price(at, draw)]
            self.solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), np.array(costs, dtype=float))
            self.drawn = draw

    def _whole(
        self, terms: Mapping[int, int], width: int, tried: Sequence[set[Coordinates]]
    ) -> tuple[Change, Change] | None:
        """Two whole tables; ``tried`` are the cells that fractional ones change, the cheapest first."""
        for allowed in self._wider(tried):
            program = self.program.copy()
            program.row(terms, width, ANY)
            if allowed is not None:
                program.cost = [0] * len(program.cost)  # any will do
                for at in self.number.keys() - allowed:
                    for column in self._columns(at):
                        program.high[column] = 0
            found = program.best_whole()
            if found is not None:
                return self._pair(np.array(found))
        return None

    def _wider(self, tried: Sequence[set[Coordinates]]) -> Iterator[set[Coordinates] | None]:
        """Where to search: among a few cells it is quick. What the cheapest change, with hidden ones of others, with their
        neighbours, with all hidden ones; None is anywhere.
        """
        free = self.hidden | self.behind
        some = tried[0] | (free & set().union(*tried))
        near = {at for changed in some for one in self.touched[changed] for at in (one.whole, *one.parts)}
        yield from (tried[0], some, some | (free & near), some | free, None)

    def far(self, wanted: Mapping[Coordinates, int], hidden: Collection[Coordinates]) -> Change | None:
        """One table in which only hidden cells are changed, these as far up (1) or down (-1) as they go together.

        None if the optimiser's answer is not in whole numbers: then nothing is learned.
        """
        signs = np.array([wanted.get(at, 0) for at in self.cells])
        free = np.array([at in hidden or at in self.behind for at in self.cells])
        most = np.stack([free * FAR, free * np.array([self.truth[at] for at in self.cells])], axis=1)
        costs = np.stack([1 - 8 * signs, 1 + 8 * signs], axis=1)
        columns = np.arange(costs.size, dtype=np.int32)
        self.look.clearSolver()
        self.look.changeColsCost(columns.size, columns, costs.ravel().astype(float))
        self.look.changeColsBounds(columns.size, columns, np.zeros(columns.size), most.ravel().astype(float))
        run(self.look)
        whole = _whole_numbers(self.look.getSolution().col_value, most.ravel())
        change = self._change(whole, 2, 0) if whole is not None else None
        return change if change is not None and self.holds(change, hidden) else None

    def holds(self, change: Change, hidden: Collection[Coordinates]) -> bool:
        """Whether a reader who knows everything but the hidden cells cannot exclude the truth so changed: exactly."""
        return all(
            (at in hidden or at in self.behind) and self.truth[at] + by >= 0 and self._adds_up(at, change)
            for at, by in change.items()
        )

    def _adds_up(self, at: Coordinates, change: Change) -> bool:
        return all(
            change.get(one.whole, 0) == sum(change.get(part, 0) for part in one.parts) for one in self.touched[at]
        )

    def _pair(self, values: NDArray[np.int64]) -> tuple[Change, Change]:
        """The lower and the upper table of a solution."""
        return self._change(values, 4, 2), self._change(values, 4, 0)

    def _change(self, values: NDArray[np.int64], width: int, first: int) -> Change:
        changes = values[first::width] - values[first + 1 :: width]
        return {self.cells[number]: int(changes[number]) for number in np.flatnonzero(changes)}

    def _program(self, copies: int) -> Program:
        program = Program()
        for at in self.cells:
            for number, cost in enumerate(self._price(at)[: 2 * copies]):
                program.column(0, self.truth[at] if number % 2 else MOST, cost)
        for one in self.sums:
            signed = [
                (2 * copies * self.number[part], sign)
                for part, sign in ((one.whole, -1), *((part, 1) for part in one.parts))
                if part in self.number
            ]
            for copy in range(copies if signed else 0):
                terms = {first + 2 * copy + side: sign * (1 - 2 * side) for first, sign in signed for side in (0, 1)}
                program.row(terms, 0, 0)
        return program

    def _difference(self, at: Coordinates) -> dict[int, int]:
        """How far the two tables are apart in a cell, as the terms of a row."""
        return dict(zip(self._columns(at), (1, -1, -1, 1), strict=True))

    def _columns(self, at: Coordinates) -> tuple[int, int, int, int]:
        """The columns of what is added to and taken from a cell, in the upper and then in the lower table."""
        first = 4 * self.number[at]
        return first, first + 1, first + 2, first + 3

    def _price(self, at: Coordinates, draw: int = 0) -> tuple[int, int, int, int]:
        shown = at not in self.behind and at not in self.hidden
        return price(at, self.truth[at], heading=at in self.headings, shown=shown, draw=draw)

    def _linear(self, terms: Mapping[int, int], width: int) -> list[float] | None:
        import highspy

        columns = np.array(list(terms), dtype=np.int32)
        by = np.array([*terms.values()], dtype=float)
        self.solver.clearSolver()  # each cell is asked from the same start, so that the order of questions is no matter
        self.solver.addRow(float(width), ANY, len(terms), columns, by)
        run(self.solver)
        status, values = self.solver.getModelStatus(), list(self.solver.getSolution().col_value)
        self.solver.deleteRows(1, np.array([self.solver.getNumRow() - 1], dtype=np.int32))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unproven(str(status))
        return values


def _whole_numbers(values: Sequence[float], most: Sequence[float] | NDArray[Any]) -> NDArray[np.int64] | None:
    """The solution or a multiple of it, if that is in whole numbers and within its bounds: what adds up does so then too."""
    found = np.asarray(values)
    for times in TIMES:
        whole: NDArray[np.int64] = np.rint(times * found).astype(np.int64)
        if np.abs(times * found - whole).max(initial=0) < WHOLE and (whole <= most).all():
            return whole
    return None
