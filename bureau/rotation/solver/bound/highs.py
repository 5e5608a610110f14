"""HiGHS on a program: its prices, its bound and its plans; only ever in a process of its own."""

from collections.abc import Callable

import highspy
import numpy as np

from bureau.rotation.solver.bound.program import Floats, Program

SIMPLEX_MOST_COLUMNS = 15_000
"""Up to here the dual simplex is as quick as the interior point, and leaves a basis."""


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


def solve_linear(program: Program, seconds: float) -> Floats | None:
    """The prices of the rows at the linear optimum, or as near as the time allows; None if there are none."""
    solver = loaded(program)
    interior = program.width > SIMPLEX_MOST_COLUMNS
    _set(solver, time_limit=seconds, solver="ipm" if interior else "simplex", run_crossover="off")
    solver.run()
    prices = np.asarray(solver.getSolution().row_dual, dtype=np.float64)
    return prices if len(prices) == program.height else None


def solve_whole(
    program: Program,
    seconds: float,
    on_bound: Callable[[float], None],
    on_solution: Callable[[Floats], None],
) -> None:
    """Branch and cut in the time given; bounds and solutions are told as they come."""
    solver = loaded(program, whole=True)
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
