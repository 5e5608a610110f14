"""What no plan can avoid, demand by demand and organisation by organisation."""

from collections import defaultdict

from bureau.rotation.solver.bound.capacity import room
from bureau.rotation.solver.bound.choices import Choices, Shift
from bureau.rotation.solver.bound.hard import HardRules
from bureau.rotation.solver.bound.soft import cost_of_demand, cost_of_organisation
from bureau.rotation.solver.score import fair_shares


def unavoidable(choices: Choices, rules: HardRules) -> int:
    """A lower bound of every total, known at once: nothing in it joins organisations."""
    return _of_demands(choices) + _of_organisations(choices, rules)


def _of_demands(choices: Choices) -> int:
    """What each demand costs even if every team came whenever it can."""
    problem = choices.facts.problem
    return sum(
        cost_of_demand(problem, demand, _most(choices, columns) if columns else 0)
        for demand, columns in zip(problem.demands, choices.counts, strict=False)
    )


def _most(choices: Choices, columns: list[int]) -> int:
    """The most of these columns that can be taken, by the limits of teams and organisations alone."""
    numbers = dict.fromkeys(choices.shift_of[column] for column in columns)
    orgs: dict[str, list[Shift]] = defaultdict(list)
    for number in numbers:
        orgs[choices.shifts[number].team.org].append(choices.shifts[number])
    return sum(_most_of(choices, org, shifts) for org, shifts in orgs.items())


def _most_of(choices: Choices, org: str, shifts: list[Shift]) -> int:
    """The most shifts of an organisation, by its own limits and those of its teams."""
    teams: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        teams[shift.team.id].append(shift)
    by_team = sum(room(them[0].team.limits, [one.block for one in them]) for them in teams.values())
    return min(by_team, room(choices.facts.orgs[org].limits, [shift.block for shift in shifts]))


def _of_organisations(choices: Choices, rules: HardRules) -> int:
    """What each organisation's own limits and its teams' keep it from, at its best count of shifts."""
    problem = choices.facts.problem
    shares = fair_shares(problem.organisations, problem.planned_shifts)
    lost = 0
    for org in problem.organisations:
        most = _most_of(choices, org.id, rules.by_org.get(org.id, []))
        lost += min(cost_of_organisation(problem, org, shares[org.id], count) for count in range(most + 1))
    return lost
