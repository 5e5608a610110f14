"""``python -m tests.bench.rota_methods METHOD MONTH SOLUTION SECONDS``: other ways to plan a month, beside our own.

A JSON line on standard output for each better plan, as our solver's process tells them.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from bureau.rotation.solver.draft import Draft
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.forced import force
from bureau.rotation.solver.greedy import extend
from bureau.rotation.solver.improving.costs import model_of
from bureau.rotation.solver.improving.part import Part
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.plan import make_plan
from bureau.rotation.solver.solution import Solution
from bureau.rotation.solver.tables import Tables

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WORKERS = 2
ROUNDING = 1e-6


def main() -> int:
    """Plan one file by one method."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rota_methods", description=__doc__)
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("month", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("seconds", type=float)
    given = parser.parse_args()
    facts = Facts(parse_problem(read_document(given.month)))
    tables = Tables(facts, facts.candidates(facts.problem.blocks))
    solution = METHODS[given.method](tables, given.seconds)
    write_document(given.solution, solution.document())
    return 0


def greedy(tables: Tables, _seconds: float) -> Solution:
    """What is forced, then again and again the addition that saves most."""
    draft = Draft(tables)
    force(draft)
    extend(draft, range(len(tables.pairs)), lambda: False)
    _say(draft.total)
    return _solution(draft, None)


def plain(tables: Tables, seconds: float) -> Solution:
    """CP-SAT on the whole month, as its manual says: no hint, no parts, default settings."""
    from ortools.sat.python import cp_model

    empty = Draft(tables)
    part = model_of(empty, range(len(tables.pairs)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(part.model, _watcher(empty.total))
    bound = solver.best_objective_bound
    proven = ceil(bound - ROUNDING) + empty.total if tables.complete and isfinite(bound) else None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution(instance=tables.facts.problem.id, status="unknown", bound=proven)
    return _solution(_filled(tables, part, solver), proven)


def _filled(tables: Tables, part: Part, solver: "cp_model.CpSolver") -> Draft:
    draft = Draft(tables)
    for pair, number in part.read(solver.value).items():
        draft.add(pair, number)
    return draft


def _watcher(rest: int) -> "cp_model.CpSolverSolutionCallback":
    """Tells each plan that is found."""
    from ortools.sat.python import cp_model

    class Watcher(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            _say(round(self.objective_value) + rest)

    return Watcher()


def _solution(draft: Draft, bound: int | None) -> Solution:
    facts = draft.tables.facts
    plan = make_plan(facts, draft.services())
    return Solution(instance=facts.problem.id, status="feasible", assignments=plan, total=draft.total, bound=bound)


def _say(total: int) -> None:
    sys.stdout.write(json.dumps({"total": total}) + "\n")
    sys.stdout.flush()


METHODS: Mapping[str, Callable[[Tables, float], Solution]] = {"greedy": greedy, "plain": plain}


if __name__ == "__main__":
    sys.exit(main())
