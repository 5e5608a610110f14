"""CP-SAT on the whole month, from a plan to a better one and a bound."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil, isfinite
from threading import Event, Thread
from typing import TYPE_CHECKING

from bureau.rotation.solver.best import Best
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.model.decisions import Decisions
from bureau.rotation.solver.model.desks import enough_desks
from bureau.rotation.solver.model.grounds import Grounds
from bureau.rotation.solver.model.hard import hard_rules
from bureau.rotation.solver.model.objective import Objective
from bureau.rotation.solver.plan import make_plan
from bureau.rotation.solver.problem import Block, Team
from bureau.rotation.solver.wish import Wish

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

STOP_EVERY_SECONDS = 0.1
ROUNDING = 1e-6
"""The optimiser tells its bound as a float; totals are whole."""


class InvalidModel(Exception):
    """The optimiser refuses the model or its settings: a mistake here."""


def optimise(
    facts: Facts,
    pairs: Sequence[tuple[Team, Block]],
    best: Best,
    *,
    seconds: float,
    seed: int,
    workers: int,
    should_stop: Callable[[], bool],
    wish: Wish | None = None,
) -> None:
    """Offer every better plan found, and every better bound, to `best` within the time.

    Time spent on building the model counts.
    """
    from ortools.sat.python import cp_model

    started = best.seconds
    model = cp_model.CpModel()
    decisions = build(facts, model, pairs)
    if wish is not None:
        wish.hold(decisions)
    if best.plan is not None:
        decisions.hint(best.plan)
        _complete_hint(model, seconds=seconds / 4)
    left = seconds - (best.seconds - started)
    if left <= 0 or should_stop():
        return
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = left
    with _stopped_by(solver, should_stop):
        status = solver.solve(model, _watcher(decisions, best))
    if status == cp_model.MODEL_INVALID:
        raise InvalidModel(model.validate())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        best.offer(make_plan(facts, decisions.read(solver.value)))
    if status != cp_model.INFEASIBLE:
        _tighten(best, solver.best_objective_bound)


def _complete_hint(model: "cp_model.CpModel", *, seconds: float) -> None:
    """Hint every variable, not the decisions alone; an incomplete hint is mostly lost.

    With the decisions fixed, solving for the others is quick.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.fix_variables_to_their_hinted_value = True
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return
    model.clear_hints()
    for index in range(len(model.proto.variables)):
        var = model.get_int_var_from_proto_index(index)
        model.add_hint(var, solver.value(var))


def _tighten(best: Best, bound: float) -> None:
    if isfinite(bound):
        best.tighten(ceil(bound - ROUNDING))


def build(facts: Facts, model: "cp_model.CpModel", pairs: Sequence[tuple[Team, Block]]) -> Decisions:
    """The whole model, objective included."""
    problem = facts.problem
    replanning = problem.current is not None and problem.weight("changes") > 0
    decisions = Decisions(facts, model, pairs, free_services=replanning)
    hard_rules(decisions, Grounds(model, named=False))
    enough_desks(decisions)
    Objective(decisions).minimise()
    return decisions


def _watcher(decisions: Decisions, best: Best) -> "cp_model.CpSolverSolutionCallback":
    from ortools.sat.python import cp_model

    class Watcher(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            best.offer(make_plan(decisions.facts, decisions.read(self.value)))
            _tighten(best, self.best_objective_bound)

    return Watcher()


@contextmanager
def _stopped_by(solver: "cp_model.CpSolver", should_stop: Callable[[], bool]) -> Iterator[None]:
    """Ask while the solver runs, in a thread of its own, and stop it when told to."""
    over = Event()

    def watch() -> None:
        while not over.wait(STOP_EVERY_SECONDS):
            if should_stop():
                solver.stop_search()

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
