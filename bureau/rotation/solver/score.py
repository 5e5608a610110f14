"""The objective: nine integer terms, each minimised, and the fair shares they stand on."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from bureau.rotation.solver.facts import Facts, Kind, Place, place_of, places
from bureau.rotation.solver.problem import Assignment, Organisation, Problem

Plan = Sequence[Assignment]


def total(problem: Problem, terms: Mapping[str, int]) -> int:
    """The weighted sum of the terms."""
    return sum(problem.weight(term) * value for term, value in terms.items())


def score(facts: Facts, plan: Plan) -> dict[str, int]:
    """The value of each term for a plan."""
    short_min, short_target = _shortages(facts, plan)
    shifts = Counter(facts.teams[one.team].org for one in plan)
    return {
        "uncovered_min": short_min,
        "uncovered_target": short_target,
        "promise_unmet": sum(max(0, org.min_shifts - shifts[org.id]) for org in facts.problem.organisations),
        "fairness": _fairness(facts, shifts),
        "continuity": _continuity(facts, plan),
        "regularity": len({(one.team, facts.blocks[one.block].slot) for one in plan}),
        "preferences": sum(facts.preference_cost(facts.teams[one.team], facts.blocks[one.block]) for one in plan),
        "spread": _spread(facts, plan),
        "changes": changes(facts, plan)["changes"],
    }


def fair_shares(organisations: Sequence[Organisation], planned: int) -> dict[str, int]:
    """Each organisation's share of the planned shifts, less its carried balance, not below 0.

    Largest-remainder apportionment (Hamilton) over the promised capacity, never more than was
    promised in all; equal remainders go to the earlier id.
    """
    promised = sum(org.promised for org in organisations)
    if promised == 0:
        return {org.id: 0 for org in organisations}
    planned = min(planned, promised)
    share = {org.id: planned * org.promised // promised for org in organisations}
    left = planned - sum(share.values())
    by_remainder = sorted(organisations, key=lambda org: (-(planned * org.promised % promised), org.id))
    for org in by_remainder[:left]:
        share[org.id] += 1
    return {org.id: max(0, share[org.id] - org.carry) for org in organisations}


def fairness_step(step: int, share: int) -> int:
    """What the `step`-th shift away from the fair share costs: floor(100(2j-1) / max(1, share))."""
    return 100 * (2 * step - 1) // max(1, share)


def fairness_cost(distance: int, share: int) -> int:
    """What being so many shifts away from the fair share costs; convex in the distance."""
    return _sum_of_floors(distance, max(1, share), 200, 100)


def fairness_costs(least: int, most: int, share: int) -> list[int]:
    """The same for every distance from the least to the most."""
    steps = (fairness_step(step, share) for step in range(least + 1, most + 1))
    return list(accumulate(steps, initial=fairness_cost(least, share)))


def _sum_of_floors(many: int, divisor: int, slope: int, start: int) -> int:
    """The sum of floor((slope * i + start) / divisor) for i from 0 to many - 1, in as many steps as Euclid needs."""
    total = 0
    while many > 0:
        total += many * (many - 1) // 2 * (slope // divisor) + many * (start // divisor)
        slope, start = slope % divisor, start % divisor
        most = slope * many + start
        many, start, divisor, slope = most // divisor, most % divisor, slope, divisor
    return total


def haves(facts: Facts, plan: Plan) -> list[int]:
    """How many assignments count for each demand, in the problem's order."""
    count: Counter[tuple[Place, Kind]] = Counter()
    wanted = {place: frozenset(kinds) for place, kinds in facts.demands_by_place.items()}
    asked: dict[str, list[tuple[Place, frozenset[Kind]]]] = {}
    given: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[Kind]] = {}
    for one in plan:
        if one.block not in asked:
            here = places(facts.blocks[one.block])
            asked[one.block] = [(place, wanted[place]) for place in here if place in wanted]
        alike = one.team, one.services, one.languages
        if alike not in given:
            given[alike] = kinds_given(facts, one)
        kinds = given[alike]
        for place, them in asked[one.block]:
            for kind in kinds & them:
                count[place, kind] += 1
    return [count[place_of(demand), (demand.service, demand.language)] for demand in facts.problem.demands]


def kinds_given(facts: Facts, one: Assignment) -> set[Kind]:
    """What an assignment counts for: services, languages, pairs, and anybody (neither)."""
    pairs = facts.teams[one.team].pairs_of(one.services, frozenset(one.languages))
    kinds: set[Kind] = {(None, None), *pairs}
    kinds.update((service, None) for service, _ in pairs)
    kinds.update((None, language) for _, language in pairs)
    return kinds


def changes(facts: Facts, plan: Plan) -> dict[str, int]:
    """Against the plan in force: added, dropped, other services, their sum, and desks moved."""
    new = {(one.team, one.block): one for one in plan}
    old = {(one.team, one.block): one for one in facts.problem.current or ()}
    if facts.problem.current is None:
        new = {}
    kept = new.keys() & old.keys()
    detail = {
        "added": len(new.keys() - old.keys()),
        "dropped": len(old.keys() - new.keys()),
        "services": sum(old[key].services != set(new[key].services) for key in kept),
    }
    moved = sum(old[key].desk != new[key].desk for key in kept)
    return {**detail, "changes": sum(detail.values()), "desks_moved": moved}


def levels(problem: Problem, terms: Mapping[str, int]) -> list[int]:
    """The lexicographic reading of a score: the weighted sum of each level's terms."""
    return [sum(problem.weight(term) * terms[term] for term in level if term in terms) for level in problem.levels]


def _shortages(facts: Facts, plan: Plan) -> tuple[int, int]:
    short_min = short_target = 0
    for demand, have in zip(facts.problem.demands, haves(facts, plan), strict=True):
        short_min += demand.weight * max(0, demand.min - have)
        short_target += demand.weight * max(0, demand.target - max(have, demand.min))
    return short_min, short_target


def _fairness(facts: Facts, shifts: Mapping[str, int]) -> int:
    organisations = facts.problem.organisations
    share = fair_shares(organisations, facts.problem.planned_shifts)
    return sum(
        fairness_cost(abs(shifts[org.id] - share[org.id]), share[org.id]) for org in organisations if org.promised > 0
    )


def _continuity(facts: Facts, plan: Plan) -> int:
    held = {(one.team, one.block) for one in plan}
    return sum(weight for key, weight in facts.regular_weight.items() if key not in held)


def _spread(facts: Facts, plan: Plan) -> int:
    days: dict[tuple[str, str, str], set[object]] = defaultdict(set)
    for one in plan:
        block = facts.blocks[one.block]
        for service in one.services:
            days[block.site, block.week, service].add(block.day)
    return sum(max(0, wish.days - len(days[wish.site, wish.week, wish.service])) for wish in facts.problem.spread)
