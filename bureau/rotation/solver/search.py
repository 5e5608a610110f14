"""The search for the best plan: forced part, greedy plan, then CP-SAT until the time is over."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Event, Thread
from typing import TYPE_CHECKING

from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.core import Core, find_core
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.greedy import extend
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import enough_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.model.objective import Objective
from bureau.rotation.solver.plan import Plan, make_plan
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.score import changes, levels, score, total
from bureau.rotation.solver.solution import Progress, Solution, Status

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_PAIRS = 60_000
"""Beyond so many candidates a first model would not fit in the time or the memory there is."""
STOP_EVERY_SECONDS = 0.1

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


class BrokenPlan(Exception):
    """A plan of our own that our own judge refuses: a mistake in the solver, never shown as a plan."""


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Solution:
    """The best plan found in the time, judged by our own rules, or a minimal conflict.

    With one worker the same seed gives the same plan unless the clock ends the search.
    """
    search = _Search(
        facts=Facts(problem),
        deadline=time.monotonic() + seconds,
        seconds=seconds,
        seed=seed,
        workers=workers,
        on_progress=on_progress or (lambda progress: None),
        should_stop=should_stop or (lambda: False),
    )
    return search.run()


@dataclass(kw_only=True)
class _Search:
    """One run: its limits, and the best plan so far."""

    facts: Facts
    deadline: float
    seconds: float
    seed: int
    workers: int
    on_progress: OnProgress
    should_stop: ShouldStop
    best: Plan | None = None
    best_total: int = 0
    bound: int | None = None
    status: Status = "unknown"
    proven: bool = field(default=False)

    def run(self) -> Solution:
        core = find_core(self.facts, seconds=max(0.1, self.left()), seed=self.seed)
        if core.feasible is False:
            return self._infeasible()
        pairs = self.facts.candidates(self.facts.problem.blocks)
        if core.feasible:
            self._start(core, pairs)
        if len(pairs) <= MOST_PAIRS and not self.over():
            self._improve(pairs)
        return self._answer()

    def left(self) -> float:
        return self.deadline - time.monotonic()

    def over(self) -> bool:
        return self.left() <= 0 or self.should_stop()

    def _start(self, core: Core, pairs: "list") -> None:
        draft = Draft(self.facts)
        for (team, block), services in core.held.items():
            draft.add(self.facts.teams[team], self.facts.blocks[block], services)
        extend(draft, pairs, self.over)
        self.keep(make_plan(self.facts, draft.held))

    def keep(self, plan: Plan) -> None:
        """Remember a plan if it is the best so far, and tell."""
        terms = score(self.facts, plan)
        now = total(self.facts.problem, terms)
        if self.best is None or now < self.best_total:
            self.best, self.best_total = plan, now
        self.tell(terms)
