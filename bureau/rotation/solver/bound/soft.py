"""The objective of the relaxation: exact for any whole plan, convex in between."""

from bureau.rotation.solver.bound.capacity import room
from bureau.rotation.solver.bound.choices import Choices
from bureau.rotation.solver.bound.convex import envelope
from bureau.rotation.solver.bound.groups import columns_of
from bureau.rotation.solver.bound.hard import HardRules
from bureau.rotation.solver.problem import Demand, Organisation, Problem
from bureau.rotation.solver.score import fair_shares, fairness_cost


def write_objective(choices: Choices, rules: HardRules) -> None:
    """Every term of the objective, and what is hard about demands and organisations."""
    _demands(choices)
    _organisations(choices, rules)
    _spread(choices)
    _regularity(choices, rules)
    _by_shift(choices)


def cost_of_demand(problem: Problem, demand: Demand, have: int) -> int:
    """What a demand costs with so many assignments that count for it."""
    below = problem.weight("uncovered_min") * max(0, demand.min - have)
    return demand.weight * (below + problem.weight("uncovered_target") * max(0, demand.target - max(have, demand.min)))


def cost_of_organisation(problem: Problem, org: Organisation, share: int, shifts: int) -> int:
    """What an organisation's broken promise and unfair share cost with so many shifts."""
    unmet = problem.weight("promise_unmet") * max(0, org.min_shifts - shifts)
    if org.promised == 0:
        return unmet
    return unmet + problem.weight("fairness") * fairness_cost(abs(shifts - share), share)


def _demands(choices: Choices) -> None:
    problem = choices.facts.problem
    for number, demand in enumerate(problem.demands):
        most = min(demand.target, len(choices.counts[number]))
        least = demand.min if demand.hard else 0
        if most < least:
            choices.builder.at_least(choices.counts[number], least)
            continue
        cost = [cost_of_demand(problem, demand, have) for have in range(least, most + 1)]
        _count(choices, choices.counts[number], least, cost, beyond=True)


def _count(choices: Choices, columns: list[int], least: int, cost: list[int], *, beyond: bool) -> None:
    """Charge the columns' sum, which is at least `least`, at `cost[sum - least]`.

    The cheapest count costs nothing more; falling short of it, or going above, does. `beyond`:
    above the last count nothing is charged.
    """
    builder = choices.builder
    steps = envelope(cost)
    cheapest = least + sum(step.width for step in steps if step.slope < 0)
    builder.constant += cost[cheapest - least]
    short = [(builder.column(-step.slope, step.width), -1.0) for step in steps if step.slope < 0]
    if beyond:
        if cheapest:
            builder.at_least(columns, cheapest, short)
        return
    over = [(builder.column(step.slope, step.width), 1.0) for step in steps if step.slope >= 0]
    builder.exactly(columns, cheapest, short + over)


def _organisations(choices: Choices, rules: HardRules) -> None:
    problem = choices.facts.problem
    shares = fair_shares(problem.organisations, problem.planned_shifts)
    for org in problem.organisations:
        shifts = rules.by_org.get(org.id, [])
        most = room(org.limits, [shift.block for shift in shifts])
        least = org.min_shifts if org.min_hard else 0
        if most < least:
            choices.builder.at_least(columns_of(shifts), least)
            continue
        cost = [cost_of_organisation(problem, org, shares[org.id], count) for count in range(least, most + 1)]
        _count(choices, columns_of(shifts), least, cost, beyond=False)


def _spread(choices: Choices) -> None:
    """A day has the service at most once, and only if somebody gives it."""
    builder, problem = choices.builder, choices.facts.problem
    weight = problem.weight("spread")
    for index, wish in enumerate(problem.spread):
        builder.constant += weight * wish.days
        days = [choices.counts[number] for number in choices.days.get(index, {}).values()]
        reached = [builder.column(-weight) for columns in days if columns]
        for day, columns in zip(reached, filter(None, days), strict=True):
            builder.at_least(columns, 0, [(day, 1)])
        if len(reached) > wish.days:
            builder.at_most(reached, wish.days)


def _regularity(choices: Choices, rules: HardRules) -> None:
    """A slot of the week costs once, however often the team holds it."""
    builder, weight = choices.builder, choices.facts.problem.weight("regularity")
    for shifts in rules.by_team.values() if weight else ():
        slots: dict[tuple[str, int, int], list[range]] = {}
        for shift in shifts:
            slots.setdefault(shift.block.slot, []).append(shift.columns)
        for them in slots.values():
            if len(them) == 1:
                for column in them[0]:
                    builder.charge(column, weight)
                continue
            used = builder.column(weight)
            for columns in them:
                builder.at_most(columns, 0, [(used, 1)])


def _by_shift(choices: Choices) -> None:
    """Continuity, preferences, and dropping what is in force."""
    facts, builder = choices.facts, choices.builder
    problem = facts.problem
    continuity, preferences = problem.weight("continuity"), problem.weight("preferences")
    changes = problem.weight("changes") if problem.current is not None else 0
    in_force = {(one.team, one.block) for one in problem.current or ()}
    builder.constant += continuity * sum(facts.regular_weight.values()) + changes * len(in_force)
    for shift in choices.shifts:
        key = shift.team.id, shift.block.id
        cost = preferences * facts.preference_cost(shift.team, shift.block) if preferences else 0
        cost -= continuity * facts.regular_weight.get(key, 0) + changes * (key in in_force)
        if cost:
            for column in shift.columns:
                builder.charge(column, cost)
