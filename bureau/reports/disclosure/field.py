"""All linked cells of one measure, of a year's earlier releases and the new one, and what a reader can imagine there."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bureau.reports.disclosure.linked import Linked
from bureau.reports.disclosure.program import ANY, Program, Unproven
from bureau.reports.domain.cells import Coordinates

if TYPE_CHECKING:
    from bureau.reports.disclosure.sums import Sum

Change = Mapping[Coordinates, int]
"""What is different from the truth in a table that a reader cannot tell from it; cells that are the same are left out."""

MOST, FAR = 1_000_000, 25
WHOLE = 1e-6
WIDER = (0, 1, 2, 3, 5, 7)
"""The cheapest tables are mostly in whole numbers; where they are not, a little further apart they often are."""
UNSEEN, SEEN, NOISE = 16, 20_000, 16
"""What it costs to change a cell by one: next to nothing where it is hidden; where it is still to be shown, as much as
would be lost with it. The noise lets the cheapest way be the only one."""
EMPTY = 3
"""What would be lost with a zero that is hidden, in people: nothing is told by it, but few would believe it is not one."""


class Field:
    """The linear system of one measure: for one cell after another, the cheapest two tables that leave it open."""

    def __init__(self, linked: Linked, frozen: Collection[Coordinates]) -> None:
        """``frozen`` cells were shown before and stay so."""
        self.truth, self.behind, self.sums = linked.truth, linked.behind, linked.sums
        self.cells = sorted(at for at in linked.imaginable if at in self.behind or at not in frozen)
        self.number = {at: number for number, at in enumerate(self.cells)}
        self.touched: defaultdict[Coordinates, list[Sum]] = defaultdict(list)
        for one in self.sums:
            for at in (one.whole, *one.parts):
                self.touched[at].append(one)
        self.program = self._program(copies=2)
        self.solver = self.program.highs(whole=False)
        self.look = self._program(copies=1)

    def hide(self, at: Coordinates) -> None:
        """From now on changing this cell is as good as free."""
        for column, cost in self._prices(at, shown=False):
            self.program.cost[column] = cost
            self.solver.changeColCost(column, float(cost))

    def apart(self, at: Coordinates, width: int) -> tuple[Change, Change] | None:
        """The cheapest two tables that are ``width`` apart in this cell; None if there are none at all."""
        up, down = self._columns(at, 0), self._columns(at, 1)
        terms = {up[0]: 1, up[1]: -1, down[0]: -1, down[1]: 1}
        first: list[float] | None = None
        for wider in WIDER:
            values = self._linear(terms, width + wider)
            first = first or values
            if values is None:
                break
            whole = [round(value) for value in values]
            if max(abs(value - near) for value, near in zip(values, whole, strict=True)) < WHOLE:
                return self._change(whole, 4, 2), self._change(whole, 4, 0)
        return None if first is None else self._whole(terms, width, first)

    def _whole(self, terms: Mapping[int, int], width: int, values: Sequence[float]) -> tuple[Change, Change] | None:
        """Two whole tables: in the cells that fractional ones change, else in the hidden ones too, else in any."""
        used = [max(values[first : first + 4]) > WHOLE for first in range(0, len(values), 4)]
        for widest in (0, SEEN - 1, None):
            program = self.program.copy()
            program.row(terms, width, ANY)
            for column, cost in enumerate(program.cost):
                if widest is not None:
                    program.cost[column] = 0  # any will do
                    if cost > widest and not used[column // 4]:
                        program.high[column] = 0
            found = program.best_whole()
            if found is not None:
                return self._change(found, 4, 2), self._change(found, 4, 0)
        return None

    def far(self, wanted: Mapping[Coordinates, int], hidden: Collection[Coordinates]) -> Change | None:
        """One table in which only hidden cells are changed, these as far up (1) or down (-1) as they go together.

        None if the optimiser's answer is not in whole numbers: then nothing is learned.
        """
        for at, number in self.number.items():
            plus, minus = 2 * number, 2 * number + 1
            free = at in hidden or at in self.behind
            self.look.high[plus], self.look.high[minus] = (FAR, self.truth[at]) if free else (0, 0)
            self.look.cost[plus], self.look.cost[minus] = 1 - 8 * wanted.get(at, 0), 1 + 8 * wanted.get(at, 0)
        solver = self.look.highs(whole=False)
        solver.run()
        change = self._change([round(value) for value in solver.getSolution().col_value], 2, 0)
        return change if self.holds(change, hidden) else None

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

    def _change(self, values: Sequence[int], width: int, first: int) -> Change:
        found = {}
        for number, at in enumerate(self.cells):
            by = values[width * number + first] - values[width * number + first + 1]
            if by:
                found[at] = by
        return found

    def _program(self, copies: int) -> Program:
        program = Program()
        for at in self.cells:
            for number, (_, cost) in enumerate(self._prices(at, shown=at not in self.behind)[: 2 * copies]):
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

    def _columns(self, at: Coordinates, copy: int) -> tuple[int, int]:
        """The columns of what is added to and taken from a cell, in the upper (0) or the lower (1) table."""
        first = 4 * self.number[at] + 2 * copy
        return first, first + 1

    def _prices(self, at: Coordinates, *, shown: bool) -> list[tuple[int, int]]:
        """What the four columns of a cell cost; a little noise of its own makes the cheapest tables the only ones."""
        drawn = hashlib.sha256("\x1f".join(at).encode()).digest()
        columns = (*self._columns(at, 0), *self._columns(at, 1))
        base = SEEN * (self.truth[at] + 2 if self.truth[at] else EMPTY) if shown else UNSEEN
        noise = NOISE * (64 if shown else 1)
        return [
            (column, base + int.from_bytes(drawn[2 * place : 2 * place + 2], "big") % noise)
            for place, column in enumerate(columns)
        ]

    def _linear(self, terms: Mapping[int, int], width: int) -> list[float] | None:
        import highspy

        columns = np.array(list(terms), dtype=np.int32)
        by = np.array([*terms.values()], dtype=float)
        self.solver.clearSolver()  # each cell is asked from the same start, so that the order of questions is no matter
        self.solver.addRow(float(width), ANY, len(terms), columns, by)
        self.solver.run()
        status, values = self.solver.getModelStatus(), list(self.solver.getSolution().col_value)
        self.solver.deleteRows(1, np.array([self.solver.getNumRow() - 1], dtype=np.int32))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unproven(str(status))
        return values
