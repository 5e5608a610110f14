"""The hard rules as constraints, each in the name of its group."""

from collections import defaultdict
from datetime import datetime
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.problem import (
    AlwaysPresent,
    Block,
    BlockRequires,
    Companion,
    Limits,
    NotTogether,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ortools.sat.python import cp_model

    Shift = tuple[Block, cp_model.IntVar]


def hard_rules(decisions: Decisions, grounds: Grounds) -> None:
    """Every hard rule but the desks."""
    _one_place_at_a_time(decisions)
    _availability(decisions, grounds)
    _pins(decisions, grounds)
    _all_limits(decisions, grounds)
    _promised_minimum(decisions, grounds)
    _hard_demands(decisions, grounds)
    for rule in decisions.facts.problem.rules:
        match rule:
            case NotTogether():
                _not_together(decisions, grounds, rule)
            case BlockRequires():
                _block_requires(decisions, grounds, rule)
            case AlwaysPresent():
                _always_present(decisions, grounds, rule)
            case Companion():
                _companion(decisions, grounds, rule)


def _shifts(decisions: Decisions, team: str) -> "list[Shift]":
    blocks = decisions.facts.blocks
    return [(blocks[block], var) for block, var in decisions.by_team.get(team, {}).items()]


def _at_once(shifts: "list[Shift]") -> "Iterable[list[cp_model.IntVar]]":
    """The largest sets of shifts that run at the same instant: those under way when one begins."""
    running: list[Shift] = []
    for begins, these in groupby(sorted(shifts, key=_begins), key=_begins):
        running = [*(shift for shift in running if shift[0].ends > begins), *these]
        yield [var for _, var in running]


def _begins(shift: "Shift") -> datetime:
    return shift[0].begins


def _one_place_at_a_time(decisions: Decisions) -> None:
    for team in decisions.by_team:
        shifts = sorted(_shifts(decisions, team), key=_begins)
        for running in _at_once(shifts):
            if len(running) > 1:
                decisions.model.add_at_most_one(running)
        for index, (first, var) in enumerate(shifts):
            for second, other in shifts[index + 1 :]:
                if second.begins >= first.ends + decisions.facts.travel:
                    break
                if second.begins >= first.ends and second.site != first.site:
                    decisions.model.add_bool_or(~var, ~other)


def _availability(decisions: Decisions, grounds: Grounds) -> None:
    facts = decisions.facts
    for (team, block), var in decisions.here.items():
        if (team, block) not in facts.pins and not facts.teams[team].may_come(facts.blocks[block]):
            grounds.hold(decisions.model.add(var == 0), ("team", team, "availability"))


def _pins(decisions: Decisions, grounds: Grounds) -> None:
    for index, pin in enumerate(decisions.facts.problem.pinned):
        wanted = [decisions.here.get((pin.team, pin.block))]
        if wanted[0] is not None:
            services = sorted(pin.services)
            wanted += [decisions.service(pin.team, pin.block, service) for service in services]
        for var in wanted:
            if var is None:
                grounds.refuse(("pin", index))
            else:
                grounds.hold(decisions.model.add(var == 1), ("pin", index))


def _all_limits(decisions: Decisions, grounds: Grounds) -> None:
    for team in decisions.facts.problem.teams:
        _limits(decisions, grounds, "team", team.id, team.limits, _shifts(decisions, team.id))
    for org in decisions.facts.problem.organisations:
        shifts = decisions.by_org.get(org.id, [])
        _limits(decisions, grounds, "org", org.id, org.limits, shifts)


def _limits(
    decisions: Decisions,
    grounds: Grounds,
    kind: str,
    owner: str,
    limits: Limits,
    shifts: "list[Shift]",
) -> None:
    days, weeks = defaultdict(list), defaultdict(list)
    for block, var in shifts:
        days[block.day].append(var)
        weeks[block.week].append(var)
    capped = [(limits.max_per_month, "max_per_month", [var for _, var in shifts])]
    capped += [(limits.max_per_day, "max_per_day", day) for day in days.values()]
    capped += [(limits.in_week(week), "max_per_week", them) for week, them in weeks.items()]
    if limits.max_concurrent is not None:
        running = _at_once(shifts)
        capped += [(limits.max_concurrent, "max_concurrent", them) for them in running]
    for most, name, them in capped:
        if most is not None and len(them) > most:
            grounds.hold(decisions.model.add(sum(them) <= most), (kind, owner, name))


def _promised_minimum(decisions: Decisions, grounds: Grounds) -> None:
    for org in decisions.facts.problem.organisations:
        if org.min_hard and org.min_shifts:
            shifts = [var for _, var in decisions.by_org.get(org.id, [])]
            _at_least(decisions, grounds, shifts, org.min_shifts, ("org", org.id, "min_shifts"))
    _promised_together(decisions, grounds)


def _promised_together(decisions: Decisions, grounds: Grounds) -> None:
    """What all of them must get at least, and what there are desks for at most.

    It follows from the rest, but who has to find it out tries endless cases where too many must come.
    """
    facts, model = decisions.facts, decisions.model
    promised = [org for org in facts.problem.organisations if org.min_hard and org.min_shifts]
    if len(promised) <= 1:
        return
    shifts = [var for org in promised for _, var in decisions.by_org.get(org.id, [])]
    held = [org.min_shifts * grounds.holds(("org", org.id, "min_shifts")) for org in promised]
    model.add(sum(shifts) >= sum(held))
    room = (_desks_in(facts, facts.blocks[name]) for name in decisions.by_block)
    model.add(sum(shifts) <= sum(room))


def _desks_in(facts: Facts, block: Block) -> int:
    return sum(block.id not in desk.unavailable_blocks for desk in facts.desks_by_site.get(block.site, ()))


def _hard_demands(decisions: Decisions, grounds: Grounds) -> None:
    for demand in decisions.facts.problem.demands:
        if demand.hard and demand.min:
            having = decisions.counting(demand)
            _at_least(decisions, grounds, having, demand.min, ("demand", demand.id))


def _at_least(
    decisions: Decisions,
    grounds: Grounds,
    them: "list[cp_model.IntVar]",
    least: int,
    group: tuple[str, ...],
) -> None:
    if len(them) < least:
        grounds.refuse(group)
    else:
        grounds.hold(decisions.model.add(sum(them) >= least), group)


def _not_together(decisions: Decisions, grounds: Grounds, rule: NotTogether) -> None:
    there: dict[object, dict[str, list[cp_model.IntVar]]] = {}
    for org in sorted(rule.orgs):
        for block, var in decisions.by_org.get(org, []):
            place = (block.site, block.day) if rule.scope == "day" else block.id
            there.setdefault(place, {}).setdefault(org, []).append(var)
    for orgs in there.values():
        present = [_any_of(decisions.model, them) for them in orgs.values()]
        for one, other in combinations(present, 2):
            grounds.hold(decisions.model.add_bool_or(~one, ~other), ("rule", rule.id))


def _any_of(model: "cp_model.CpModel", them: "list[cp_model.IntVar]") -> "cp_model.IntVar":
    """A variable that is 1 if any of them is."""
    if len(them) == 1:
        return them[0]
    present = model.new_bool_var("")
    for var in them:
        model.add_implication(var, present)
    return present


def _block_requires(decisions: Decisions, grounds: Grounds, rule: BlockRequires) -> None:
    for block in sorted(rule.blocks):
        for team, var in decisions.by_block.get(block, {}).items():
            if rule.attr not in decisions.facts.teams[team].attrs:
                grounds.hold(decisions.model.add(var == 0), ("rule", rule.id))


def _always_present(decisions: Decisions, grounds: Grounds, rule: AlwaysPresent) -> None:
    facts, model = decisions.facts, decisions.model
    for block in facts.open_blocks:
        teams = decisions.by_block.get(block.id, {})
        if not rule.covers(block):
            continue
        having = [var for team, var in teams.items() if rule.attr in facts.teams[team].attrs]
        if rule.when == "open":
            _at_least(decisions, grounds, having, rule.count, ("rule", rule.id))
        elif teams and rule.count:
            used = _any_of(model, list(teams.values()))
            grounds.hold(model.add(sum(having) >= rule.count * used), ("rule", rule.id))


def _companion(decisions: Decisions, grounds: Grounds, rule: Companion) -> None:
    facts, model = decisions.facts, decisions.model
    if rule.org == rule.needs_org:
        return
    for teams in decisions.by_block.values():
        company = [v for team, v in teams.items() if facts.teams[team].org == rule.needs_org]
        for team, var in teams.items():
            if facts.teams[team].org == rule.org:
                grounds.hold(model.add_bool_or(*company, ~var), ("rule", rule.id))
