"""The part of a plan that the hard rules force, and whether there is any plan at all."""

from dataclasses import dataclass, field

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import enough_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.problem import AlwaysPresent, Block, Held
from bureau.rotation.solver.wish import Wish


@dataclass(frozen=True, kw_only=True, slots=True)
class Core:
    """Who must come when; `feasible` is None when the time was too short to know."""

    feasible: bool | None
    held: dict[Held, frozenset[str]] = field(default_factory=dict)


def forced_blocks(facts: Facts, wish: Wish | None = None) -> list[Block]:
    """The open blocks where a hard rule, or the wish, can ask somebody to come.

    Whatever happens elsewhere can be left out of a valid plan and leaves it valid: limits and
    overlaps only forbid, and company is asked for within a block. So a plan exists exactly if one
    exists on these blocks.
    """
    problem = facts.problem
    if any(org.min_hard and org.min_shifts for org in problem.organisations):
        return facts.open_blocks
    forced = {pin.block for pin in problem.pinned}
    if wish is not None:
        forced.update(block.id for block in wish.blocks(facts))
    for demand in problem.demands:
        if demand.hard and demand.min:
            forced.update(block.id for block in facts.blocks_of(demand))
    for rule in problem.rules:
        if isinstance(rule, AlwaysPresent) and rule.when == "open":
            forced.update(block.id for block in facts.open_blocks if rule.covers(block))
    return [block for block in facts.open_blocks if block.id in forced]


def find_core(facts: Facts, *, seconds: float, seed: int, wish: Wish | None = None) -> Core:
    """A smallest plan that keeps every hard rule and fulfils the wish, or that there is none."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    pairs = facts.candidates(forced_blocks(facts, wish))
    decisions = Decisions(facts, model, pairs, free_services=False)
    hard_rules(decisions, Grounds(model, named=False))
    enough_desks(decisions)
    if wish is not None:
        wish.hold(decisions)
    model.minimize(sum(decisions.here.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Core(feasible=False)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Core(feasible=None)
    return Core(feasible=True, held=decisions.read(solver.value))
