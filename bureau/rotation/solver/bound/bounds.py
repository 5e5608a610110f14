"""Better and better proven bounds of one month, told as they come."""

import time
from collections.abc import Callable
from math import ceil, isfinite

import numpy as np

from bureau.rotation.solver.bound.duals import whole_bound
from bureau.rotation.solver.bound.highs import solve_linear, solve_whole
from bureau.rotation.solver.bound.program import Floats
from bureau.rotation.solver.bound.relaxation import Relaxation, relaxation
from bureau.rotation.solver.facts import Facts

Message = dict[str, object]
Say = Callable[[Message], None]

WHOLE_SLACK = 1e-3
"""Branch and cut works with tolerances near 1e-6; totals are whole."""


class Bounds:
    """The best bound so far; each better one is said, with the seconds since the start."""

    def __init__(self, say: Say) -> None:
        self.best: int | None = None
        self._say = say
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the work has taken."""
        return time.monotonic() - self._started

    def tell(self, bound: int | None, by: str) -> None:
        """Say a bound if it is better than all before."""
        if bound is not None and (self.best is None or bound > self.best):
            self.best = bound
            self.say({"bound": bound, "by": by})

    def say(self, message: Message) -> None:
        """Say something found."""
        self._say({"seconds": round(self.seconds, 2), **message})


def find_bounds(facts: Facts, *, seconds: float, say: Say) -> None:
    """Say better and better bounds until the time is over or the best plan is proven."""
    bounds = Bounds(say)
    relaxed = relaxation(facts)
    bounds.tell(relaxed.easy, "unavoidable")
    prices = solve_linear(relaxed.program, seconds - bounds.seconds)
    if prices is not None:
        bounds.tell(whole_bound(relaxed.program, prices), "lp")
    if seconds > bounds.seconds:
        _branch_and_cut(relaxed, bounds, seconds)


def _branch_and_cut(relaxed: Relaxation, bounds: Bounds, seconds: float) -> None:
    def on_bound(bound: float) -> None:
        if isfinite(bound):
            bounds.tell(ceil(bound - WHOLE_SLACK), "mip")

    def on_solution(solution: Floats) -> None:
        bounds.say({"plan": plan_of(relaxed, solution)})

    solve_whole(relaxed.program, seconds - bounds.seconds, on_bound, on_solution)


def plan_of(relaxed: Relaxation, solution: Floats) -> list[list[object]]:
    """Team, block and services of each shift that a solution in whole numbers holds."""
    return [
        [shift.team.id, shift.block.id, sorted(services)]
        for shift in relaxed.shifts
        for column, services in zip(shift.columns, shift.services, strict=True)
        if np.rint(solution[column])
    ]
