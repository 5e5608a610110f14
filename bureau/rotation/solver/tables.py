"""A problem in numbers: every team-block that may be planned, and what it uses, gives and needs.

Searching asks the same questions a million times; here each is a look-up by index. A *pair* is a
team in a block. A *row* is a limit that pairs use up: so many shifts of a day, a week, a month, at
once, or so many desks. `options` are the sets of services a pair can give.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, NamedTuple

from bureau.rotation.solver.facts import Facts, Kind, places
from bureau.rotation.solver.halls import desk_rows
from bureau.rotation.solver.problem import (
    AlwaysPresent,
    Block,
    Companion,
    Held,
    Limits,
    NotTogether,
    Team,
)
from bureau.rotation.solver.score import fair_shares, fairness_cost

if TYPE_CHECKING:
    from bureau.rotation.solver.wish import Wish

MOST_OPTIONS = 120
"""So many sets of services are looked at for a team in a block; more are cut, and no bound claimed."""

Pairs = Sequence[tuple[Team, Block]]


class Option(NamedTuple):
    """A set of services, the demands and spreads it counts for, and what it saves by itself."""

    services: frozenset[str]
    demands: tuple[int, ...]
    spreads: tuple[int, ...]
    saving: int


class Presence(NamedTuple):
    """An `always_present` rule in one block; `always` when the block may not stay empty."""

    least: int
    always: bool


class Tables:
    """Everything about the pairs of a problem that never changes, by index."""

    def __init__(self, facts: Facts, pairs: Pairs, wish: "Wish | None" = None) -> None:
        self.facts = facts
        self._wish = wish
        self.pairs = pairs
        self.at: dict[Held, int] = {(team.id, block.id): index for index, (team, block) in enumerate(pairs)}
        self.complete = True
        orgs = {org.id: index for index, org in enumerate(facts.problem.organisations)}
        blocks = {block.id: index for index, block in enumerate(facts.problem.blocks)}
        self.org = [orgs[team.org] for team, _ in pairs]
        self.block = [blocks[block.id] for _, block in pairs]
        self._read_options()
        self._read_rows()
        self._read_company()

    @cached_property
    def pinned(self) -> frozenset[int]:
        """The pairs that must come: agreed bookings, and a booking that is wished."""
        return frozenset(self.at[key] for key in self._agreed if key in self.at)

    @cached_property
    def pins_fit(self) -> bool:
        """Whether each of them may be planned by itself, with the services it asks for."""
        return self._agreed <= self.at.keys() and all(
            len(option.services) <= team.max_services and option.services <= team.offers.keys()
            for pair in self.pinned
            for team in (self.pairs[pair][0],)
            for option in self.options[pair]
        )

    @property
    def _agreed(self) -> set[Held]:
        wish = self._wish
        return {*self.facts.pins, *(() if wish is None or wish.team is None else [(wish.team, wish.block)])}

    @cached_property
    def clashes(self) -> list[list[int]]:
        """For each pair, the other pairs of its team that overlap it or leave no time to travel."""
        by_team: dict[str, list[int]] = defaultdict(list)
        for index, (team, _) in enumerate(self.pairs):
            by_team[team.id].append(index)
        clashes: list[list[int]] = [[] for _ in self.pairs]
        for members in by_team.values():
            members.sort(key=lambda index: self.pairs[index][1].begins)
            for place, one in enumerate(members):
                for other in self._following(members, place):
                    clashes[one].append(other)
                    clashes[other].append(one)
        return clashes

    def _following(self, members: list[int], place: int) -> Iterator[int]:
        first = self.pairs[members[place]][1]
        for other in members[place + 1 :]:
            second = self.pairs[other][1]
            if second.begins >= first.ends + self.facts.travel:
                return
            if self.facts.clash(first, second):
                yield other

    @cached_property
    def slot(self) -> list[int]:
        """For each pair, the number of its team's place in the week (site, weekday, start)."""
        numbers: dict[Hashable, int] = {}
        return [numbers.setdefault((team.id, block.slot), len(numbers)) for team, block in self.pairs]

    @cached_property
    def saving(self) -> list[int]:
        """What each pair saves by itself: continuity, less preferences, less being a change."""
        facts, weight = self.facts, self.facts.problem.weight
        keep, dislike, change = weight("continuity"), weight("preferences"), weight("changes")
        replanning = facts.problem.current is not None
        return [
            keep * facts.regular_weight.get((team.id, block.id), 0)
            - dislike * facts.preference_cost(team, block)
            - (change if replanning and (team.id, block.id) not in facts.current_services else 0)
            for team, block in self.pairs
        ]

    @cached_property
    def org_cost(self) -> list[list[int]]:
        """For each organisation, what every number of shifts costs: fairness and broken promise."""
        problem = self.facts.problem
        shares = fair_shares(problem.organisations, problem.planned_shifts)
        most = [0] * len(problem.organisations)
        for org in self.org:
            most[org] += 1
        promise, fair = problem.weight("promise_unmet"), problem.weight("fairness")
        return [
            [
                promise * max(0, org.min_shifts - shifts)
                + (fair * fairness_cost(abs(shifts - shares[org.id]), shares[org.id]) if org.promised else 0)
                for shifts in range(most[index] + 1)
            ]
            for index, org in enumerate(problem.organisations)
        ]

    @cached_property
    def gains(self) -> list[list[int]]:
        """For each demand, what each further assignment saves until the target is reached."""
        problem = self.facts.problem
        first, then = problem.weight("uncovered_min"), problem.weight("uncovered_target")
        return [
            [first * demand.weight] * demand.min + [then * demand.weight] * (demand.target - demand.min)
            for demand in problem.demands
        ]

    @cached_property
    def regularity(self) -> int:
        """What a new place in a team's week costs."""
        return self.facts.problem.weight("regularity")

    @cached_property
    def spread(self) -> int:
        """What a day more of a service that should be spread saves."""
        return self.facts.problem.weight("spread")

    @cached_property
    def least_load(self) -> list[int]:
        """For each organisation, the shifts it must get."""
        return [org.min_shifts if org.min_hard else 0 for org in self.facts.problem.organisations]

    @cached_property
    def floor(self) -> dict[int, int]:
        """The hard minimums, by number of the demand, with what is wished beyond."""
        demands = enumerate(self.facts.problem.demands)
        least = {index: demand.min for index, demand in demands if demand.hard and demand.min}
        if self._wish is not None and self._wish.team is None:
            least[self.facts.problem.demands.index(self._wish.demand)] = self._wish.least
        return least

    @cached_property
    def constant(self) -> int:
        """The total of a plan without any assignment."""
        problem = self.facts.problem
        return (
            sum(map(sum, self.gains))
            + sum(cost[0] for cost in self.org_cost)
            + problem.weight("continuity") * sum(self.facts.regular_weight.values())
            + problem.weight("spread") * sum(wish.days for wish in problem.spread)
            + problem.weight("changes") * len(self.facts.current_services)
        )

    def option_with(self, pair: int, services: frozenset[str]) -> int:
        """The number of the option nearest to these services."""
        options = self.options[pair]
        return max(range(len(options)), key=lambda number: (len(options[number].services & services), -number))

    def _read_options(self) -> None:
        demands = self._demands_by_block()
        spreads: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for index, wish in enumerate(self.facts.problem.spread):
            spreads[wish.site, wish.week, wish.service].append(index)
        self._kinds: dict[tuple[str, frozenset[str]], tuple[Kind, ...]] = {}
        self.options = [self._options(team, block, demands[block.id], spreads) for team, block in self.pairs]

    def _demands_by_block(self) -> dict[str, dict[Kind, tuple[int, ...]]]:
        """For each open block, the numbers of the demands that count there, by kind."""
        number = {demand.id: index for index, demand in enumerate(self.facts.problem.demands)}
        by_block: dict[str, dict[Kind, tuple[int, ...]]] = {}
        for block in self.facts.open_blocks:
            asked: dict[Kind, tuple[int, ...]] = {}
            for place in places(block):
                for kind, demands in self.facts.demands_by_place.get(place, {}).items():
                    asked[kind] = asked.get(kind, ()) + tuple(number[demand.id] for demand in demands)
            by_block[block.id] = asked
        return by_block

    def _options(
        self,
        team: Team,
        block: Block,
        asked: dict[Kind, tuple[int, ...]],
        spreads: dict[tuple[str, str, str], list[int]],
    ) -> tuple[Option, ...]:
        found = [
            self._option(team, block, services, asked, spreads)
            for services in self._service_sets(team, block, asked, spreads)
        ]
        if len(found) == 1:
            return (found[0],)
        kept: list[Option] = []
        for one in sorted(found, key=lambda option: -len(option.demands)):
            if one.saving or not any(_dominates(other, one) for other in kept):
                kept.append(one)
        return tuple(kept)

    def _option(
        self,
        team: Team,
        block: Block,
        services: frozenset[str],
        asked: dict[Kind, tuple[int, ...]],
        spreads: dict[tuple[str, str, str], list[int]],
    ) -> Option:
        demands: tuple[int, ...] = ()
        for kind in self._kinds_of(team, services):
            if kind in asked:
                demands += asked[kind]
        spread = [number for service in services for number in spreads.get((block.site, block.week, service), ())]
        kept = self.facts.current_services.get((team.id, block.id)) == services
        return Option(services, demands, tuple(spread), self.facts.problem.weight("changes") if kept else 0)

    def _service_sets(
        self,
        team: Team,
        block: Block,
        asked: dict[Kind, tuple[int, ...]],
        spreads: dict[tuple[str, str, str], list[int]],
    ) -> list[frozenset[str]]:
        """Full sets of the services that somebody asks for there; the set in force too.

        One service more never harms, so smaller sets need no look, but for the one in force.
        """
        key = team.id, block.id
        fixed = frozenset().union(*(pin.services for pin in self.facts.pins.get(key, ())))
        free = [service for service in team.offers if service not in fixed]
        room = min(team.max_services, len(team.offers)) - len(fixed)
        if len(free) > room > 0:
            wanted = {
                service
                for service in free
                if (block.site, block.week, service) in spreads
                or any(kind in asked for kind in self._kinds_of(team, frozenset((service,))) if kind != (None, None))
            }
            free.sort(key=lambda service: service not in wanted)
            free = free[: max(room, len(wanted))]
        if comb(len(free), max(0, min(room, len(free)))) > MOST_OPTIONS:
            self.complete = False
            while comb(len(free), room) > MOST_OPTIONS:
                free.pop()
        sets = [fixed | set(chosen) for chosen in combinations(free, max(0, min(room, len(free))))]
        current = self.facts.current_services.get(key, frozenset())
        if current not in sets and fixed <= current <= set(team.offers) and 0 < len(current) <= team.max_services:
            sets.append(current)
        return sets

    def _kinds_of(self, team: Team, services: frozenset[str]) -> tuple[Kind, ...]:
        """What an assignment with these services counts for; every language spoken in them."""
        key = team.id, services
        if key not in self._kinds:
            kinds: dict[Kind, None] = {(None, None): None}
            for service in services:
                kinds[service, None] = None
                for language in team.offers[service]:
                    kinds[service, language] = kinds[None, language] = None
            self._kinds[key] = tuple(sorted(kinds, key=str))
        return self._kinds[key]

    def _read_rows(self) -> None:
        self.room: list[int] = []
        numbers: dict[Hashable, int] = {}
        rows: list[list[int]] = [[] for _ in self.pairs]
        running = self._instants()
        for index, (team, block) in enumerate(self.pairs):
            org = self.facts.orgs[team.org]
            for key, most in (
                *_limits("team", team.id, team.limits, block, running),
                *_limits("org", org.id, org.limits, block, running),
            ):
                rows[index].append(self._row(numbers, key, most))
        by_block: dict[str, list[int]] = defaultdict(list)
        for index, (_, block) in enumerate(self.pairs):
            by_block[block.id].append(index)
        for members in by_block.values():
            allowed = {index: self.facts.desks_when_pinned(*self.pairs[index]) for index in members}
            exact, found = desk_rows(allowed)
            self.complete &= exact
            for confined, desks in found:
                self.room.append(desks)
                for index in confined:
                    rows[index].append(len(self.room) - 1)
        self.rows = [tuple(row) for row in rows]

    def _row(self, numbers: dict[Hashable, int], key: Hashable, most: int) -> int:
        number = numbers.setdefault(key, len(self.room))
        if number == len(self.room):
            self.room.append(most)
        return number

    def _instants(self) -> dict[str, list[int]]:
        """For each block, the numbers of the moments at which some block begins while it runs."""
        moments = sorted({block.begins for block in self.facts.open_blocks})
        by_day: dict[object, list[int]] = defaultdict(list)
        for number, moment in enumerate(moments):
            by_day[moment.date()].append(number)
        return {
            block.id: [
                number
                for day in {block.begins.date(), block.ends.date()}
                for number in by_day[day]
                if block.begins <= moments[number] < block.ends
            ]
            for block in self.facts.open_blocks
        }

    def _read_company(self) -> None:
        """Who keeps whom away, who must be there, who comes only with whom; by rule and block."""
        self.apart: list[tuple[int, ...]] = [()] * len(self.pairs)
        self.presences: list[Presence] = []
        self.guarded: dict[int, tuple[int, ...]] = {}
        self.serves: list[tuple[int, ...]] = [()] * len(self.pairs)
        self.needs: list[tuple[int, ...]] = [()] * len(self.pairs)
        self.gives: list[tuple[int, ...]] = [()] * len(self.pairs)
        self.aparts = self.companies = 0
        apart: dict[Hashable, int] = {}
        company: dict[Hashable, int] = {}
        for rule in self.facts.problem.rules:
            match rule:
                case NotTogether():
                    self._read_apart(rule, apart)
                case AlwaysPresent():
                    self._read_presence(rule)
                case Companion(org=org, needs_org=needs_org) if org != needs_org:
                    self._read_companion(rule, company)
        self.aparts, self.companies = len(apart), len(company)

    def _read_apart(self, rule: NotTogether, numbers: dict[Hashable, int]) -> None:
        for index, (team, block) in enumerate(self.pairs):
            if team.org in rule.orgs:
                where = (rule.id, block.site, block.day) if rule.scope == "day" else (rule.id, block.id)
                self.apart[index] += (numbers.setdefault(where, len(numbers)),)

    def _read_presence(self, rule: AlwaysPresent) -> None:
        numbers: dict[str, int] = {}
        blocks = {block.id: index for index, block in enumerate(self.facts.problem.blocks)}
        for block in self.facts.open_blocks:
            if rule.covers(block) and rule.count:
                numbers[block.id] = len(self.presences)
                self.presences.append(Presence(rule.count, rule.when == "open"))
                index = blocks[block.id]
                self.guarded[index] = (*self.guarded.get(index, ()), numbers[block.id])
        for index, (team, block) in enumerate(self.pairs):
            if rule.attr in team.attrs and block.id in numbers:
                self.serves[index] += (numbers[block.id],)

    def _read_companion(self, rule: Companion, numbers: dict[Hashable, int]) -> None:
        for index, (team, block) in enumerate(self.pairs):
            if team.org in (rule.org, rule.needs_org):
                number = numbers.setdefault((rule.id, block.id), len(numbers))
                table = self.needs if team.org == rule.org else self.gives
                table[index] += (number,)


def _dominates(one: Option, other: Option) -> bool:
    return set(other.demands) <= set(one.demands) and set(other.spreads) <= set(one.spreads)


def _limits(
    kind: str, owner: str, limits: Limits, block: Block, running: dict[str, list[int]]
) -> Iterable[tuple[Hashable, int]]:
    """The limits that a shift in the block uses up, each with the most it allows."""
    if limits.max_per_day is not None:
        yield (kind, owner, block.day), limits.max_per_day
    week = limits.in_week(block.week)
    if week is not None:
        yield (kind, owner, block.week), week
    if limits.max_per_month is not None:
        yield (kind, owner), limits.max_per_month
    if limits.max_concurrent is not None:
        for moment in running[block.id]:
            yield (kind, owner, "at once", moment), limits.max_concurrent
