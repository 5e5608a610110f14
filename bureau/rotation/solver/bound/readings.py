"""Between the columns of the relaxation and the team, block and services that they mean."""

from math import ceil
from typing import Any

from bureau.rotation.solver.bound.duals import lagrangian, reduced_costs, usable
from bureau.rotation.solver.bound.program import Floats
from bureau.rotation.solver.bound.relaxation import Relaxation

LEAST_VALUE = 0.02
"""A column of which the linear optimum takes less is not taken."""
MOST_DEAR = 50_000

Row = list[Any]
"""Team, block, and what the function says."""


def values_of(relaxed: Relaxation, values: Floats) -> list[Row]:
    """Team, block, services and value, of each column that the linear optimum takes in part."""
    return [
        [shift.team.id, shift.block.id, sorted(services), round(float(values[column]), 2)]
        for shift in relaxed.shifts
        for column, services in zip(shift.columns, shift.services, strict=True)
        if values[column] >= LEAST_VALUE
    ]


def least_totals(relaxed: Relaxation, prices: Floats) -> list[Row]:
    """Team, block and total: no plan with that shift has a lower total; the dearest ones."""
    program = relaxed.program
    prices = usable(program, prices)
    bound, reduced = lagrangian(program, prices), reduced_costs(program, prices)
    dear = [
        (ceil(bound + max(0.0, float(reduced[shift.columns.start : shift.columns.stop].min()))), shift)
        for shift in relaxed.shifts
        if shift.columns
    ]
    dear.sort(key=lambda pair: (-pair[0], pair[1].columns.start))
    return [[shift.team.id, shift.block.id, least] for least, shift in dear[:MOST_DEAR] if least > ceil(bound)]


def plan_of(relaxed: Relaxation, solution: Floats) -> list[Row]:
    """Team, block and services of each shift that a solution in whole numbers holds."""
    return [
        [shift.team.id, shift.block.id, sorted(services)]
        for shift in relaxed.shifts
        for column, services in zip(shift.columns, shift.services, strict=True)
        if solution[column]
    ]
