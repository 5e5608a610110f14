"""The tightest interval of counts that hang together, by linear and integer programs; and points that prove them wide.

A point is a whole-numbered solution, checked here in exact arithmetic: that a count can be that small or that large rests
on no solver's tolerance. Few points settle most counts at once; for those left a point is looked for near one that was
found, and only where there is none is a count driven to both ends.
"""

from collections.abc import Sequence
from math import ceil, floor, inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bureau.reports.audit.narrowing import Contradiction

if TYPE_CHECKING:
    import highspy

Sums = Sequence[tuple[int, tuple[int, ...]]]

NEARLY = 1e-6
ENDLESS = 1_000_000.0
"""What stands for a count without an upper end."""
SECONDS_EACH = 10.0
"""An integer program that needs longer leaves its count unproven."""


class Space:
    """All solutions for some counts: columns 0 … n - 1 between their bounds, with sums `whole = parts + constant`."""

    def __init__(self, low: Sequence[float], high: Sequence[float], sums: Sequence[tuple[dict[int, int], int]]) -> None:

        self.least, self.most = np.full(len(low), inf), np.full(len(low), -inf)
        self._low, self._high = np.array(low), np.minimum(np.array(high), ENDLESS)
        self._starts = np.cumsum([0, *(len(row) for row, _ in sums)])
        self._columns = np.array([column for row, _ in sums for column in row], dtype=np.int32)
        self._values = np.array([value for row, _ in sums for value in row.values()], dtype=np.float64)
        self._right = np.array([right for _, right in sums], dtype=np.float64)
        self._programs: dict[bool, highspy.Highs] = {}
        self._points: list[NDArray[np.float64]] = []

    def look(self, cost: NDArray[np.float64]) -> bool:
        """Try a point where the cost is low, in whole numbers if need be; whether one was found."""
        return self._run(cost, whole=False) is not None and (self._point(whole=False) or self._whole_point(cost))

    def reach(self, column: int, sign: int, enough: float) -> None:
        """Try a point where a count is as small (sign 1) or as large (-1) as is enough, near a point that was found.

        Only that may differ in which the best fractional solution does: there one is found much sooner than among all.
        """
        cost = self._of(column, sign)
        best = self._run(cost, whole=False)
        if best is None or self._point(whole=False) or not self._points:
            return
        if self._seen(column, sign) == self._inwards(best, sign):
            return
        values = np.asarray(self._programs[False].getSolution().col_value)
        same, point = max(
            ((np.abs(values - one) < NEARLY, one) for one in self._points), key=lambda pair: int(pair[0].sum())
        )
        self._bound(np.where(same, point, self._low), np.where(same, point, self._high))
        try:
            self._run(cost, whole=True, enough=sign * enough)
            self._point(whole=True)
        except Contradiction:
            return  # there is none nearby, which says nothing of those further away
        finally:
            self._bound(self._low, self._high)

    def end(self, column: int, sign: int) -> tuple[float, bool]:
        """The smallest (sign 1) or largest (-1) value of a count that agrees with everything, and whether that is proven."""
        cost = self._of(column, sign)
        found = self._run(cost, whole=False)
        if found is None:
            raise Contradiction
        if not self._point(whole=False) and self._seen(column, sign) != self._inwards(found, sign):
            found = self._run(cost, whole=True)
            self._point(whole=True)
        if found is None:
            return (self._low if sign > 0 else self._high)[column], False
        return self._inwards(found, sign), True

    def _of(self, column: int, sign: int) -> NDArray[np.float64]:
        """The costs with which one count is made small or large."""
        cost = np.zeros(len(self._low))
        cost[column] = sign
        return cost

    def _bound(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
        """The bounds of the integer program."""
        columns = np.arange(len(low), dtype=np.int32)
        self._program(whole=True).changeColsBounds(len(low), columns, low, high)

    def _inwards(self, found: float, sign: int) -> float:
        return float(ceil(found - NEARLY)) if sign > 0 else float(floor(-found + NEARLY))

    def _seen(self, column: int, sign: int) -> float:
        return float((self.least if sign > 0 else self.most)[column])

    def _whole_point(self, cost: NDArray[np.float64]) -> bool:
        self._run(cost, whole=True)
        return self._point(whole=True)

    def _run(self, cost: NDArray[np.float64], *, whole: bool, enough: float = -inf) -> float | None:
        """The least cost, or in whole numbers one that is enough; None where it was not proven in time."""
        import highspy

        program = self._program(whole=whole)
        program.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        if whole:
            _set(program, time_limit=program.getRunTime() + SECONDS_EACH, objective_target=enough)
        program.run()
        status = program.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        return (
            float(program.getInfo().objective_function_value) if status == highspy.HighsModelStatus.kOptimal else None
        )

    def _point(self, *, whole: bool) -> bool:
        """Take the last solution as a point if it is one: whole, within the bounds, every sum exactly right."""
        values = np.asarray(self._programs[whole].getSolution().col_value)
        if len(values) != len(self._low):
            return False
        point = np.rint(values)
        if np.abs(values - point).max() > NEARLY or (point < self._low).any() or (point > self._high).any():
            return False
        totals = np.add.reduceat(point[self._columns] * self._values, self._starts[:-1])
        if (totals != self._right).any():
            return False
        self._points.append(point)
        np.minimum(self.least, point, out=self.least)
        np.maximum(self.most, point, out=self.most)
        return True

    def _program(self, *, whole: bool) -> "highspy.Highs":
        if whole not in self._programs:
            self._programs[whole] = self._loaded(whole=whole)
        return self._programs[whole]

    def _loaded(self, *, whole: bool) -> "highspy.Highs":
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._low), len(self._right)
        model.col_cost_ = np.zeros(len(self._low))
        model.col_lower_, model.col_upper_ = self._low, self._high
        model.row_lower_ = model.row_upper_ = self._right
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self._starts.astype(np.int32)
        model.a_matrix_.index_, model.a_matrix_.value_ = self._columns, self._values
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self._low)
        solver = highspy.Highs()
        _set(solver, output_flag=False, threads=1, random_seed=1)
        if whole:
            _set(solver, mip_rel_gap=0.0, mip_abs_gap=0.5)
        else:
            _set(solver, solver="simplex")
        solver.passModel(model)
        return solver


def space_of(columns: Sequence[int], low: Sequence[float], high: Sequence[float], sums: Sums) -> Space:
    """The space of these counts, numbered as they stand in `columns`; all others in the sums are settled."""
    number = {one: at for at, one in enumerate(columns)}
    rows = []
    for whole, parts in sums:
        row, right = dict[int, int](), 0
        for one, sign in ((whole, -1), *((part, 1) for part in parts)):
            if one in number:
                row[number[one]] = row.get(number[one], 0) + sign
            else:
                right -= sign * int(low[one])
        rows.append((row, right))
    return Space([low[one] for one in columns], [high[one] for one in columns], rows)


def _set(solver: "highspy.Highs", /, **options: bool | float | str) -> None:
    """Set options; a name or value that the solver does not know is a mistake here."""
    import highspy

    for name, value in options.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(name)
