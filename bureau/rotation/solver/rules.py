"""Every hard rule of the format, judged on a finished plan; knows nothing of how it was made."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import (
    AlwaysPresent,
    Assignment,
    Block,
    BlockRequires,
    Companion,
    Limits,
    NotTogether,
    Rule,
)
from bureau.rotation.solver.score import haves

Plan = Sequence[Assignment]


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """A hard rule that a plan breaks, and where."""

    rule: str
    detail: str


def violations(facts: Facts, plan: Plan) -> list[Violation]:
    """What the plan breaks, nothing when it is valid."""
    broken = list(_references(facts, plan))
    known = [one for one in plan if facts.knows(one)]
    for judge in _JUDGES:
        broken += judge(facts, known)
    return broken


def _references(facts: Facts, plan: Plan) -> Iterator[Violation]:
    for index, one in enumerate(plan):
        if not facts.knows(one):
            yield Violation(rule="reference", detail=f"assignments[{index}]")


def _twice(_facts: Facts, plan: Plan) -> Iterator[Violation]:
    for (team, block), times in Counter((one.team, one.block) for one in plan).items():
        if times > 1:
            yield Violation(rule="team_twice", detail=f"{team}@{block}")
    for (desk, block), times in Counter((one.desk, one.block) for one in plan).items():
        if times > 1:
            yield Violation(rule="desk_twice", detail=f"{desk}@{block}")


def _presence(facts: Facts, plan: Plan) -> Iterator[Violation]:
    for one in plan:
        team, block = facts.teams[one.team], facts.blocks[one.block]
        where = f"{team.id}@{block.id}"
        if not facts.is_open(block):
            yield Violation(rule="closed", detail=where)
        if (team.id, block.id) not in facts.pins and not team.may_come(block):
            yield Violation(rule="availability", detail=where)


def _desks(facts: Facts, plan: Plan) -> Iterator[Violation]:
    for one in plan:
        team, desk = facts.teams[one.team], facts.desks[one.desk]
        where = f"{one.team}@{one.block}: {desk.id}"
        if desk.site != facts.blocks[one.block].site:
            yield Violation(rule="desk_site", detail=where)
        if one.block in desk.unavailable_blocks:
            yield Violation(rule="desk_unavailable", detail=where)
        if not team.needs <= desk.attrs:
            yield Violation(rule="desk_attrs", detail=where)


def _services(facts: Facts, plan: Plan) -> Iterator[Violation]:
    for one in plan:
        team, services = facts.teams[one.team], frozenset(one.services)
        where = f"{one.team}@{one.block}"
        if not services or len(services) < len(one.services) or not services <= set(team.offers):
            yield Violation(rule="services", detail=where)
        if len(one.services) > team.max_services:
            yield Violation(rule="max_services", detail=where)
        if not one.languages or not set(one.languages) <= team.languages_of(services):
            yield Violation(rule="languages", detail=where)


def _pinned(facts: Facts, plan: Plan) -> Iterator[Violation]:
    held = {(one.team, one.block): one for one in reversed(plan)}
    for index, pin in enumerate(facts.problem.pinned):
        one = held.get((pin.team, pin.block))
        kept = one is not None and (pin.desk is None or pin.desk == one.desk) and pin.services <= set(one.services)
        if not kept:
            yield Violation(rule="pinned", detail=f"pinned[{index}]")


def _overlaps(facts: Facts, plan: Plan) -> Iterator[Violation]:
    by_team: dict[str, set[str]] = defaultdict(set)
    for one in plan:
        by_team[one.team].add(one.block)
    for team, held in by_team.items():
        blocks = sorted((facts.blocks[block] for block in held), key=lambda block: block.begins)
        for place, first in enumerate(blocks):
            for second in blocks[place + 1 :]:
                if second.begins >= first.ends + facts.travel:
                    break
                if facts.clash(first, second):
                    yield Violation(rule="overlap", detail=f"{team}: {first.id}, {second.id}")


def _limits(facts: Facts, plan: Plan) -> Iterator[Violation]:
    teams: dict[str, list[str]] = defaultdict(list)
    orgs: dict[str, list[str]] = defaultdict(list)
    for one in plan:
        teams[one.team].append(one.block)
        orgs[facts.teams[one.team].org].append(one.block)
    for kind, held, owners in (
        ("team", teams, {team.id: team.limits for team in facts.problem.teams}),
        ("org", orgs, {org.id: org.limits for org in facts.problem.organisations}),
    ):
        yield from _limits_of(facts, kind, held, owners)


def _limits_of(
    facts: Facts, kind: str, held: Mapping[str, list[str]], owners: Mapping[str, Limits]
) -> Iterator[Violation]:
    for owner, block_ids in held.items():
        limits, blocks = owners[owner], [facts.blocks[block] for block in block_ids]
        most_at_once = 0 if limits.max_concurrent is None else _most_at_once(blocks)
        days, weeks = Counter(block.day for block in blocks), Counter(block.week for block in blocks)
        counts = [
            ("max_per_month", len(blocks), limits.max_per_month),
            ("max_concurrent", most_at_once, limits.max_concurrent),
            *(("max_per_day", shifts, limits.max_per_day) for shifts in days.values()),
            *(("max_per_week", shifts, limits.in_week(week)) for week, shifts in weeks.items()),
        ]
        for name, count, most in counts:
            if most is not None and count > most:
                yield Violation(rule=f"{kind}_{name}", detail=f"{owner}: {count} > {most}")


def _most_at_once(blocks: Sequence[Block]) -> int:
    """Who ends when another begins is gone before it."""
    moments = [*((block.begins, 1) for block in blocks), *((block.ends, -1) for block in blocks)]
    return max(accumulate(step for _, step in sorted(moments)))


def _promised_minimum(facts: Facts, plan: Plan) -> Iterator[Violation]:
    shifts = Counter(facts.teams[one.team].org for one in plan)
    for org in facts.problem.organisations:
        if org.min_hard and shifts[org.id] < org.min_shifts:
            detail = f"{org.id}: {shifts[org.id]} < {org.min_shifts}"
            yield Violation(rule="org_min_hard", detail=detail)


def _rules(facts: Facts, plan: Plan) -> Iterator[Violation]:
    by_block: dict[str, list[Assignment]] = defaultdict(list)
    by_org: dict[str, list[Assignment]] = defaultdict(list)
    for one in plan:
        by_block[one.block].append(one)
        by_org[facts.teams[one.team].org].append(one)
    for rule in facts.problem.rules:
        name, broken = _broken_by(facts, rule, by_org, by_block)
        for where in broken:
            yield Violation(rule=name, detail=f"{rule.id}: {where}")


def _broken_by(
    facts: Facts, rule: Rule, by_org: Mapping[str, list[Assignment]], by_block: Mapping[str, list[Assignment]]
) -> tuple[str, Iterable[str]]:
    """The rule's kind, and where the plan breaks it."""
    match rule:
        case NotTogether():
            return "not_together", _not_together(facts, rule, by_org)
        case BlockRequires():
            return "block_requires", _block_requires(facts, rule, by_block)
        case AlwaysPresent():
            return "always_present", _always_present(facts, rule, by_block)
        case Companion():
            return "companion", _companion(facts, rule, by_block)


