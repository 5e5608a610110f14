"""A part of what an impossible month asks for that is impossible already, where the whole is too much to look at."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.fewest import Fewest
from bureau.rotation.solver.problem import AlwaysPresent, Demand, Group, Problem

MOST_PARTS = 32
LOOK_SECONDS = 4.0
"""Whether a part is impossible must be seen in so long; else it is taken to be possible."""


def narrowed(facts: Facts, ending: Ending, *, seed: int) -> Facts:
    """The month asking for fewer things, still impossible: as few as could be found in the time.

    Agreed bookings and limits all stay. What is asked for is cut into small parts, then into larger ones: mostly few
    things of one place are too much, and a small part is judged fast. Of the part found, halves are tried again.
    """
    parts = _Parts(facts.problem, ending, seed)
    asked = asks(facts.problem)
    part = next((one for one in _cuts(asked) if parts.contradict(one)), asked)
    return Facts(asking_only(facts.problem, Fewest(parts.contradict).among(part)))


class _Parts:
    """A month that is asked for only some of its things."""

    def __init__(self, problem: Problem, ending: Ending, seed: int) -> None:
        self._problem, self._ending, self._seed = problem, ending, seed

    def contradict(self, asked: Collection[Group]) -> bool | None:
        """Whether these things are impossible already; None if the time was too short to know."""
        if self._ending.over:
            return None
        look = self._ending.anew(min(self._ending.seconds, LOOK_SECONDS))
        possible = is_possible(Facts(asking_only(self._problem, asked)), look, seed=self._seed)
        return None if possible is None else not possible


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


def _cuts(asked: Sequence[Group]) -> Iterable[Sequence[Group]]:
    """Parts of nearly the same length, small ones first."""
    many = MOST_PARTS
    while many > 1:
        if len(asked) >= many:
            ends = [len(asked) * number // many for number in range(many + 1)]
            yield from (asked[begin:end] for begin, end in pairwise(ends))
        many //= 2
