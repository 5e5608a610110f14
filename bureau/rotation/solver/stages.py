"""The stages of a search: what is forced, a greedy plan, then CP-SAT until time is up."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from bureau.rotation.solver.best import Best, OnProgress
from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.core import find_core
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.ending import Ending, ShouldStop
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
CORE_SECONDS = 10.0
"""Whether there is a plan at all is looked for so long where the quick way found none: without, there is no answer."""

Wanted = Sequence[tuple[Held, frozenset[str]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a search found; `feasible` is False when no plan exists, None when nobody knows."""

    feasible: bool | None
    best: Best
    repair: Repair | None = None
    repair_bound: int | None = None
    """No plan that changes only what the repair may change has a lower total."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A draft to begin with; `feasible` is False when no plan exists, None when nobody knows."""

    feasible: bool | None
    draft: Draft | None = None


def find_best(
    facts: Facts,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    bounds: BoundProcess | None = None,
    everywhere: bool = False,
    effort: float | None = None,
) -> Found:
    """The best plan within the time.

    Where a plan is in force, only the weeks in which it broke are planned again, unless `everywhere`.
    With an effort (deterministic time) the plan depends on problem, seed and effort alone, unless the seconds end first.
    """
    ending = Ending(seconds, should_stop)
    best = Best(facts, on_progress or _ignore)
    repair = None if everywhere else begin_repair(facts)
    if repair is not None:
        extend(repair.draft, repair.free(), lambda: ending.told)
        best.remember(repair.draft)
        improvement = Improvement(repair.draft, best, lambda: ending.over, seed=seed, effort=effort)
        improvement.run(workers, within=repair.free())
        best.settle()
        return Found(feasible=True, best=best, repair=repair, repair_bound=improvement.bound_within)
    with bounds or nullcontext():
        tables = Tables(facts, facts.candidates(facts.problem.blocks))
        wanted = tuple(_in_force(facts))
        draft = quick_draft(tables, wanted)
        if draft is None:
            begun = draft_with_core(tables, wanted, None, ending.anew(max(CORE_SECONDS, seconds)), seed=seed)
            if begun.draft is None:
                return Found(feasible=begun.feasible, best=best)
            draft = begun.draft
        late = ending.anew(max(ending.seconds, GREEDY_SECONDS))
        extend(draft, range(len(tables.pairs)), lambda: late.over)
        best.offer(draft)
        if not ending.over:
            Improvement(draft, best, lambda: ending.over, seed=seed, effort=effort).run(workers, bounds)
    best.settle()
    return Found(feasible=True, best=best)


def quick_draft(tables: Tables, liked: Wanted) -> Draft | None:
    """What is liked and what the hard rules ask for, placed one by one; None where that leads nowhere."""
    draft = Draft(tables)
    hold_liked(draft, liked)
    return draft if force(draft) and draft.is_sound_everywhere() else None


def draft_with_core(tables: Tables, liked: Wanted, wish: Wish | None, ending: Ending, *, seed: int = 0) -> Begun:
    """A smallest valid plan that fulfils the wish, and what goes with it of the one that is liked."""
    core = find_core(tables.facts, ending, seed=seed, wish=wish)
    if not core.feasible:
        return Begun(feasible=core.feasible)
    draft = Draft(tables)
    hold_liked(draft, core.held.items())
    sure = set(draft.held)
    hold_liked(draft, liked)
    settle_company(draft, sure)
    return Begun(feasible=True, draft=draft)


def _in_force(facts: Facts) -> Iterable[tuple[Held, frozenset[str]]]:
    """The team-blocks of the plan in force whose services still exist."""
    return _usable(facts, (((one.team, one.block), one.services) for one in facts.problem.current or ()))


def wanted_of(facts: Facts, plan: Plan) -> Iterable[tuple[Held, frozenset[str]]]:
    """The same of a plan."""
    return _usable(facts, (((one.team, one.block), frozenset(one.services)) for one in plan))


def _usable(facts: Facts, wanted: Iterable[tuple[Held, frozenset[str]]]) -> Iterable[tuple[Held, frozenset[str]]]:
    for key, services in wanted:
        team = facts.teams[key[0]]
        if services and services <= set(team.offers) and len(services) <= team.max_services:
            yield key, services


def _ignore(progress: Progress) -> None:
    del progress
