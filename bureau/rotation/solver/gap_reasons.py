"""Why nobody more gives what a demand asks for, by look-up: codes and numbers, no words.

The first reason is one of `no_blocks` (nothing in its scope is ever open), `closed` (`dates`),
`nobody_offers` (`service`, `language`) or `offered_by` (`teams`: how many offer it). After the last
one come the reasons of the teams, the most frequent first: the `code` (and `limit`) of `reasons.py`,
`services_full` (there, but gives other `services`), `counted` (already counts wherever it can come)
or `possible` (nothing stands against it, it only costs); `teams` says how many it holds for,
`examples` names some with `team`, `block` and the fields of the code.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Block, Demand, Team
from bureau.rotation.solver.reasons import Reason, reasons_against, unavailable
from bureau.rotation.solver.situation import Situation

MOST_EXAMPLES = 12
MOST_BLOCKS = 24
"""So many blocks of a team are looked at closely; a team that may come oftener has reasons enough."""


def reasons_of_gap(plan: Situation, demand: Demand) -> list[Reason]:
    """Why the plan has no more for the demand."""
    facts = plan.facts
    blocks = facts.blocks_of(demand)
    if not blocks:
        return [_never_open(facts, demand)]
    teams = [team for team in facts.problem.teams if team.gives(demand.service, demand.language)]
    if not teams:
        return [{"code": "nobody_offers", "service": demand.service, "language": demand.language}]
    return [{"code": "offered_by", "teams": len(teams)}, *_grouped(_nearest(plan, demand, teams, blocks))]


def _never_open(facts: Facts, demand: Demand) -> Reason:
    """The days in the demand's scope that are all closed, if there are any blocks at all."""
    days = {block.day for block in facts.problem.blocks if demand.asks_in(block)}
    dates = [day.isoformat() for day in sorted(days)]
    return {"code": "closed", "dates": dates} if dates else {"code": "no_blocks"}


def _nearest(plan: Situation, demand: Demand, teams: Iterable[Team], blocks: list[Block]) -> Iterator[list[Reason]]:
    """For each team what stands against it where least does."""
    for team in teams:
        coming = [b for b in blocks if team.may_come(b) or (team.id, b.id) in plan.facts.pins]
        if not coming:
            yield [{**why, "team": team.id, "block": blocks[0].id} for why in unavailable(plan, team, blocks[0])]
            continue
        close = [_standing(plan, demand, team, block) for block in coming[:MOST_BLOCKS]]
        yield min(close, key=_distance)


def _distance(reasons: list[Reason]) -> tuple[int, int]:
    """What is possible first, then what least stands against, last where the team counts already."""
    return ["possible", None, "counted"].index(_only_cost(reasons)), len(reasons)


def _only_cost(reasons: list[Reason]) -> str | None:
    code = str(reasons[0]["code"])
    return code if code in ("possible", "counted") else None


def _standing(plan: Situation, demand: Demand, team: Team, block: Block) -> list[Reason]:
    where: Reason = {"team": team.id, "block": block.id}
    there = plan.held.get((team.id, block.id))
    if there is None:
        against = reasons_against(plan, team, block) or [{"code": "possible"}]
        return [{**reason, **where} for reason in against]
    if _counts(team, there.services, there.languages, demand):
        return [{"code": "counted", **where}]
    return [{"code": "services_full", "services": list(there.services), "most": team.max_services, **where}]


def _counts(team: Team, services: Iterable[str], languages: Iterable[str], demand: Demand) -> bool:
    """Whether the services and languages given are counted for the demand."""
    heard = set(languages) if demand.language is None else {demand.language} & set(languages)
    wanted = [service for service in services if demand.service in (None, service)]
    return any(heard & team.offers.get(service, frozenset()) for service in wanted)


def _grouped(found: Iterable[list[Reason]]) -> list[Reason]:
    """The reasons by code and limit, those of most teams first; each reason of a team counts."""
    groups: dict[tuple[str, ...], list[Reason]] = defaultdict(list)
    for reasons in found:
        for reason in reasons:
            groups[str(reason["code"]), str(reason.get("of", "")), str(reason.get("limit", ""))].append(reason)
    ranked = sorted(groups.items(), key=lambda group: (-len(_teams(group[1])), group[0]))
    return [_group(key, members) for key, members in ranked]


def _teams(members: Iterable[Reason]) -> set[object]:
    return {member["team"] for member in members}


def _group(key: tuple[str, ...], members: list[Reason]) -> Reason:
    code, of, limit = key
    shared = {"code": code, **({"of": of, "limit": limit} if limit else {})}
    examples = [{k: v for k, v in one.items() if k not in shared} for one in members[:MOST_EXAMPLES]]
    return {**shared, "teams": len(_teams(members)), "examples": examples}
