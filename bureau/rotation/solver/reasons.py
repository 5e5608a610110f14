"""What stands against a booking in a plan, by look-up: codes and numbers, no words.

Each reason is `{"code": …}` with what it names:

| code | fields |
|---|---|
| `there_already` | `services` given |
| `closed` | `date` |
| `not_available` | `because`: `site`, `date` or `hours` |
| `no_desk` | `needs`: attributes that no desk of the site has together |
| `desks_unavailable` | `desks` that would suit, none to be used in the block |
| `desks_taken` | `desks` that would suit, and the `teams` there |
| `limit` | `of` (`team`, `org`), `id`, `limit`, `most`, `used`, `sessions` that use it, `before` in last month |
| `overlap`, `travel` | `sessions` that overlap, or leave no time to travel (`minutes` needed) |
| `block_requires` | `rule`, `attr` that the team lacks |
| `not_together` | `rule`, `orgs` that are there, `sessions` |
| `companion` | `rule`, `org` that is not there |
| `always_present` | `rule`, `attr`, `count` wanted, `have` with this team |

A session is `{"team", "block"}`.
"""

from collections.abc import Callable, Iterable, Iterator

from bureau.rotation.solver.problem import (
    AlwaysPresent,
    Block,
    BlockRequires,
    Companion,
    Limits,
    NotTogether,
    Rule,
    Team,
)
from bureau.rotation.solver.situation import Shift, Situation

Reason = dict[str, object]


def reasons_against(plan: Situation, team: Team, block: Block) -> list[Reason]:
    """All that stands against the team coming to the block too; nothing if it only costs."""
    there = plan.held.get((team.id, block.id))
    if there is not None:
        return [{"code": "there_already", "services": list(there.services)}]
    if not plan.facts.is_open(block):
        return [{"code": "closed", "date": block.day.isoformat()}]
    return [reason for look in _LOOKS for reason in look(plan, team, block)]


def unavailable(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    """Why the team did not declare itself available for the block, if it did not."""
    if (team.id, block.id) in plan.facts.pins or team.may_come(block):
        return
    if team.sites and block.site not in team.sites:
        because = "site"
    else:
        because = "date" if block.day in team.unavailable_dates else "hours"
    yield {"code": "not_available", "because": because}


def _desks(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    if plan.can_sit(team, block):
        return
    facts = plan.facts
    suitable = sorted(d.id for d in facts.desks_by_site.get(block.site, ()) if team.needs <= d.attrs)
    usable = facts.desks_for(team, block)
    if not suitable:
        yield {"code": "no_desk", "needs": sorted(team.needs)}
    elif not usable:
        yield {"code": "desks_unavailable", "desks": suitable}
    else:
        at = plan.at_desks(block)
        yield {"code": "desks_taken", "desks": sorted(usable), "teams": [at[d] for d in sorted(usable) if d in at]}


def _team_limits(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    return _limits("team", team.id, team.limits, plan.of_team.get(team.id, ()), block)


def _org_limits(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    return _limits("org", team.org, plan.facts.orgs[team.org].limits, plan.of_org.get(team.org, ()), block)


def _limits(of: str, owner: str, limits: Limits, shifts: Iterable[Shift], block: Block) -> Iterator[Reason]:
    held = list(shifts)
    before = limits.boundary_load.get(block.week, 0)
    counted = [
        ("max_per_day", limits.max_per_day, [shift for shift in held if shift[1].day == block.day]),
        ("max_per_week", limits.in_week(block.week), [shift for shift in held if shift[1].week == block.week]),
        ("max_per_month", limits.max_per_month, held),
    ]
    if limits.max_concurrent is not None:
        counted.append(("max_concurrent", limits.max_concurrent, _at_once(held, block)))
    for limit, most, using in counted:
        if most is not None and len(using) >= most:
            reason = {"code": "limit", "of": of, "id": owner, "limit": limit, "most": most, "used": len(using)}
            past = {"before": before} if limit == "max_per_week" and before else {}
            yield {**reason, "sessions": _sessions(using), **past}


def _at_once(held: Iterable[Shift], block: Block) -> list[Shift]:
    """The shifts under way at that instant of the block at which most are."""
    touching = [shift for shift in held if shift[1].begins < block.ends and block.begins < shift[1].ends]
    instants = sorted({block.begins, *(other.begins for _, other in touching if other.begins >= block.begins)})
    running = ([shift for shift in touching if shift[1].begins <= at < shift[1].ends] for at in instants)
    return max(running, key=len)


def _clashes(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    facts = plan.facts
    clashing = [shift for shift in plan.of_team.get(team.id, ()) if facts.clash(block, shift[1])]
    overlapping = [shift for shift in clashing if shift[1].begins < block.ends and block.begins < shift[1].ends]
    travelling = [shift for shift in clashing if shift not in overlapping]
    if overlapping:
        yield {"code": "overlap", "sessions": _sessions(overlapping)}
    if travelling:
        yield {"code": "travel", "minutes": facts.problem.travel_minutes, "sessions": _sessions(travelling)}


def _rules(plan: Situation, team: Team, block: Block) -> Iterator[Reason]:
    for rule in plan.facts.problem.rules:
        reason = _against(plan, rule, team, block)
        if reason is not None:
            yield {"code": _RULE_CODES[type(rule)], "rule": rule.id, **reason}


def _against(plan: Situation, rule: Rule, team: Team, block: Block) -> Reason | None:
    match rule:
        case NotTogether():
            return _not_together(plan, rule, team, block)
        case BlockRequires():
            missing = block.id in rule.blocks and rule.attr not in team.attrs
            return {"attr": rule.attr} if missing else None
        case Companion():
            alone = team.org == rule.org and rule.org != rule.needs_org
            there = any(other.org == rule.needs_org for other in plan.teams_in(block))
            return {"org": rule.needs_org} if alone and not there else None
        case AlwaysPresent():
            have = sum(rule.attr in other.attrs for other in (*plan.teams_in(block), team))
            broken = rule.covers(block) and have < rule.count
            return {"attr": rule.attr, "count": rule.count, "have": have} if broken else None


def _not_together(plan: Situation, rule: NotTogether, team: Team, block: Block) -> Reason | None:
    if team.org not in rule.orgs:
        return None
    others = plan.on_day(block, rule.orgs - {team.org})
    if rule.scope == "block":
        others = [shift for shift in others if shift[1].id == block.id]
    if not others:
        return None
    orgs = sorted({plan.facts.teams[other].org for other, _ in others})
    return {"orgs": orgs, "sessions": _sessions(others)}


def _sessions(shifts: Iterable[Shift]) -> list[dict[str, str]]:
    return [{"team": team, "block": block.id} for team, block in shifts]


_RULE_CODES: dict[type[Rule], str] = {
    NotTogether: "not_together",
    BlockRequires: "block_requires",
    Companion: "companion",
    AlwaysPresent: "always_present",
}

_LOOKS: tuple[Callable[[Situation, Team, Block], Iterator[Reason]], ...] = (
    unavailable,
    _desks,
    _clashes,
    _team_limits,
    _org_limits,
    _rules,
)
