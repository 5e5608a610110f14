"""From a problem to its solution."""

from bureau.rotation.solver.best import OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.explain import explain_gaps
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.plan import make_plan
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.relaxations import find_relaxations
from bureau.rotation.solver.repair import Repair, in_force
from bureau.rotation.solver.score import changes, levels, score
from bureau.rotation.solver.solution import Solution
from bureau.rotation.solver.stages import Found, ShouldStop, find_best

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
    everywhere: bool = False,
    effort: float | None = None,
) -> Solution:
    """The best plan found in the time, judged by our own rules; or a minimal conflict if none.

    With an effort (deterministic time, about seconds of one quiet processor) the same seed gives the same
    plan, unless the seconds end first. Re-planning changes only the weeks in which the plan in force
    broke, unless `everywhere`.
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
        everywhere=everywhere,
        effort=effort,
    )
    if found.feasible is False:
        return _impossible(facts, seconds=max(seconds, CONFLICT_SECONDS), seed=seed)
    stopped = should_stop is not None and should_stop()
    return _answer(facts, found, 0.0 if stopped else explain_seconds)


def _impossible(facts: Facts, *, seconds: float, seed: int) -> Solution:
    """Why there is no plan, and what would make one possible."""
    conflict = find_conflict(facts, seconds=seconds, seed=seed) or ()
    relaxations = find_relaxations(facts, conflict, seconds=RELAXATION_SECONDS, seed=seed)
    return Solution(instance=facts.problem.id, status="infeasible", conflict=conflict, relaxations=relaxations)


def _answer(facts: Facts, found: Found, explain_seconds: float) -> Solution:
    problem, best, plan = facts.problem, found.best, found.best.plan
    if plan is None:
        return Solution(instance=problem.id, status="unknown", bound=best.bound)
    return Solution(
        instance=problem.id,
        status="optimal" if best.proven else "feasible",
        assignments=plan,
        bound=best.bound,
        total=best.total,
        terms=best.terms,
        explanations=explain_gaps(facts, plan, seconds=explain_seconds) if explain_seconds > 0 else (),
        report={
            "seconds": round(best.seconds, 2),
            "levels": levels(problem, best.terms),
            "changes": changes(facts, plan),
            **({} if found.repair is None else {"repair": _effects(facts, found.repair)}),
        },
    )


def _effects(facts: Facts, repair: Repair) -> dict[str, object]:
    """What was lost by itself, and what that did before anything was repaired, apart from the repair."""
    stood, left = in_force(facts), make_plan(facts, repair.left)
    return {
        "areas": sorted(repair.areas),
        "lost": list(repair.lost),
        "before": score(facts, stood),
        "unrepaired": score(facts, left),
    }
