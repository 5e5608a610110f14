"""From a problem to its solution."""

from bureau.rotation.solver.best import OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.ending import Ending, ShouldStop
from bureau.rotation.solver.explain import explain_gaps
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.plan import without_desks
from bureau.rotation.solver.problem import Problem
from bureau.rotation.solver.relaxations import find_relaxations
from bureau.rotation.solver.repair import Repair, in_force
from bureau.rotation.solver.score import changes, levels, score
from bureau.rotation.solver.solution import Solution
from bureau.rotation.solver.stages import Found, find_best

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
        return _impossible(facts, Ending(max(seconds, CONFLICT_SECONDS), should_stop), seed=seed)
    return _answer(facts, found, Ending(explain_seconds, should_stop))


def _impossible(facts: Facts, ending: Ending, *, seed: int) -> Solution:
    """Why there is no plan, and what would make one possible; the report says where a conflict is not proven minimal."""
    conflict = find_conflict(facts, ending, seed=seed)
    relaxations = find_relaxations(facts, conflict.groups, ending.anew(RELAXATION_SECONDS), seed=seed)
    return Solution(
        instance=facts.problem.id,
        status="infeasible",
        conflict=conflict.groups,
        relaxations=relaxations,
        report={} if conflict.minimal else {"conflict_minimal": False},
    )


def _answer(facts: Facts, found: Found, explaining: Ending) -> Solution:
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
        explanations=() if explaining.over else explain_gaps(facts, plan, explaining),
        report={
            "seconds": round(best.seconds, 2),
            "levels": levels(problem, best.terms),
            "changes": changes(facts, plan),
            **({} if found.repair is None else {"repair": _effects(facts, found.repair, found.repair_bound)}),
        },
    )


def _effects(facts: Facts, repair: Repair, bound: int | None) -> dict[str, object]:
    """What was lost by itself, and what that did before anything was repaired, apart from the repair.

    `bound`: no plan that changes only the areas has a lower total; None where that is not known.
    """
    stood, left = in_force(facts), without_desks(facts, repair.left)
    return {
        "areas": sorted(repair.areas),
        "lost": list(repair.lost),
        "before": score(facts, stood),
        "unrepaired": score(facts, left),
        "bound": bound,
    }
