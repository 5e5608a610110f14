"""The stages of a search: what is forced, a greedy plan, then CP-SAT until time is up."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bureau.rotation.solver.best import Best, OnProgress
from bureau.rotation.solver.core import Core, find_core
from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.greedy import extend
from bureau.rotation.solver.optimise import optimise
from bureau.rotation.solver.plan import Plan, make_plan
from bureau.rotation.solver.problem import Block, Team
from bureau.rotation.solver.solution import Progress
from bureau.rotation.solver.wish import Wish

MOST_PAIRS = 60_000
"""So many teams times blocks are built into one model within a minute; more stay greedy."""
GREEDY_SECONDS = 2.0
"""The greedy plan gets so long even where a busy machine has eaten the time."""

ShouldStop = Callable[[], bool]
Pairs = Sequence[tuple[Team, Block]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a search found; `feasible` is False when no plan exists, None when nobody knows."""

    feasible: bool | None
    best: Best


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
) -> Found:
    """The best plan within the time that also fulfils the wish; a liked plan is kept close to."""
    deadline, stop = time.monotonic() + seconds, should_stop or _never
    best = Best(facts, on_progress or _ignore)

    def over() -> bool:
        return time.monotonic() >= deadline or stop()

    core = find_core(facts, seconds=max(1.0, seconds), seed=seed, wish=wish)
    if core.feasible is False:
        return Found(feasible=False, best=best)
    pairs = facts.candidates(facts.problem.blocks)
    if core.feasible:
        late = max(deadline, time.monotonic() + GREEDY_SECONDS)
        _start(facts, best, core, pairs, liked, lambda: time.monotonic() >= late or stop())
    if len(pairs) <= MOST_PAIRS and not over():
        optimise(
            facts,
            pairs,
            best,
            seconds=deadline - time.monotonic(),
            seed=seed,
            workers=workers,
            should_stop=stop,
            wish=wish,
        )
    return Found(feasible=True if best.plan is not None else core.feasible, best=best)


def _start(facts: Facts, best: Best, core: Core, pairs: Pairs, liked: Plan, over: ShouldStop) -> None:
    """The forced part, what can stay of a liked plan, and what greedy adds."""
    draft = Draft(facts)
    for (team, block), services in core.held.items():
        draft.add(facts.teams[team], facts.blocks[block], services)
    best.offer(make_plan(facts, draft.held))
    possible = {(team.id, block.id) for team, block in pairs}
    for key, services in _liked(facts, liked):
        if key in possible and draft.may_add(facts.teams[key[0]], facts.blocks[key[1]]):
            draft.add(facts.teams[key[0]], facts.blocks[key[1]], services)
    extend(draft, pairs, over)
    best.offer(make_plan(facts, draft.held))


def _liked(facts: Facts, liked: Plan) -> Iterable[tuple[tuple[str, str], frozenset[str]]]:
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
