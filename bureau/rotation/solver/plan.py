"""A plan from who-comes-when: desks found, languages told, in the problem's order."""

from collections.abc import Mapping

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.problem import Assignment, Held
from bureau.rotation.solver.seating import seat_all

Plan = tuple[Assignment, ...]


def make_plan(facts: Facts, held: Mapping[Held, frozenset[str]]) -> Plan:
    """The assignments of teams and blocks with their services; every language they speak there."""
    desks = seat_all(facts, held)
    order = {block.id: index for index, block in enumerate(facts.problem.blocks)}
    return tuple(
        _assignment(facts, key, desks[key], held[key]) for key in sorted(desks, key=lambda key: (order[key[1]], key[0]))
    )


def without_desks(facts: Facts, held: Mapping[Held, frozenset[str]]) -> Plan:
    """The same in any order and nobody seated: enough for a score."""
    return tuple(_assignment(facts, key, "", services) for key, services in held.items())


def _assignment(facts: Facts, key: Held, desk: str, services: frozenset[str]) -> Assignment:
    team = facts.teams[key[0]]
    return Assignment(
        team=team.id,
        block=key[1],
        desk=desk,
        services=tuple(service for service in team.offers if service in services),
        languages=tuple(sorted(team.languages_of(services))),
    )
