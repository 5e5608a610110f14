"""The search for the best plan: what is forced, a greedy plan, then CP-SAT until time is up."""

import time
from collections.abc import Callable, Sequence

from bureau.rotation.solver.best import Best, OnProgress
from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.core import Core, find_core
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.greedy import extend
from bureau.rotation.solver.optimise import optimise
from bureau.rotation.solver.plan import make_plan
from bureau.rotation.solver.problem import Block, Problem, Team
from bureau.rotation.solver.score import changes, levels
from bureau.rotation.solver.solution import Progress, Solution

MOST_PAIRS = 60_000
"""So many teams times blocks are built into one model within a minute; more stay greedy."""
CONFLICT_SECONDS = 20.0
"""What a minimal conflict may take beyond the time of the search."""


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solution:
    """The best plan found in the time, judged by our own rules; or a minimal conflict if none.

    With one worker the same seed gives the same plan, unless the clock ends the search.
    """
    facts, stop = Facts(problem), should_stop or _never
    deadline = time.monotonic() + seconds
    best = Best(facts, on_progress or _ignore)

    def over() -> bool:
        return time.monotonic() >= deadline or stop()

    core = find_core(facts, seconds=max(1.0, seconds), seed=seed)
    if core.feasible is False:
        conflict = find_conflict(facts, seconds=max(seconds, CONFLICT_SECONDS), seed=seed)
        return Solution(instance=problem.id, status="infeasible", conflict=conflict)
    pairs = facts.candidates(problem.blocks)
    if core.feasible:
        _start(facts, best, core, pairs, over)
    if len(pairs) <= MOST_PAIRS and not over():
        left = deadline - time.monotonic()
        optimise(
            facts, pairs, best, seconds=left, seed=seed, workers=workers, should_stop=stop
        )
    return _answer(facts, best)


def _start(
    facts: Facts,
    best: Best,
    core: Core,
    pairs: Sequence[tuple[Team, Block]],
    over: Callable[[], bool],
) -> None:
    """The forced part, and what greedy adds to it."""
    draft = Draft(facts)
    for (team, block), services in core.held.items():
        draft.add(facts.teams[team], facts.blocks[block], services)
    best.offer(make_plan(facts, draft.held))
    extend(draft, pairs, over)
    best.offer(make_plan(facts, draft.held))


def _answer(facts: Facts, best: Best) -> Solution:
    problem = facts.problem
    if best.plan is None:
        return Solution(instance=problem.id, status="unknown", bound=best.bound)
    return Solution(
        instance=problem.id,
        status="optimal" if best.proven else "feasible",
        assignments=best.plan,
        bound=best.bound,
        total=best.total,
        terms=best.terms,
        report={
            "seconds": round(best.seconds, 2),
            "levels": levels(problem, best.terms),
            "changes": changes(facts, best.plan),
        },
    )


def _never() -> bool:
    return False


def _ignore(progress: Progress) -> None:
    del progress
