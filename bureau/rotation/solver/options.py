"""What a team can give in a block: the sets of services worth looking at, and what each counts for."""

from collections import defaultdict
from itertools import combinations
from math import comb
from typing import NamedTuple

from bureau.rotation.solver.facts import Facts, Kind, Place, places
from bureau.rotation.solver.problem import Block, Team

MOST_OPTIONS = 120
"""So many sets of services are looked at for a team in a block; more are cut, and no bound claimed."""

Asked = dict[Kind, tuple[int, ...]]
Signature = tuple[frozenset[Kind], frozenset[str]]
"""What is asked for in a block, and which services should be spread over its week: alike where nothing else matters."""


class Option(NamedTuple):
    """A set of services, the demands and spreads it counts for, and what it saves by itself."""

    services: frozenset[str]
    demands: tuple[int, ...]
    spreads: tuple[int, ...]
    saving: int


class Options:
    """Finds the options of a problem; `complete` until some had to be cut."""

    def __init__(self, facts: Facts) -> None:
        self.complete = True
        self._facts = facts
        self._asked = _demands_by_block(facts)
        self._sets: dict[tuple[str, int], list[frozenset[str]]] = {}
        self._kinds: dict[tuple[str, frozenset[str]], tuple[Kind, ...]] = {}
        self._spreads: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        spread: dict[tuple[str, str], set[str]] = defaultdict(set)
        for index, wish in enumerate(facts.problem.spread):
            self._spreads[wish.site, wish.week, wish.service].append(index)
            spread[wish.site, wish.week].add(wish.service)
        numbers: dict[Signature, int] = {}
        self._signatures = {
            block.id: numbers.setdefault(
                (frozenset(self._asked[block.id]), frozenset(spread[block.site, block.week])), len(numbers)
            )
            for block in facts.open_blocks
        }

    def of(self, team: Team, block: Block) -> tuple[Option, ...]:
        """The options of the team in the block; none that another one counts for everything of."""
        found = [self.option(team, block, services) for services in self._service_sets(team, block)]
        if len(found) == 1:
            return (found[0],)
        kept: list[Option] = []
        in_force = self._facts.current_services.get((team.id, block.id))
        for one in sorted(found, key=lambda option: -len(option.demands)):
            if one.services == in_force or not any(_dominates(other, one) for other in kept):
                kept.append(one)
        return tuple(kept)

    def settled(self, team: Team, block: Block, services: frozenset[str]) -> tuple[Option, ...]:
        """These services alone, where nothing else is to be thought of; what an agreed booking asks for stays open."""
        if (team.id, block.id) in self._facts.pins:
            return self.of(team, block)
        return (self.option(team, block, services),)

    def option(self, team: Team, block: Block, services: frozenset[str]) -> Option:
        """What these services count for in the block."""
        demands: tuple[int, ...] = ()
        asked = self._asked[block.id]
        for kind in self._kinds_of(team, services):
            if kind in asked:
                demands += asked[kind]
        spread = [
            number
            for service in sorted(services)
            for number in self._spreads.get((block.site, block.week, service), ())
        ]
        kept = self._facts.current_services.get((team.id, block.id)) == services
        return Option(services, demands, tuple(spread), self._facts.problem.weight("changes") if kept else 0)

    def _service_sets(self, team: Team, block: Block) -> list[frozenset[str]]:
        """The sets of services worth looking at, found once for all blocks that ask for the same."""
        key = team.id, block.id
        if key in self._facts.pins or key in self._facts.current_services:
            return self._find_sets(team, block)
        alike = team.id, self._signatures[block.id]
        if alike not in self._sets:
            self._sets[alike] = self._find_sets(team, block)
        return self._sets[alike]

    def _find_sets(self, team: Team, block: Block) -> list[frozenset[str]]:
        """Full sets of the services that somebody asks for there; the set in force too.

        One service more never harms, so smaller sets need no look, but for the one in force. Where
        a service is offered several times, one that nobody asks for may bring the language of another.
        """
        key = team.id, block.id
        fixed = frozenset().union(*(pin.services for pin in self._facts.pins.get(key, ())))
        free = [service for service in team.offers if service not in fixed]
        room = max(0, min(team.max_services, len(team.offers)) - len(fixed))
        if len(free) > room > 0:
            wanted = {service for service in free if team.last_offers or self._is_asked(team, block, service)}
            free.sort(key=lambda service: service not in wanted)
            free = free[: max(room, len(wanted))]
        while comb(len(free), min(room, len(free))) > MOST_OPTIONS:
            self.complete = False
            free.pop()
        sets = [fixed | set(chosen) for chosen in combinations(free, min(room, len(free)))]
        current = self._facts.current_services.get(key, frozenset())
        if current not in sets and fixed <= current <= team.offers.keys() and 0 < len(current) <= team.max_services:
            sets.append(current)
        return sets

    def _is_asked(self, team: Team, block: Block, service: str) -> bool:
        if (block.site, block.week, service) in self._spreads:
            return True
        asked = self._asked[block.id]
        return any(kind in asked for kind in self._kinds_of(team, frozenset((service,))) if kind != (None, None))

    def _kinds_of(self, team: Team, services: frozenset[str]) -> tuple[Kind, ...]:
        """What an assignment with these services counts for; every language spoken in them."""
        key = team.id, services
        if key not in self._kinds:
            kinds: dict[Kind, None] = {(None, None): None}
            for service in services:
                kinds[service, None] = None
            for service, language in team.pairs_of(services, team.languages_of(services)):
                kinds[service, language] = kinds[None, language] = None
            self._kinds[key] = tuple(sorted(kinds, key=str))
        return self._kinds[key]


def _demands_by_block(facts: Facts) -> dict[str, Asked]:
    """For each open block, the numbers of the demands that count there, by kind."""
    number = {demand.id: index for index, demand in enumerate(facts.problem.demands)}
    by_place: dict[Place, Asked] = {
        place: {kind: tuple(number[demand.id] for demand in demands) for kind, demands in kinds.items()}
        for place, kinds in facts.demands_by_place.items()
    }
    by_block: dict[str, Asked] = {}
    for block in facts.open_blocks:
        asked: Asked = {}
        for place in places(block):
            for kind, numbers in by_place.get(place, {}).items():
                asked[kind] = asked[kind] + numbers if kind in asked else numbers
        by_block[block.id] = asked
    return by_block


def _dominates(one: Option, other: Option) -> bool:
    return set(other.demands) <= set(one.demands) and set(other.spreads) <= set(one.spreads)
