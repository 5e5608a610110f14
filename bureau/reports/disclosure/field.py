"""All linked cells of one measure, of a year's earlier releases and the new one, and what a reader can imagine there."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from bureau.reports.disclosure.linked import Linked
from bureau.reports.disclosure.program import ANY, Program, Unproven
from bureau.reports.domain.cells import Coordinates

Change = Mapping[Coordinates, int]
"""What is different from the truth in a table that a reader cannot tell from it; cells that are the same are left out."""

MOST = 1_000_000
WHOLE = 1e-6
EMPTY = 12
"""What would be lost with a zero that is hidden, in people: nothing is told by it, but few would believe it is not one."""
NOISE, UNSEEN, SEEN = 100, 100, 20_000
"""What it costs to change a cell by one: next to nothing where it is hidden; where it is still to be shown, as much as
would be lost with it. The noise lets the cheapest way be the only one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tables that a reader cannot tell from the truth, far enough apart in one cell."""

    low: Change
    high: Change


class Field:
    """The linear system of one measure: for one cell after another, the cheapest two tables that leave it open."""

    def __init__(self, linked: Linked, frozen: Collection[Coordinates]) -> None:
        """``frozen`` cells were shown before and stay so."""
        self.truth, self.behind, self.sums = linked.truth, linked.behind, linked.sums
        open_ = (at for at in linked.imaginable if at in self.behind or at not in frozen)
        self.cells = sorted(open_)
        self.number = {at: number for number, at in enumerate(self.cells)}
        self.program = self._program()
        self.solver = self.program.highs(whole=False)

    def hide(self, at: Coordinates) -> None:
        """From now on changing this cell is as good as free."""
        for column, cost in self._prices(at, shown=False):
            self.program.cost[column] = cost
            self.solver.changeColCost(column, float(cost))

    def apart(self, at: Coordinates, width: int) -> Pair | None:
        """The cheapest two tables that are ``width`` apart in this cell; None if there are none at all."""
        up, down = self._columns(at, 0), self._columns(at, 1)
        terms = {up[0]: 1, up[1]: -1, down[0]: -1, down[1]: 1}
        values = self._linear(terms, width)
        if values is None:
            return None
        whole = [round(value) for value in values]
        if max(abs(value - near) for value, near in zip(values, whole, strict=True)) > WHOLE:
            program = self.program.copy()
            program.row(terms, width, ANY)
            found = program.best_whole()
            if found is None:
                return None
            whole = found
        return Pair(self._change(whole, 1), self._change(whole, 0))

    def holds(self, change: Change, hidden: Collection[Coordinates]) -> bool:
        """Whether a reader who knows everything but the hidden cells cannot exclude the truth so changed: exactly."""
        free = all(at in hidden or at in self.behind for at in change)
        return (
            free
            and all(self.truth[at] + by >= 0 for at, by in change.items())
            and all(change.get(one.whole, 0) == sum(change.get(part, 0) for part in one.parts) for one in self.sums)
        )

    def _change(self, values: Sequence[int], copy: int) -> Change:
        found = {}
        for at in self.cells:
            plus, minus = self._columns(at, copy)
            if values[plus] != values[minus]:
                found[at] = values[plus] - values[minus]
        return found

    def _program(self) -> Program:
        program = Program()
        for at in self.cells:
            for number, (_, cost) in enumerate(self._prices(at, shown=at not in self.behind)):
                program.column(0, self.truth[at] if number % 2 else MOST, cost)
        for one in self.sums:
            for copy in (0, 1):
                terms = {}
                for part, sign in ((one.whole, -1), *((part, 1) for part in one.parts)):
                    if part in self.number:
                        plus, minus = self._columns(part, copy)
                        terms[plus], terms[minus] = sign, -sign
                if terms:
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
        return [
            (column, base + int.from_bytes(drawn[2 * place : 2 * place + 2], "big") % NOISE)
            for place, column in enumerate(columns)
        ]

    def _linear(self, terms: Mapping[int, int], width: int) -> list[float] | None:
        columns = np.array(list(terms), dtype=np.int32)
        self.solver.clearSolver()
        self.solver.addRow(float(width), ANY, len(terms), columns, np.array([*terms.values()], dtype=float))
        self.solver.run()
        status, values = self.solver.getModelStatus(), list(self.solver.getSolution().col_value)
        self.solver.deleteRows(1, np.array([self.solver.getNumRow() - 1], dtype=np.int32))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unproven(str(status))
        return values
