"""Small linear and integer programs, solved the same way on every machine: one thread, one seed, whole answers checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import highspy

SECONDS = 60.0
ANY = inf


class Unproven(RuntimeError):
    """The optimiser did not come to an end, so that nothing may be published on its word."""


@dataclass(slots=True)
class Program:
    """Columns with bounds and whole costs, rows with bounds; columns and rows are numbered as they are added."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    rows: list[tuple[Mapping[int, int], float, float]] = field(default_factory=list)

    def column(self, low: float, high: float, cost: int = 0) -> int:
        """Add a column; its number."""
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)
        return len(self.low) - 1

    def row(self, terms: Mapping[int, int], low: float, high: float) -> None:
        """Add a row: the terms come to something between the two."""
        self.rows.append((terms, low, high))

    def highs(self, *, whole: bool) -> "highspy.Highs":
        """A silent solver holding the program."""
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.low), len(self.rows)
        model.col_cost_ = np.array(self.cost, dtype=float)
        model.col_lower_, model.col_upper_ = np.array(self.low, dtype=float), np.array(self.high, dtype=float)
        model.row_lower_ = np.array([low for _, low, _ in self.rows], dtype=float)
        model.row_upper_ = np.array([high for _, _, high in self.rows], dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(terms) for terms, _, _ in self.rows]
        model.a_matrix_.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        model.a_matrix_.index_ = np.array([column for terms, _, _ in self.rows for column in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([by for terms, _, _ in self.rows for by in terms.values()], dtype=float)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.low)
        solver = highspy.Highs()
        _set(solver, output_flag=False, threads=1, random_seed=1, time_limit=SECONDS)
        if whole:
            # Costs are whole numbers: a plan less than one from the bound is the best.
            _set(solver, mip_rel_gap=0.0, mip_abs_gap=0.5, mip_feasibility_tolerance=1e-9)
        else:
            _set(solver, presolve="off")  # a few steps from a known start are quicker than looking at everything first
        solver.passModel(model)
        return solver

    def best_whole(self) -> list[int] | None:
        """The cheapest whole numbers, exactly checked; None if there are none at all."""
        import highspy

        if not self.low:
            return []
        solver = self.highs(whole=True)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unproven(str(status))
        found = [round(value) for value in solver.getSolution().col_value]
        if not self.holds(found):
            raise Unproven("the optimiser's answer does not hold in whole numbers")
        return found

    def holds(self, values: Sequence[int]) -> bool:
        """Whether whole values keep to every bound and row, without any tolerance."""
        columns = all(low <= value <= high for low, value, high in zip(self.low, values, self.high, strict=True))
        return columns and all(
            low <= sum(by * values[column] for column, by in terms.items()) <= high for terms, low, high in self.rows
        )

    def costs(self) -> dict[int, int]:
        """The costs as the terms of a row."""
        return {column: cost for column, cost in enumerate(self.cost) if cost}

    def copy(self) -> "Program":
        """Another program that can grow by itself."""
        return replace(self, low=[*self.low], high=[*self.high], cost=[*self.cost], rows=[*self.rows])

    def price(self, values: Iterable[int]) -> int:
        """What whole values cost."""
        return sum(cost * value for cost, value in zip(self.cost, values, strict=True))


def run(solver: "highspy.Highs") -> None:
    """Solve once more, for ``SECONDS`` at most: the solver's own clock counts all its runs together."""
    _set(solver, time_limit=solver.getRunTime() + SECONDS)
    solver.run()


def _set(solver: "highspy.Highs", /, **options: bool | float | str) -> None:
    """Set options; a name or value that the solver does not know is a mistake here."""
    import highspy

    for name, value in options.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(name)
