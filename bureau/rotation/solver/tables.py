"""A problem in numbers: every team-block that may be planned, and what it uses, gives and needs.

Searching asks the same questions a million times; here each is a look-up by index. A *pair* is a
team in a block. A *row* is a limit that pairs use up: so many shifts of a day, a week, a month, at
once, or so many desks. `options` are the sets of services a pair can give.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from bureau.rotation.solver.company import Company
from bureau.rotation.solver.facts import Facts, Pairs
from bureau.rotation.solver.options import Options
from bureau.rotation.solver.problem import Demand, Held
from bureau.rotation.solver.rows import Rows
from bureau.rotation.solver.score import fair_shares, fairness_costs

if TYPE_CHECKING:
    from bureau.rotation.solver.wish import Wish


class Tables:
    """Everything about the pairs of a problem that never changes, by index."""

    def __init__(self, facts: Facts, pairs: Pairs, settled: Mapping[Held, frozenset[str]] | None = None) -> None:
        """`settled`: the services of pairs that nobody will think about again."""
        self.facts = facts
        self.wish: Wish | None = None
        self.pairs = pairs
        self.at: dict[Held, int] = {(team.id, block.id): index for index, (team, block) in enumerate(pairs)}
        orgs = {org.id: index for index, org in enumerate(facts.problem.organisations)}
        blocks = {block.id: index for index, block in enumerate(facts.problem.blocks)}
        self.org = [orgs[team.org] for team, _ in pairs]
        self.block = [blocks[block.id] for _, block in pairs]
        self._options = Options(facts)
        held = settled or {}
        self.options = [
            self._options.settled(team, block, held[team.id, block.id])
            if (team.id, block.id) in held
            else self._options.of(team, block)
            for team, block in pairs
        ]
        limits = Rows(facts, pairs)
        self.rows, self.room = limits.of, limits.room
        self.complete = self._options.complete and limits.exact
        company = Company(facts, pairs)
        self.apart, self.aparts = company.apart, company.aparts
        self.presences, self.guarded, self.serves = company.presences, company.guarded, company.serves
        self.needs, self.gives, self.companies = company.needs, company.gives, company.companies

    def wishing(self, wish: "Wish") -> "Tables":
        """The same with a wish; nothing that the wish leaves as it is is computed again."""
        tables = copy(self)
        for name in ("pinned", "pins_fit", "floor"):
            vars(tables).pop(name, None)
        tables.wish = wish
        return tables

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
        wish = self.wish
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
        for number in self.org:
            most[number] += 1
        promise, fair = problem.weight("promise_unmet"), problem.weight("fairness")
        costs = []
        for org, shifts in zip(problem.organisations, most, strict=True):
            share = shares[org.id] if org.promised else 0
            least = max(0, share - shifts)
            away = fairness_costs(least, max(share, shifts - share), share) if org.promised else [0] * (shifts + 1)
            costs.append(
                [
                    promise * max(0, org.min_shifts - count) + fair * away[abs(count - share) - least]
                    for count in range(shifts + 1)
                ]
            )
        return costs

    @cached_property
    def gains(self) -> list[list[int]]:
        """For each demand, what each further assignment saves until the target is reached, or nobody is left to come."""
        problem, most = self.facts.problem, len(self.pairs)
        first, then = problem.weight("uncovered_min"), problem.weight("uncovered_target")
        return [
            [first * demand.weight] * min(demand.min, most)
            + [then * demand.weight] * (min(demand.target, most) - min(demand.min, most))
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
        if self.wish is not None and self.wish.team is None:
            least[self.facts.problem.demands.index(self.wish.demand)] = self.wish.least
        return least

    @cached_property
    def constant(self) -> int:
        """The total of a plan without any assignment."""
        problem = self.facts.problem
        return (
            sum(self._uncovered(demand) for demand in problem.demands)
            + sum(cost[0] for cost in self.org_cost)
            + problem.weight("continuity") * sum(self.facts.regular_weight.values())
            + problem.weight("spread") * sum(wish.days for wish in problem.spread)
            + problem.weight("changes") * len(self.facts.current_services)
        )

    def _uncovered(self, demand: Demand) -> int:
        """What the demand costs when nobody comes."""
        weight = self.facts.problem.weight
        beyond = demand.target - demand.min
        return demand.weight * (weight("uncovered_min") * demand.min + weight("uncovered_target") * beyond)

    def option_with(self, pair: int, services: frozenset[str]) -> int:
        """The number of the option with these services, else of one that counts for as much of what they do."""
        options = self.options[pair]
        for number, option in enumerate(options):
            if option.services == services:
                return number
        wanted = set(self._options.option(*self.pairs[pair], services).demands)
        return max(range(len(options)), key=lambda number: (len(wanted.intersection(options[number].demands)), -number))
