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

NAMING_EFFORT = 0.3
"""Deterministic time in which CP-SAT may name fewer groups of a contradiction; without, they are tried one by one."""


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
    """Groups among these that contradict themselves, few if they are quickly named; None if they do not."""
    from ortools.sat.python import cp_model

    model.clear_assumptions()
    if not _contradict(model, grounds, groups, deadline, seed):
        return None
    model.add_assumptions([grounds.switches[group] for group in groups])
    solver = _solver(deadline, seed)
    solver.parameters.max_deterministic_time = NAMING_EFFORT
    if solver.solve(model) != cp_model.INFEASIBLE:
        return groups
    by_index = {grounds.switches[group].index: group for group in groups}
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [group for index, group in by_index.items() if index in named]


def _contradict(model: "cp_model.CpModel", grounds: Grounds, groups: list[Group], deadline: float, seed: int) -> bool:
    """Whether the groups cannot all hold. With every switch set the presolve sees through what assumptions hide."""
    from ortools.sat.python import cp_model

    held, settled = set(groups), model.clone()
    for group, switch in grounds.switches.items():
        settled.add(settled.get_bool_var_from_proto_index(switch.index) == (group in held))
    status = _solver(deadline, seed).solve(settled)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
        raise _TooLittleTime
    return bool(status == cp_model.INFEASIBLE)


def _solver(deadline: float, seed: int) -> "cp_model.CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2  # "too few for too many" is one step for an LP, and endless cases without
    solver.parameters.max_time_in_seconds = max(0.1, deadline - time.monotonic())
    return solver
