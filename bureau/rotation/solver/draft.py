"""A plan under construction: what may be added without breaking a rule, and what it would save."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from typing import TYPE_CHECKING

from bureau.rotation.solver.facts import Facts, Kind, Place, places
from bureau.rotation.solver.problem import (
    AlwaysPresent,
    Block,
    Companion,
    Held,
    Limits,
    NotTogether,
    Team,
)
from bureau.rotation.solver.score import fair_shares, fairness_step
from bureau.rotation.solver.seating import Seating

if TYPE_CHECKING:
    from datetime import date

MOST_SERVICE_SETS = 24


class Ledger:
    """The shifts of one organisation or team, against its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._days: Counter[date] = Counter()
        self._weeks: Counter[str] = Counter()
        self.blocks: list[Block] = []

    def has_room(self, block: Block) -> bool:
        """Whether one more shift in the block keeps every limit."""
        limits = self._limits
        counts = (
            (len(self.blocks), limits.max_per_month),
            (self._days[block.day], limits.max_per_day),
            (self._weeks[block.week], limits.in_week(block.week)),
        )
        if any(most is not None and count >= most for count, most in counts):
            return False
        return limits.max_concurrent is None or self._at_once(block) <= limits.max_concurrent

    def add(self, block: Block) -> None:
        """One shift more."""
        self._days[block.day] += 1
        self._weeks[block.week] += 1
        self.blocks.append(block)

    def _at_once(self, block: Block) -> int:
        """The most shifts at one instant of the block, the block itself among them."""
        touching = [other for other in self.blocks if other.begins < block.ends and block.begins < other.ends]
        return max(
            sum(other.begins <= start.begins < other.ends for other in (*touching, block))
            for start in (*touching, block)
        )


