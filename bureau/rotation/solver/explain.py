"""Why a demand stays short or a booking is refused: what stands against it, or what it costs.

Each explanation is `{"demand": id}` or `{"booking": {"team", "block"}}` with

- `reasons`: what a look-up says at once (`gap_reasons.py`, `reasons.py`);
- `kind` `conflict` with the `conflict`: groups that cannot all hold with the wish, none to spare;
- or `kind` `trade`: possible, with `total` `[now, then]` and, by term that changes, `terms`
  `{term: [now, then]}`;
- or `kind` `unknown`: the time was too short.
"""

from collections.abc import Callable, Iterable

from bureau.rotation.solver.conflict import judge_wish
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.price import Prices
from bureau.rotation.solver.problem import Demand
from bureau.rotation.solver.reasons import reasons_against
from bureau.rotation.solver.score import haves, score, total
from bureau.rotation.solver.situation import Situation
from bureau.rotation.solver.wish import BookingWish, CoverWish, Wish

Explanation = dict[str, object]

SMALL = 5000
"""Up to so many teams times blocks a month is a usual bureau's."""
SECONDS_SMALL, SECONDS_LARGE = 1.5, 6.0


def usual_seconds(facts: Facts) -> float:
    """How long a price may be looked for, for each explanation."""
    size = len(facts.problem.teams) * len(facts.problem.blocks)
    return SECONDS_SMALL if size <= SMALL else SECONDS_LARGE


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
    situation, prices, now = Situation(facts, plan), Prices(facts, plan), score(facts, plan)
    explanations: list[Explanation] = []
    for count, (demand, have) in enumerate(short, start=1):
        wish = CoverWish(demand=demand, least=have + 1)
        answer = _explain(facts, prices, now, wish, Ending(seconds_each))
        explanations.append({"demand": demand.id, **answer, "reasons": reasons_of_gap(situation, demand)})
        if on_progress is not None:
            on_progress(count, len(short))
    return explanations


def explain_booking(facts: Facts, plan: Plan, team: str, block: str, *, seconds: float) -> Explanation:
    """Why the team is not in the block: what stands against it, or what it would cost."""
    reasons = reasons_against(Situation(facts, plan), facts.teams[team], facts.blocks[block])
    wish = BookingWish(team=team, block=block)
    answer = _explain(facts, Prices(facts, plan), score(facts, plan), wish, Ending(seconds))
    return {"booking": {"team": team, "block": block}, **answer, "reasons": reasons}


def explain_gaps(facts: Facts, plan: Plan, ending: Ending) -> list[Explanation]:
    """What is known at once of every short demand, and as many conflicts as the time allows.

    What is only a matter of cost has no price here: its `kind` is `possible`.
    """
    situation = Situation(facts, plan)
    return [
        {
            "demand": demand.id,
            **_known(facts, CoverWish(demand=demand, least=have + 1), ending),
            "reasons": reasons_of_gap(situation, demand),
        }
        for demand, have in short_demands(facts, plan)
    ]


def _known(facts: Facts, wish: Wish, ending: Ending) -> Explanation:
    """Whether the wish can be fulfilled, if there is time to find out."""
    if ending.over:
        return {"kind": "unknown"}
    judged = judge_wish(facts, wish, ending)
    if judged.possible is False:
        return {"kind": "conflict", "conflict": [list(group) for group in judged.conflict]}
    return {"kind": "possible" if judged.possible else "unknown"}


def _explain(facts: Facts, prices: Prices, now: dict[str, int], wish: Wish, ending: Ending) -> Explanation:
    """What the wish costs, else what stands against it."""
    draft = prices.draft(wish)
    if draft is None:
        known = _known(facts, wish, ending)
        draft = prices.draft_otherwise(wish, ending) if known["kind"] == "possible" else None
        if draft is None:
            return known if known["kind"] == "conflict" else {"kind": "unknown"}
    return _trade(facts, now, prices.terms(draft, wish, ending))


def _trade(facts: Facts, now: dict[str, int], then: dict[str, int]) -> Explanation:
    """What the plan costs now and with the wish fulfilled, and every term that changes."""
    return {
        "kind": "trade",
        "total": [total(facts.problem, now), total(facts.problem, then)],
        "terms": {term: [now[term], then[term]] for term in now if now[term] != then[term]},
    }