def _not_together(facts: Facts, rule: NotTogether, by_org: Mapping[str, list[Assignment]]) -> Iterable[str]:
    there: dict[str, set[str]] = defaultdict(set)
    for org in rule.orgs:
        for one in by_org.get(org, ()):
            block = facts.blocks[one.block]
            where = f"{block.site} {block.day}" if rule.scope == "day" else block.id
            there[where].add(org)
    return [where for where, orgs in there.items() if len(orgs) > 1]


def _block_requires(facts: Facts, rule: BlockRequires, by_block: Mapping[str, list[Assignment]]) -> Iterable[str]:
    return [
        f"{one.team}@{block}"
        for block in sorted(rule.blocks)
        for one in by_block.get(block, ())
        if rule.attr not in facts.teams[one.team].attrs
    ]


def _always_present(facts: Facts, rule: AlwaysPresent, by_block: Mapping[str, list[Assignment]]) -> Iterable[str]:
    for block in facts.open_blocks:
        there = by_block.get(block.id, [])
        if not rule.covers(block) or (rule.when == "any" and not there):
            continue
        if sum(rule.attr in facts.teams[one.team].attrs for one in there) < rule.count:
            yield block.id


def _companion(facts: Facts, rule: Companion, by_block: Mapping[str, list[Assignment]]) -> Iterable[str]:
    for block, there in by_block.items():
        orgs = {facts.teams[one.team].org for one in there}
        if rule.org in orgs and rule.needs_org not in orgs:
            yield block


def _hard_demands(facts: Facts, plan: Plan) -> Iterator[Violation]:
    if not any(demand.hard for demand in facts.problem.demands):
        return
    for demand, have in zip(facts.problem.demands, haves(facts, plan), strict=True):
        if demand.hard and have < demand.min:
            yield Violation(rule="demand_hard", detail=f"{demand.id}: {have} < {demand.min}")


_JUDGES: tuple[Callable[[Facts, Plan], Iterable[Violation]], ...] = (
    _twice,
    _presence,
    _desks,
    _services,
    _pinned,
    _overlaps,
    _limits,
    _promised_minimum,
    _rules,
    _hard_demands,
)
