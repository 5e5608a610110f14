"""Single changes of the hard rules of a month: who could give way, and by how much."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bureau.rotation.solver import changed
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.needed import needed_pairs
from bureau.rotation.solver.problem import AlwaysPresent, Block, Group, Problem

MOST_STEPS = 5
"""A number is raised or lowered by so many at most."""
DROP_PIN, OPEN_DAY, DROP_RULE = 2, 3, 5
"""Sizes of changes that have no number: breaking a word given, opening a day, giving up a rule."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One way to give way, and the problem after it."""

    group: Group
    change: str
    size: int
    fields: dict[str, object]
    problem: Problem

    def document(self) -> dict[str, object]:
        """As it is written into a solution."""
        return {"relax": list(self.group), "change": self.change, **self.fields, "size": self.size}


def changes_of(facts: Facts, groups: Sequence[Group]) -> list[Change]:
    """Each way in which these groups, and the desks and closed days around them, could give way; the smallest first."""
    return sorted(_changes(facts, groups), key=lambda one: (one.size, str(one.group), str(one.fields)))


def _changes(facts: Facts, conflict: Sequence[Group]) -> Iterator[Change]:
    for group in conflict:
        match group:
            case ("pin", int(index)):
                yield from _pin(facts.problem, group, index)
            case ("demand", str(name)):
                yield from _demand(facts.problem, group, name)
            case ("rule", str(name)):
                yield from _rule(facts.problem, group, name)
            case ("team", str(name), "availability"):
                yield from _coming(facts, group, name)
            case ("org", str(name), "min_shifts"):
                yield from _promise(facts, group, name)
            case (str(of), str(name), str(limit)):
                yield from _limit(facts, group, of, name, limit)
    blocks = list(_blocks(facts.problem, conflict))
    yield from _desks(facts, blocks)
    yield from _days(facts, blocks)


def _pin(problem: Problem, group: Group, index: int) -> Iterator[Change]:
    pin = problem.pinned[index]
    who: dict[str, object] = {"team": pin.team, "block": pin.block}
    if pin.desk:
        free = changed.with_pin(problem, index, replace(pin, desk=None))
        yield Change(group=group, change="free_desk", size=1, fields={**who, "desk": pin.desk}, problem=free)
    if pin.services:
        free = changed.with_pin(problem, index, replace(pin, services=frozenset()))
        fields = {**who, "services": sorted(pin.services)}
        yield Change(group=group, change="free_services", size=1, fields=fields, problem=free)
    dropped = changed.without_pin(problem, index)
    yield Change(group=group, change="drop", size=DROP_PIN, fields=who, problem=dropped)


def _demand(problem: Problem, group: Group, name: str) -> Iterator[Change]:
    demand = next(one for one in problem.demands if one.id == name)
    for least in _lower(demand.min):
        yield _number("lower", group, demand.min, least, changed.with_minimum(problem, demand, least))


def _rule(problem: Problem, group: Group, name: str) -> Iterator[Change]:
    rule = next(one for one in problem.rules if one.id == name)
    if isinstance(rule, AlwaysPresent):
        for count in _lower(rule.count):
            yield _number("lower", group, rule.count, count, changed.with_count(problem, rule, count))
    else:
        dropped = changed.without_rule(problem, rule)
        yield Change(group=group, change="drop", size=DROP_RULE, fields={}, problem=dropped)


def _promise(facts: Facts, group: Group, name: str) -> Iterator[Change]:
    now = facts.orgs[name].min_shifts
    for least in _lower(now):
        yield _number("lower", group, now, least, changed.with_promise(facts.problem, name, least))


def _limit(facts: Facts, group: Group, of: str, name: str, limit: str) -> Iterator[Change]:
    limits = facts.teams[name].limits if of == "team" else facts.orgs[name].limits
    now = int(getattr(limits, limit))
    for most in range(now + 1, now + MOST_STEPS + 1):
        yield _number("raise", group, now, most, changed.with_limit(facts.problem, of, name, limit, most))


def _coming(facts: Facts, group: Group, name: str) -> Iterator[Change]:
    """The team in each block that may matter and lies outside its hours."""
    for team, block in needed_pairs(facts, None, lambda team, block: bool(facts.desks_for(team, block))):
        if team.id == name and not team.may_come(block) and (name, block.id) not in facts.pins:
            fields: dict[str, object] = {"team": name, "block": block.id}
            problem = changed.coming(facts.problem, name, block)
            yield Change(group=group, change="come", size=1, fields=fields, problem=problem)


def _desks(facts: Facts, blocks: Iterable[Block]) -> Iterator[Change]:
    for block in blocks:
        for desk in facts.desks_by_site.get(block.site, ()):
            if block.id in desk.unavailable_blocks:
                fields: dict[str, object] = {"desk": desk.id, "block": block.id}
                problem = changed.with_desk(facts.problem, desk.id, block)
                group = "desk", desk.id, block.id
                yield Change(group=group, change="allow", size=1, fields=fields, problem=problem)


def _days(facts: Facts, blocks: Iterable[Block]) -> Iterator[Change]:
    closed = {(block.day, block.site): block for block in blocks if not facts.is_open(block)}
    for (day, site), block in closed.items():
        fields: dict[str, object] = {"date": day.isoformat(), "site": site}
        problem = changed.opened(facts.problem, block)
        group = "closed", day.isoformat(), site
        yield Change(group=group, change="open", size=OPEN_DAY, fields=fields, problem=problem)


def _blocks(problem: Problem, conflict: Sequence[Group]) -> Iterator[Block]:
    """The blocks of the pins and hard demands of a conflict, open or not."""
    pinned = {problem.pinned[int(group[1])].block for group in conflict if group[0] == "pin"}
    names = {group[1] for group in conflict if group[0] == "demand"}
    demands = [one for one in problem.demands if one.id in names]
    for block in problem.blocks:
        if block.id in pinned or any(demand.asks_in(block) for demand in demands):
            yield block


def _lower(now: int) -> range:
    return range(now - 1, max(-1, now - 1 - MOST_STEPS), -1)


def _number(change: str, group: Group, now: int, then: int, problem: Problem) -> Change:
    fields: dict[str, object] = {"from": now, "to": then}
    return Change(group=group, change=change, size=abs(then - now), fields=fields, problem=problem)
