"""The stages of a search: what is forced, a greedy plan, then CP-SAT until time is up."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from bureau.rotation.solver.best import Best, OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.core import Core, find_core
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.forced import force, hold_liked, settle_company
from bureau.rotation.solver.greedy import extend
from bureau.rotation.solver.improving.improvement import Improvement
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.problem import Held
from bureau.rotation.solver.repair import Repair, begin_repair
from bureau.rotation.solver.solution import Progress
from bureau.rotation.solver.tables import Tables
from bureau.rotation.solver.wish import Wish

GREEDY_SECONDS = 2.0
"""The greedy plan gets so long even where a busy machine has eaten the time."""

ShouldStop = Callable[[], bool]
Wanted = Sequence[tuple[Held, frozenset[str]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a search found; `feasible` is False when no plan exists, None when nobody knows."""

    feasible: bool | None
    best: Best
    repair: Repair | None = None


def find_best(
    facts: Facts,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    wish: Wish | None = None,
    liked: Plan = (),
    bounds: BoundProcess | None = None,
    everywhere: bool = False,
    effort: float | None = None,
) -> Found:
    """The best plan within the time that also fulfils the wish; a liked plan is kept close to.

    Where a plan is in force, only the weeks in which it broke are planned again, unless `everywhere`.
    With an effort (deterministic time) the plan depends on problem, seed and effort alone, unless the seconds end first.
    """
    deadline, stop = time.monotonic() + seconds, should_stop or _never
    best = Best(facts, on_progress or _ignore)

    def over() -> bool:
        return time.monotonic() >= deadline or stop()

    repair = None if wish or liked or everywhere else begin_repair(facts)
    if repair is not None:
        extend(repair.draft, repair.free(), stop)
        best.remember(repair.draft)
        Improvement(repair.draft, best, over, seed=seed, effort=effort).run(workers, within=repair.free())
        best.settle()
        return Found(feasible=True, best=best, repair=repair)
    with bounds or nullcontext():
        tables = Tables(facts, facts.candidates(facts.problem.blocks), wish)
        wanted = tuple(_liked(facts, liked))
        draft = _quick_draft(tables, wanted)
        if draft is None:
            core = find_core(facts, seconds=max(1.0, seconds), seed=seed, wish=wish)
            if not core.feasible:
                return Found(feasible=core.feasible, best=best)
            draft = _draft_around(tables, core, wanted)
        late = max(deadline, time.monotonic() + GREEDY_SECONDS)
        extend(draft, range(len(tables.pairs)), lambda: time.monotonic() >= late or stop())
        best.offer(draft)
        if not over():
            Improvement(draft, best, over, seed=seed, effort=effort).run(workers, bounds)
    (best.settle_quickly if stop() else best.settle)()
    return Found(feasible=True, best=best)


def _quick_draft(tables: Tables, liked: Wanted) -> Draft | None:
    """What is liked and what the hard rules ask for, placed one by one; None where that leads nowhere."""
    draft = Draft(tables)
    hold_liked(draft, liked)
    return draft if force(draft) and draft.is_sound(range(len(tables.pairs))) else None


def _draft_around(tables: Tables, core: Core, liked: Wanted) -> Draft:
    """A smallest valid plan, and what goes with it of the one that is liked."""
    draft = Draft(tables)
    hold_liked(draft, core.held.items())
    sure = set(draft.held)
    hold_liked(draft, liked)
    settle_company(draft, sure)
    return draft


def _liked(facts: Facts, liked: Plan) -> Iterable[tuple[Held, frozenset[str]]]:
    """The team-blocks of a liked plan, else of the plan in force, whose services still exist."""
    wanted = [((one.team, one.block), frozenset(one.services)) for one in liked]
    if not wanted:
        current = facts.problem.current or ()
        wanted = [((one.team, one.block), one.services) for one in current]
    for key, services in wanted:
        team = facts.teams[key[0]]
        if services and services <= set(team.offers) and len(services) <= team.max_services:
            yield key, services


def _never() -> bool:
    return False


def _ignore(progress: Progress) -> None:
    del progress
