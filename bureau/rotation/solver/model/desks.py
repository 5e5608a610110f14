"""Enough desks in every block: by Hall's condition, or desk by desk."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.grounds import Grounds

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_UNIONS = 128
Desks = frozenset[str]


def enough_desks(decisions: Decisions) -> None:
    """In each block the teams can be seated, pinned desks kept.

    Hall's theorem: they can if for every union D of allowed desk sets, at most |D| of the teams
    are confined to D. Few kinds of teams make few unions; where they are many, desk by desk.
    """
    for block in decisions.by_block:
        _enough(decisions, block, _allowed(decisions, block))


def _enough(decisions: Decisions, block: str, allowed: dict[str, Desks]) -> None:
    unions = _unions(set(allowed.values()))
    if unions is None:
        _desk_variables(decisions, block, allowed)
        return
    for desks in unions:
        confined = [var for team, var in decisions.by_block[block].items() if allowed[team] <= desks]
        if len(confined) > len(desks):
            decisions.model.add(sum(confined) <= len(desks))


def named_desks(decisions: Decisions, grounds: Grounds) -> None:
    """The same, where a pin's desk holds in the name of the pin."""
    facts = decisions.facts
    pins = [(index, pin) for index, pin in enumerate(facts.problem.pinned) if pin.desk]
    for block, teams in decisions.by_block.items():
        allowed = {team: facts.desks_for(facts.teams[team], facts.blocks[block]) for team in teams}
        here = [(index, pin) for index, pin in pins if pin.block == block and pin.team in teams]
        if not here:
            _enough(decisions, block, allowed)
            continue
        at = _desk_variables(decisions, block, allowed)
        for index, pin in here:
            wanted = at.get((pin.team, str(pin.desk)))
            if wanted is None:
                grounds.refuse(("pin", index))
            else:
                grounds.hold(decisions.model.add(wanted == 1), ("pin", index))


def _allowed(decisions: Decisions, block: str) -> dict[str, Desks]:
    facts = decisions.facts
    return {team: facts.desks_when_pinned(facts.teams[team], facts.blocks[block]) for team in decisions.by_block[block]}


def _unions(sets: Iterable[Desks]) -> list[Desks] | None:
    """Every union of the sets, smallest first; None when there are too many."""
    unions: set[Desks] = set()
    for one in sorted(sets, key=sorted):
        unions |= {one} | {one | union for union in unions}
        if len(unions) > MOST_UNIONS:
            return None
    return sorted(unions, key=lambda desks: (len(desks), sorted(desks)))


def _desk_variables(
    decisions: Decisions, block: str, allowed: dict[str, Desks]
) -> "dict[tuple[str, str], cp_model.IntVar]":
    model = decisions.model
    at = {(team, desk): model.new_bool_var("") for team, desks in allowed.items() for desk in sorted(desks)}
    for team, here in decisions.by_block[block].items():
        model.add(sum(at[team, desk] for desk in sorted(allowed[team])) == here)
    for desk in sorted({desk for _, desk in at}):
        model.add_at_most_one(var for (_, other), var in at.items() if other == desk)
    return at
