"""Why there is no plan: a smallest set of groups that cannot all hold."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bureau.rotation.solver.core import is_possible
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import named_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.needed import needed_pairs
from bureau.rotation.solver.problem import Group
from bureau.rotation.solver.wish import Wish

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_PAIRS = 200_000
"""So many teams times blocks fit into a model; beyond, nobody knows the conflict."""


class _TooLittleTime(Exception):
    """The optimiser could not say in the time it had."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Whether there is a plan that fulfils a wish; if not, the groups that cannot all hold.

    `possible` is None when the time was too short to know, or to prove that every group of the
    conflict is needed.
    """

    possible: bool | None
    conflict: tuple[Group, ...] = ()


def judge_wish(facts: Facts, wish: Wish | None, *, seconds: float, seed: int = 0) -> Judgement:
    """Whether some plan fulfils the wish, and what stands against it if none does."""
    deadline = time.monotonic() + seconds
    possible = is_possible(facts, seconds=seconds, seed=seed, wish=wish)
    if possible is not False:
        return Judgement(possible=possible)
    conflict = find_conflict(facts, seconds=deadline - time.monotonic(), seed=seed, wish=wish)
    return Judgement(possible=None) if conflict is None else Judgement(possible=False, conflict=conflict)


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
    pairs = needed_pairs(facts, wish, lambda team, block: bool(facts.desks_for(team, block)))
    if len(pairs) > MOST_PAIRS:
        return None
    model = cp_model.CpModel()
    grounds = Grounds(model, named=True)
    decisions = Decisions(facts, model, pairs, free_services=False)
    hard_rules(decisions, grounds)
    named_desks(decisions, grounds)
    if wish is not None:
        wish.hold(decisions)
    try:
        core = _core(model, grounds, list(grounds.switches), deadline, seed)
        return None if core is None else tuple(sorted(_filtered(model, grounds, core, deadline, seed), key=str))
    except _TooLittleTime:
        return None


def _filtered(
    model: "cp_model.CpModel", grounds: Grounds, core: list[Group], deadline: float, seed: int
) -> list[Group]:
    """Of groups that contradict themselves, as few as are needed for it."""
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
    """Groups among these that contradict themselves; None if they do not."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2  # "too few for too many" is one step for an LP, and endless cases without
    solver.parameters.max_time_in_seconds = max(0.1, deadline - time.monotonic())
    model.clear_assumptions()
    model.add_assumptions([grounds.switches[group] for group in groups])
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    if status != cp_model.INFEASIBLE:
        raise _TooLittleTime
    by_index = {grounds.switches[group].index: group for group in groups}
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [group for index, group in by_index.items() if index in named]
