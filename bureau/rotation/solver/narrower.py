"""A part of what an impossible month asks for that is impossible already, where the whole is too much to look at."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import AlwaysPresent, Demand, Group, Problem

MOST_PARTS = 32


def narrowed(facts: Facts, ending: Ending, *, seed: int) -> Facts | None:
    """The month asking for fewer things, still impossible; None if no such part was found in time.

    Agreed bookings and limits all stay. What is asked for is cut into small parts, then into larger
    ones: mostly few things of one place are too much, and a small part is judged fast.
    """
    asked = asks(facts.problem)
    many = MOST_PARTS
    while many > 1:
        for part in _cut(asked, many) if len(asked) >= many else ():
            if ending.over:
                return None
            fewer = Facts(asking_only(facts.problem, part))
            if is_possible(fewer, ending, seed=seed) is False:
                return fewer
        many //= 2
    return None


def asks(problem: Problem) -> list[Group]:
    """What asks for somebody to come, but for agreed bookings; things of one place next to each other."""
    demands = sorted((one for one in problem.demands if one.hard and one.min), key=_place)
    return [
        *(("demand", one.id) for one in demands),
        *(("org", one.id, "min_shifts") for one in problem.organisations if one.min_hard and one.min_shifts),
        *(("rule", one.id) for one in problem.rules if isinstance(one, AlwaysPresent) and one.when == "open"),
    ]


def asking_only(problem: Problem, kept: Collection[Group]) -> Problem:
    """The same month in which, of all that asks for somebody, only these groups hold."""
    dropped = set(asks(problem)) - set(kept)
    return replace(
        problem,
        demands=tuple(replace(d, hard=False) if ("demand", d.id) in dropped else d for d in problem.demands),
        organisations=tuple(
            replace(org, min_hard=False) if ("org", org.id, "min_shifts") in dropped else org
            for org in problem.organisations
        ),
        rules=tuple(rule for rule in problem.rules if ("rule", rule.id) not in dropped),
    )


def _place(demand: Demand) -> tuple[str, ...]:
    return demand.site or "", demand.scope, str(demand.block or demand.day or demand.week or "")


def _cut(asked: Sequence[Group], many: int) -> list[Sequence[Group]]:
    """As many parts of nearly the same length."""
    ends = [len(asked) * number // many for number in range(many + 1)]
    return [asked[begin:end] for begin, end in pairwise(ends)]
