"""From a problem to its solution."""

from bureau.rotation.solver.best import Best, OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.explain import explain_gaps
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.relaxations import find_relaxations
from bureau.rotation.solver.score import changes, levels
from bureau.rotation.solver.solution import Solution
from bureau.rotation.solver.stages import ShouldStop, find_best

CONFLICT_SECONDS = 20.0
"""What a minimal conflict may take beyond the time of the search."""
RELAXATION_SECONDS = 3.0
"""What looking for single changes that would help may take beyond that."""


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    explain_seconds: float = 0.0,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    bounds: BoundProcess | None = None,
) -> Solution:
    """The best plan found in the time, judged by our own rules; or a minimal conflict if none.

    With one worker the same seed gives the same plan, unless the clock ends the search.
    `explain_seconds` more are spent on the conflicts behind uncovered minimums.
    """
    facts = Facts(problem)
    found = find_best(
        facts,
        seconds=seconds,
        seed=seed,
        workers=workers,
        on_progress=on_progress,
        should_stop=should_stop,
        bounds=bounds,
    )
    if found.feasible is False:
        return _impossible(facts, seconds=max(seconds, CONFLICT_SECONDS), seed=seed)
    stopped = should_stop is not None and should_stop()
    return _answer(facts, found.best, 0.0 if stopped else explain_seconds)


def _impossible(facts: Facts, *, seconds: float, seed: int) -> Solution:
    """Why there is no plan, and what would make one possible."""
    conflict = find_conflict(facts, seconds=seconds, seed=seed) or ()
    relaxations = find_relaxations(facts, conflict, seconds=RELAXATION_SECONDS, seed=seed)
    return Solution(instance=facts.problem.id, status="infeasible", conflict=conflict, relaxations=relaxations)


def _answer(facts: Facts, best: Best, explain_seconds: float) -> Solution:
    problem, plan = facts.problem, best.plan
    if plan is None:
        return Solution(instance=problem.id, status="unknown", bound=best.bound)
    return Solution(
        instance=problem.id,
        status="optimal" if best.proven else "feasible",
        assignments=plan,
        bound=best.bound,
        total=best.total,
        terms=best.terms,
        explanations=explain_gaps(facts, plan, seconds=explain_seconds),
        report={
            "seconds": round(best.seconds, 2),
            "levels": levels(problem, best.terms),
            "changes": changes(facts, plan),
        },
    )
