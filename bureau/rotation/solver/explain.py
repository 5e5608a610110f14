"""Why a demand stays short or a booking is refused: what stands against it, or what it costs."""

import time
from collections.abc import Callable, Iterable, Sequence

from bureau.rotation.solver.conflict import find_conflict
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.problem import Demand
from bureau.rotation.solver.score import haves, score, total
from bureau.rotation.solver.stages import find_best
from bureau.rotation.solver.wish import BookingWish, CoverWish, Wish

Explanation = dict[str, object]


def short_demands(facts: Facts, plan: Plan) -> list[tuple[Demand, int]]:
    """The demands below their target and what the plan has for each; the worst first."""
    having = zip(facts.problem.demands, haves(facts, plan), strict=True)
    short = [(demand, have) for demand, have in having if have < demand.target]
    return sorted(short, key=lambda pair: pair[1] >= pair[0].min)


def explain_demands(
    facts: Facts,
    plan: Plan,
    wanted: Iterable[str] | None = None,
    *,
    seconds_each: float,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Explanation]:
    """An explanation of each short demand, or of those wanted by id."""
    ids = None if wanted is None else set(wanted)
    short = [(d, have) for d, have in short_demands(facts, plan) if ids is None or d.id in ids]
    explanations: list[Explanation] = []
    for count, (demand, have) in enumerate(short, start=1):
        wish = CoverWish(demand=demand, least=have + 1)
        answer = _explain(facts, plan, wish, seconds=seconds_each)
        explanations.append({"demand": demand.id, **answer})
        if on_progress is not None:
            on_progress(count, len(short))
    return explanations


def explain_booking(facts: Facts, plan: Plan, team: str, block: str, *, seconds: float) -> Explanation:
    """Why the team is not in the block: what stands against it, or what it would cost."""
    answer = _explain(facts, plan, BookingWish(team=team, block=block), seconds=seconds)
    return {"booking": {"team": team, "block": block}, **answer}


def conflicts_of_short_demands(facts: Facts, plan: Plan, *, seconds: float) -> list[Explanation]:
    """The conflicts behind demands below their minimum, as many as the time allows.

    What is only a matter of cost is left out.
    """
    deadline = time.monotonic() + seconds
    explanations: list[Explanation] = []
    for demand, have in short_demands(facts, plan):
        left = deadline - time.monotonic()
        if have >= demand.min or left <= 0:
            break
        conflict = find_conflict(facts, seconds=left, wish=CoverWish(demand=demand, least=have + 1))
        if conflict is not None:
            explanations.append({"demand": demand.id, **_conflict(conflict)})
    return explanations


def _explain(facts: Facts, plan: Plan, wish: Wish, *, seconds: float) -> Explanation:
    conflict = find_conflict(facts, seconds=seconds, wish=wish)
    if conflict is not None:
        return _conflict(conflict)
    return _trade(facts, plan, wish, seconds=seconds)


def _conflict(conflict: Sequence[Sequence[object]]) -> Explanation:
    return {"kind": "conflict", "conflict": [list(group) for group in conflict]}


def _trade(facts: Facts, plan: Plan, wish: Wish, *, seconds: float) -> Explanation:
    """What the plan costs now and with the wish fulfilled, and every term that changes."""
    now = score(facts, plan)
    best = find_best(facts, seconds=seconds, wish=wish, liked=plan).best
    if best.plan is None:
        return {"kind": "unknown"}
    then = best.terms
    return {
        "kind": "trade",
        "total": [total(facts.problem, now), best.total],
        "terms": {term: [now[term], then[term]] for term in now if now[term] != then[term]},
    }
