"""The part of a plan that the hard rules force, and whether there is any plan at all."""

from dataclasses import dataclass, field

from bureau.rotation.solver.ending import Ending, usual_solver
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import enough_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.needed import needed_pairs
from bureau.rotation.solver.problem import Held
from bureau.rotation.solver.wish import Wish


@dataclass(frozen=True, kw_only=True, slots=True)
class Core:
    """Who must come when; `feasible` is None when the time was too short to know."""

    feasible: bool | None
    held: dict[Held, frozenset[str]] = field(default_factory=dict)


def find_core(facts: Facts, ending: Ending, *, seed: int, wish: Wish | None = None) -> Core:
    """A smallest plan that keeps every hard rule and fulfils the wish, or that there is none."""
    decisions = _forced(facts, wish)
    decisions.model.minimize(sum(decisions.here.values()))
    solver = usual_solver(seed)
    feasible = _feasible(ending.solve(solver, decisions.model))
    return Core(feasible=feasible, held=decisions.read(solver.value) if feasible else {})


def is_possible(facts: Facts, ending: Ending, *, seed: int, wish: Wish | None = None) -> bool | None:
    """Whether some plan keeps every hard rule and fulfils the wish; None if the time was too short."""
    return _feasible(ending.solve(usual_solver(seed), _forced(facts, wish).model))


def _forced(facts: Facts, wish: Wish | None) -> Decisions:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    pairs = needed_pairs(facts, wish, facts.may_be_planned)
    decisions = Decisions(facts, model, pairs, free_services=False)
    hard_rules(decisions, Grounds(model, named=False))
    enough_desks(decisions)
    if wish is not None:
        wish.hold(decisions)
    return decisions


def _feasible(status: int) -> bool | None:
    from ortools.sat.python import cp_model

    if status == cp_model.INFEASIBLE:
        return False
    return True if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
