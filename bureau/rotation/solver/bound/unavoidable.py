"""What no plan can avoid, demand by demand and organisation by organisation."""

from collections import defaultdict
from typing import TYPE_CHECKING

from bureau.rotation.solver.bound.capacity import room
from bureau.rotation.solver.bound.choices import Choices
from bureau.rotation.solver.bound.hard import HardRules
from bureau.rotation.solver.bound.soft import cost_of_demand, cost_of_organisation
from bureau.rotation.solver.score import fair_shares

if TYPE_CHECKING:
    from bureau.rotation.solver.problem import Block, Team


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
    """The most of these columns that can be taken, by the limits of each team alone."""
    blocks: dict[str, dict[str, Block]] = defaultdict(dict)
    teams: dict[str, Team] = {}
    for column in columns:
        shift = choices.shifts[choices.shift_of[column]]
        blocks[shift.team.id][shift.block.id] = shift.block
        teams[shift.team.id] = shift.team
    return sum(room(teams[team].limits, them.values()) for team, them in blocks.items())


def _of_organisations(choices: Choices, rules: HardRules) -> int:
    """What each organisation's own limits and its teams' keep it from, at its best count of shifts."""
    problem = choices.facts.problem
    shares = fair_shares(problem.organisations, problem.planned_shifts)
    lost = 0
    for org in problem.organisations:
        most = room(org.limits, [shift.block for shift in rules.by_org.get(org.id, ())])
        lost += min(cost_of_organisation(problem, org, shares[org.id], count) for count in range(most + 1))
    return lost
