"""The columns of the relaxation: team, block and set of services, the useless ones left out."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb

from bureau.rotation.solver.bound.program import Builder
from bureau.rotation.solver.facts import Facts, Kind, places
from bureau.rotation.solver.problem import Block, Demand, Team

MOST_SETS = 64
"""Beyond so many sets of services a team is taken to give all its services at once: a relaxation."""

Services = frozenset[str]
Option = tuple[float, frozenset[int], Services]
"""What a set of services costs by itself, the counts it adds to, and the set."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A team that may come to a block, and its columns: one for each useful set of services."""

    team: Team
    block: Block
    columns: range
    services: tuple[Services, ...]
    """The set of services of each column."""


class Choices:
    """All shifts with their columns, and which columns count for what.

    Each demand, and each day of each wish to spread a service, has a number; `counts` has the
    columns that count for it.
    """

    def __init__(self, facts: Facts, builder: Builder) -> None:
        self.facts = facts
        self.builder = builder
        self.shifts: list[Shift] = []
        self.shift_of = array("i")
        """By column: the number of its shift."""
        self.counts: list[list[int]] = [[] for _ in facts.problem.demands]
        self.days: dict[int, dict[object, int]] = {}
        """By wish to spread: the number of each of its days."""
        self._counted = [_matters(facts, one) for one in facts.problem.demands]
        self._number = {one.id: number for number, one in enumerate(facts.problem.demands)}
        self._index_wishes()
        self._index_current()
        self._sets: dict[str, list[tuple[Services, frozenset[Kind]]]] = {}
        for block in facts.open_blocks:
            self._add_block(block, [team for team, _ in facts.candidates([block])])

    def _index_wishes(self) -> None:
        self._wishes: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for index, wish in enumerate(self.facts.problem.spread):
            if wish.days and self.facts.problem.weight("spread"):
                self._wishes[wish.site, wish.week].append((index, wish.service))

    def _index_current(self) -> None:
        problem = self.facts.problem
        self._weight = problem.weight("changes") if problem.current is not None else 0
        self._current = {(one.team, one.block): one.services for one in problem.current or ()}

    def _add_block(self, block: Block, teams: Iterable[Team]) -> None:
        counting = self._counting(block)
        for team in teams:
            first, options = len(self.builder), self._options(team, block, counting)
            for cost, numbers, _ in options:
                column = self.builder.column(cost)
                self.shift_of.append(len(self.shifts))
                for number in numbers:
                    self.counts[number].append(column)
            columns, services = range(first, len(self.builder)), tuple(one for _, _, one in options)
            self.shifts.append(Shift(team=team, block=block, columns=columns, services=services))

    def _counting(self, block: Block) -> dict[Kind, list[int]]:
        """By what an assignment in the block gives, the numbers of what it counts for.

        Days of spread services stand under a kind of their own, with an empty language.
        """
        found: dict[Kind, list[int]] = defaultdict(list)
        for place in places(block):
            for kind, demands in self.facts.demands_by_place.get(place, {}).items():
                numbers = (self._number[one.id] for one in demands)
                found[kind].extend(number for number in numbers if self._counted[number])
        for index, service in self._wishes.get((block.site, block.week), ()):
            found[service, ""].append(self._day(index, block))
        return found

    def _day(self, wish: int, block: Block) -> int:
        days = self.days.setdefault(wish, {})
        if block.day not in days:
            days[block.day] = len(self.counts)
            self.counts.append([])
        return days[block.day]

    def _options(self, team: Team, block: Block, counting: dict[Kind, list[int]]) -> list[Option]:
        """The sets of services that no other set beats."""
        pinned = {service for pin in self.facts.pins.get((team.id, block.id), ()) for service in pin.services}
        current = self._current.get((team.id, block.id))
        sets = self._sets_of(team)
        if pinned:
            sets = [(services, kinds) for services, kinds in sets if services >= pinned]
        options = [
            (self._change(team, one, current), frozenset(n for kind in kinds for n in counting.get(kind, ())), one)
            for one, kinds in sets
        ]
        if len(options) < 2:
            return options
        return [one for place, one in enumerate(options) if not _is_beaten(place, options)]

    def _change(self, team: Team, services: Services, current: Services | None) -> float:
        """What a shift changes in the plan in force; dropping what is in force is charged elsewhere."""
        if current is None:
            return self._weight
        return 0 if services == current or len(services) > team.max_services else self._weight

    def _sets_of(self, team: Team) -> list[tuple[Services, frozenset[Kind]]]:
        """The sets of services to choose from, and what they give.

        With no plan in force to keep to, one service more never harms.
        """
        if team.id not in self._sets:
            self._sets[team.id] = [(one, _kinds(team, one)) for one in _service_sets(team, fewer=self._weight > 0)]
        return self._sets[team.id]


def _service_sets(team: Team, *, fewer: bool) -> list[Services]:
    count, most = len(team.offers), min(team.max_services, len(team.offers))
    sizes = range(1, most + 1) if fewer else [most]
    if sum(comb(count, size) for size in sizes) > MOST_SETS:
        return [frozenset(team.offers)]
    return [frozenset(one) for size in sizes for one in combinations(sorted(team.offers), size)]


def _kinds(team: Team, services: Services) -> frozenset[Kind]:
    """What the services count for; (service, "") is a day of a spread service."""
    kinds: set[Kind] = {(None, None)}
    for service in services:
        kinds.update([(service, None), (service, "")])
    for service, language in team.pairs_of(services, team.languages_of(services)):
        kinds.update([(service, language), (None, language)])
    return frozenset(kinds)


def _is_beaten(place: int, options: list[Option]) -> bool:
    """Whether nothing is lost by taking another option; of equal ones the first stays."""
    cost, numbers, _ = options[place]
    return any(
        other_cost <= cost and other >= numbers and (other_place < place or (other_cost, other) != (cost, numbers))
        for other_place, (other_cost, other, _) in enumerate(options)
        if other_place != place
    )


def _matters(facts: Facts, demand: Demand) -> bool:
    """Whether a demand costs or forbids anything."""
    weight = facts.problem.weight
    priced = demand.weight and (weight("uncovered_min") or weight("uncovered_target"))
    return bool(demand.target and (demand.hard or priced))
