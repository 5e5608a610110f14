"""Better and better proven bounds of one month, told as they come."""

import time
from collections.abc import Callable
from dataclasses import replace
from math import ceil, isfinite
from typing import Any

import numpy as np

from bureau.rotation.solver.bound.duals import whole_bound, without_dear_columns
from bureau.rotation.solver.bound.highs import Point, solve_linear, solve_whole
from bureau.rotation.solver.bound.program import Floats, Program
from bureau.rotation.solver.bound.readings import LEAST_VALUE, least_totals, plan_of, values_of
from bureau.rotation.solver.bound.relaxation import Relaxation, relaxation
from bureau.rotation.solver.facts import Facts

Message = dict[str, Any]
Say = Callable[[Message], None]

KERNEL_LEAST_COLUMNS = 5_000
KERNEL_SHARE = 0.6
WHOLE_MOST_COLUMNS = 60_000
"""Above, branch and cut does not come to its first cut in the time there is."""
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
    point = _linear(relaxed, bounds, seconds)
    if point is not None and relaxed.program.width <= WHOLE_MOST_COLUMNS:
        _whole(relaxed, bounds, seconds, point)


def _linear(relaxed: Relaxation, bounds: Bounds, seconds: float) -> Point | None:
    """The last point of the linear program."""
    last: Point | None = None

    def on_point(point: Point) -> None:
        nonlocal last
        last = point
        bounds.tell(whole_bound(relaxed.program, point.prices), "lp")

    solve_linear(relaxed.program, seconds - bounds.seconds, on_point)
    if last is not None:
        bounds.say({"values": values_of(relaxed, last.values)})
        bounds.say({"least": least_totals(relaxed, last.prices)})
    return last


def _whole(relaxed: Relaxation, bounds: Bounds, seconds: float, point: Point) -> None:
    """Branch and cut; where it is long, a plan first, from what the linear optimum takes."""
    program = relaxed.program
    start: Floats | None = None
    total: float | None = None

    def on_solution(solution: Floats) -> None:
        nonlocal start, total
        cost = relaxed.program.constant + float(relaxed.program.cost @ solution)
        if total is None or cost < total:
            start, total = np.rint(solution[: relaxed.width]), cost
            bounds.say({"plan": plan_of(relaxed, start)})

    def on_bound(bound: float) -> None:
        if isfinite(bound):
            bounds.tell(ceil(bound - WHOLE_SLACK), "mip")

    if program.width > KERNEL_LEAST_COLUMNS:
        share = KERNEL_SHARE * (seconds - bounds.seconds)
        solve_whole(_kernel(relaxed, point), share, _unheard, on_solution, start)
    if total is not None:
        program = without_dear_columns(program, point.prices, total)
    solve_whole(program, seconds - bounds.seconds, on_bound, on_solution, start)


def _unheard(bound: float) -> None:
    """A bound of a part of the plans says nothing about all."""
    del bound


def _kernel(relaxed: Relaxation, point: Point) -> Program:
    """The program with only those shifts that the linear optimum takes."""
    taken = point.values[: relaxed.width] >= LEAST_VALUE
    upper = relaxed.program.upper.copy()
    upper[: relaxed.width][~taken] = 0.0
    return replace(relaxed.program, upper=upper)