class Draft:
    """Teams placed in blocks, every hard rule kept that an addition could break."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.held: dict[Held, frozenset[str]] = {}
        self.teams_in: dict[str, list[Team]] = defaultdict(list)
        self._teams = {team.id: Ledger(team.limits) for team in facts.problem.teams}
        self._orgs = {org.id: Ledger(org.limits) for org in facts.problem.organisations}
        self._seating: dict[str, Seating] = {}
        self._have: Counter[tuple[Place, Kind]] = Counter()
        self._slots: set[tuple[str, tuple[str, int, int]]] = set()
        self._days: dict[tuple[str, str, str], set[date]] = defaultdict(set)
        self._orgs_on: dict[tuple[str, date], set[str]] = defaultdict(set)
        self._index()

    def _index(self) -> None:
        problem = self.facts.problem
        self._shares = fair_shares(problem.organisations, problem.planned_shifts)
        self._demands = self.facts.demands_by_place
        self._wishes = {(w.site, w.week, w.service): w.days for w in problem.spread}
        self._current = {(c.team, c.block): c.services for c in problem.current or ()}
        self._replanning = problem.current is not None
        self._presence_rules = [rule for rule in problem.rules if isinstance(rule, AlwaysPresent)]
        self._rules_of: dict[str, list[NotTogether | Companion]] = defaultdict(list)
        for rule in problem.rules:
            if isinstance(rule, NotTogether):
                for org in rule.orgs:
                    self._rules_of[org].append(rule)
            elif isinstance(rule, Companion) and rule.org != rule.needs_org:
                self._rules_of[rule.org].append(rule)

    def may_add(self, team: Team, block: Block) -> bool:
        """Whether the team can come to the block too; the pair itself must be a candidate."""
        return self.has_room(team, block) and self.in_company(team, block)

    def has_room(self, team: Team, block: Block) -> bool:
        """Whether team, organisation and desks are free; what is not now never will be."""
        return (
            (team.id, block.id) not in self.held
            and self._teams[team.id].has_room(block)
            and not any(self.facts.clash(block, other) for other in self._teams[team.id].blocks)
            and self._orgs[team.org].has_room(block)
            and self._seats(block).could_seat(team.id)
        )

    def in_company(self, team: Team, block: Block) -> bool:
        """Whether those who are there, and those who are not, allow the team to come."""
        there = self.teams_in[block.id]
        rules = (*self._rules_of.get(team.org, ()), *self._presence_rules)
        return all(self._allows(rule, team, block, there) for rule in rules)

    def add(self, team: Team, block: Block, services: frozenset[str]) -> None:
        """The team comes to the block with these services."""
        self.held[team.id, block.id] = services
        self.teams_in[block.id].append(team)
        self._teams[team.id].add(block)
        self._orgs[team.org].add(block)
        self._seats(block).seat(team.id)
        self._slots.add((team.id, block.slot))
        self._orgs_on[block.site, block.day].add(team.org)
        for service in services:
            self._days[block.site, block.week, service].add(block.day)
        for place, kind in self._counted(team, block, services):
            self._have[place, kind] += 1

    def best_services(self, team: Team, block: Block) -> tuple[int, frozenset[str]]:
        """What the team would save in the block with its most useful services, and these."""
        most = min(team.max_services, len(team.offers))
        sets = islice(combinations(team.offers, most), MOST_SERVICE_SETS)
        options = [(self._service_saving(team, block, frozenset(s)), frozenset(s)) for s in sets]
        current = self._current.get((team.id, block.id), frozenset())
        if current and current <= set(team.offers) and len(current) <= most:
            options.append((self._service_saving(team, block, current), current))
        saving, services = max(options, key=lambda option: option[0])
        return saving + self._presence_saving(team, block), services

    def _allows(
        self, rule: NotTogether | Companion | AlwaysPresent, team: Team, block: Block, there: list[Team]
    ) -> bool:
        match rule:
            case NotTogether(scope="day"):
                return not (rule.orgs & self._orgs_on[block.site, block.day]) - {team.org}
            case NotTogether():
                return not any(other.org in rule.orgs and other.org != team.org for other in there)
            case Companion():
                return any(other.org == rule.needs_org for other in there)
            case AlwaysPresent():
                having = sum(rule.attr in other.attrs for other in (*there, team))
                return not rule.covers(block) or having >= rule.count

    def _seats(self, block: Block) -> Seating:
        if block.id not in self._seating:
            self._seating[block.id] = Seating(self.facts, block.id)
        return self._seating[block.id]

    def _counted(self, team: Team, block: Block, services: Iterable[str]) -> Iterator[tuple[Place, Kind]]:
        """The places and kinds with a demand for which the team would count."""
        kinds: set[Kind] = {(None, None)}
        for service in services:
            kinds.add((service, None))
            for language in team.offers[service]:
                kinds |= {(service, language), (None, language)}
        for place in places(block):
            asked = self._demands.get(place)
            if asked:
                for kind in asked.keys() & kinds:
                    yield place, kind

    def _service_saving(self, team: Team, block: Block, services: frozenset[str]) -> int:
        problem, saving = self.facts.problem, 0
        for place, kind in self._counted(team, block, services):
            have = self._have[place, kind]
            for demand in self._demands[place][kind]:
                if have < demand.min:
                    saving += demand.weight * problem.weight("uncovered_min")
                elif have < demand.target:
                    saving += demand.weight * problem.weight("uncovered_target")
        for service in services:
            days = self._days.get((block.site, block.week, service), set())
            wanted = self._wishes.get((block.site, block.week, service), 0)
            if block.day not in days and len(days) < wanted:
                saving += problem.weight("spread")
        if self._replanning and (team.id, block.id) in self._current:
            same = self._current[team.id, block.id] == services
            saving += problem.weight("changes") * same
        return saving

    def _presence_saving(self, team: Team, block: Block) -> int:
        facts, weight = self.facts, self.facts.problem.weight
        org, shifts = facts.orgs[team.org], len(self._orgs[team.org].blocks)
        saving = weight("continuity") * facts.regular_weight.get((team.id, block.id), 0)
        saving -= weight("preferences") * facts.preference_cost(team, block)
        if (team.id, block.slot) not in self._slots:
            saving -= weight("regularity")
        if shifts < org.min_shifts:
            saving += weight("promise_unmet")
        if org.promised:
            saving += weight("fairness") * self._fairness_saving(shifts, self._shares[org.id])
        if self._replanning and (team.id, block.id) not in self._current:
            saving -= weight("changes")
        return saving

    def _fairness_saving(self, shifts: int, share: int) -> int:
        if shifts < share:
            return fairness_step(share - shifts, share)
        return -fairness_step(shifts - share + 1, share)
