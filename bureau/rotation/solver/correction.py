"""Changes of an impossible month that are enough only together: one for each of several troubles.

First the groups that must give way: those of least weight without which a plan exists (a minimal correction set, the
dual of the conflict; Liffiton and Sakallah 2008). Then, one after the other, the smallest change of each that still
leads to a plan while the ones to come are given up whole.
"""

from collections.abc import Iterable, Sequence
from functools import reduce

from bureau.rotation.solver import changed
from bureau.rotation.solver.conflict import LIMITS, MOST_PAIRS, named_grounds, needed_by_name
from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.ending import Ending, usual_solver
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.giving_way import DROP_PIN, DROP_RULE, Change, changes_of
from bureau.rotation.solver.problem import Group, Problem

UNLIMITED = 10_000
"""More sessions than any team or organisation gives in a month."""
MOST_TOGETHER = 6
"""More changes than this at once are no advice."""


def changes_together(facts: Facts, ending: Ending, *, seed: int) -> list[Change]:
    """A few changes that make the month possible together; none where they are too many, or the time too short."""
    groups = _giving_up(facts, ending, seed=seed)
    if not 0 < len(groups) <= MOST_TOGETHER:
        return []
    problem, chosen = facts.problem, list[Change]()
    for at, group in enumerate(groups):
        change = _smallest(problem, group, groups[at + 1 :], ending, seed=seed)
        if change is None:
            return []
        problem = change.problem
        chosen.append(change)
    return chosen


def _giving_up(facts: Facts, ending: Ending, *, seed: int) -> list[Group]:
    """The groups of least weight without which a plan exists; agreed bookings last and from behind, so that one that is
    dropped moves no number of those to come.
    """
    if len(needed_by_name(facts, None)) > MOST_PAIRS:
        return []
    from ortools.sat.python import cp_model

    grounds = named_grounds(facts)
    grounds.model.minimize(sum(_weight(group) * (1 - held) for group, held in grounds.switches.items()))
    solver = usual_solver(seed)
    if ending.solve(solver, grounds.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    given = [group for group, held in grounds.switches.items() if not solver.boolean_value(held)]
    return sorted(given, key=lambda one: (one[0] == "pin", -int(one[1]) if one[0] == "pin" else 0, str(one)))


def _weight(group: Group) -> int:
    return {"pin": DROP_PIN, "rule": DROP_RULE}.get(str(group[0]), 1)


def _smallest(problem: Problem, group: Group, to_come: Sequence[Group], ending: Ending, *, seed: int) -> Change | None:
    """The smallest change of the group after which giving up the groups to come is enough."""
    for change in changes_of(Facts(problem), [group]):
        if ending.over:
            return None
        if is_possible(Facts(_without(change.problem, to_come)), ending, seed=seed):
            return change
    return None


def _without(problem: Problem, groups: Iterable[Group]) -> Problem:
    """The month in which these groups ask for nothing and forbid nothing."""
    return reduce(_given_up, groups, problem)


def _given_up(problem: Problem, group: Group) -> Problem:
    match group:
        case ("pin", int(index)):
            return changed.without_pin(problem, index)
        case ("demand", str(name)):
            return changed.with_minimum(problem, next(one for one in problem.demands if one.id == name), 0)
        case ("rule", str(name)):
            return changed.without_rule(problem, next(one for one in problem.rules if one.id == name))
        case ("org", str(name), "min_shifts"):
            return changed.with_promise(problem, name, 0)
        case ("team", str(name), "availability"):
            return changed.coming_always(problem, name)
        case (str(of), str(name), str(limit)) if limit in LIMITS:
            return changed.with_limit(problem, of, name, limit, UNLIMITED)
    raise ValueError(group)
