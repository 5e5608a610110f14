"""Why there is no plan: a smallest set of groups that cannot all hold."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bureau.rotation.solver.core import forced_blocks
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import named_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.problem import Block, Group, Team
from bureau.rotation.solver.wish import Wish

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_PAIRS = 200_000
"""Beyond so many teams times blocks, availability is taken as given instead of as a group."""


def find_conflict(
    facts: Facts,
    *,
    seconds: float,
    seed: int = 0,
    wish: Wish | None = None,
) -> tuple[Group, ...] | None:
    """Groups that cannot all hold (with the wish), each of them needed.

    None if they can, or if the time was too short to know; empty if the wish alone is impossible.

    Starts from the core of assumptions that CP-SAT names, then drops every group without which
    the rest still contradicts itself (deletion filter, Chinneck and Dravnieks 1991).
    """
    from ortools.sat.python import cp_model

    deadline = time.monotonic() + seconds
    model = cp_model.CpModel()
    grounds = Grounds(model, named=True)
    pairs = _pairs(facts, forced_blocks(facts, wish))
    decisions = Decisions(facts, model, pairs, free_services=True)
    hard_rules(decisions, grounds)
    named_desks(decisions, grounds)
    if wish is not None:
        wish.hold(decisions)
    core = _core(model, grounds, list(grounds.switches), deadline, seed)
    if core is None:
        return None
    return tuple(sorted(_filtered(model, grounds, core, deadline, seed), key=str))


def _pairs(facts: Facts, blocks: Iterable[Block]) -> list[tuple[Team, Block]]:
    """Every team and open block with a desk for it, also where the team is not available."""
    pairs = [
        (team, block)
        for block in blocks
        if facts.is_open(block)
        for team in facts.problem.teams
        if facts.desks_for(team, block)
    ]
    return pairs if len(pairs) <= MOST_PAIRS else facts.candidates(blocks)


def _filtered(
    model: "cp_model.CpModel", grounds: Grounds, core: list[Group], deadline: float, seed: int
) -> list[Group]:
    needed: list[Group] = []
    while core:
        group, *rest = core
        smaller = _core(model, grounds, needed + rest, deadline, seed)
        if smaller is None:
            needed.append(group)
            core = rest
        else:
            core = [one for one in rest if one in smaller]
    return needed


def _core(
    model: "cp_model.CpModel",
    grounds: Grounds,
    groups: list[Group],
    deadline: float,
    seed: int,
) -> list[Group] | None:
    """Groups among these that contradict themselves; None if they do not, or nobody knows."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.1, deadline - time.monotonic())
    model.clear_assumptions()
    model.add_assumptions([grounds.switches[group] for group in groups])
    if solver.solve(model) != cp_model.INFEASIBLE:
        return None
    by_index = {grounds.switches[group].index: group for group in groups}
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [group for index, group in by_index.items() if index in named]
