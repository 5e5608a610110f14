"""HiGHS on a program: its prices, its bound and its plans; only ever in a process of its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from bureau.rotation.solver.bound.program import Floats, Program

SIMPLEX_MOST_COLUMNS = 15_000
"""Up to here the dual simplex is exact and quick; above, a first-order method is near in a tenth of the time."""
TOLERANCES = (1e-2, 1e-3, 1e-4)
"""How near the first-order method comes, in turn; each starts from the one before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A solution of the linear program, or one near: the prices of its rows and its columns' values."""

    prices: Floats
    values: Floats


def loaded(program: Program, *, whole: bool = False) -> highspy.Highs:
    """A silent solver on one thread with the program, in whole numbers if asked for."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.width, program.height
    model.col_cost_, model.offset_ = program.cost, program.constant
    model.col_lower_, model.col_upper_ = np.zeros(program.width), program.upper
    model.row_lower_, model.row_upper_ = program.low, program.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.starts
    model.a_matrix_.index_ = program.columns
    model.a_matrix_.value_ = program.values
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * program.width
    solver = highspy.Highs()
    _set(solver, output_flag=False, threads=1, mip_rel_gap=0.0)
    solver.passModel(model)
    return solver


def solve_linear(program: Program, seconds: float, on_point: Callable[[Point], None]) -> None:
    """Tell prices of the rows nearer and nearer to the linear optimum, until it or the time ends."""
    solver, clock = loaded(program), time.monotonic
    deadline = clock() + seconds
    exact = program.width <= SIMPLEX_MOST_COLUMNS
    _set(solver, solver="simplex" if exact else "pdlp")
    for tolerance in (None,) if exact else TOLERANCES:
        left = deadline - clock()
        if left <= 0:
            return
        # HiGHS counts the time of all runs together.
        _set(solver, time_limit=solver.getRunTime() + left)
        if tolerance is not None:
            _set(solver, kkt_tolerance=tolerance)
        solver.run()
        found = solver.getSolution()
        if found.dual_valid:
            on_point(Point(prices=np.asarray(found.row_dual), values=np.asarray(found.col_value)))


def solve_whole(
    program: Program,
    seconds: float,
    on_bound: Callable[[float], None],
    on_solution: Callable[[Floats], None],
    start: Floats | None,
) -> None:
    """Branch and cut in the time given; bounds and solutions are told as they come.

    `start`: values of the first columns in a solution already known.
    """
    solver = loaded(program, whole=True)
    if start is not None:
        solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    _set(solver, time_limit=seconds)

    def improved(event: highspy.HighsCallbackEvent) -> None:
        on_solution(np.asarray(event.data_out.mip_solution, dtype=np.float64))

    def going_on(event: highspy.HighsCallbackEvent) -> None:
        on_bound(event.data_out.mip_dual_bound)

    solver.cbMipImprovingSolution += improved
    solver.cbMipLogging += going_on
    solver.cbMipInterrupt += going_on
    solver.run()
    on_bound(solver.getInfo().mip_dual_bound)


def _set(solver: highspy.Highs, /, **options: bool | float | str) -> None:
    """Set options; a name or value that the solver does not know is a mistake here."""
    for name, value in options.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(name)
