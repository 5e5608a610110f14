"""Whoever says stop is heard everywhere, and gets what is known so far."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

from bureau.rotation.solver.conflict import Conflict, find_conflict
from bureau.rotation.solver.ending import Ending, usual_solver
from bureau.rotation.solver.explain import explain_gaps
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.search import solve
from tests.rotation.solver.months import holding_only
from tests.rotation.solver.problems import Document, demand, facts, problem, team

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MONTHS = Path(__file__).parent / "months"
LONG = 600.0
"""Seconds that no test waits for: a stop is heard before."""


def after(times: int) -> Callable[[], bool]:
    """Says stop when it has been asked so often."""
    left = iter(range(times))
    return lambda: next(left, None) is None


def impossible() -> Document:
    """A month in which two hard demands ask for more than a team may give; others stand beside it."""
    alone = [team("red-team", "red", max_per_day=1), team("blue-team", "blue", available=[])]
    asked = [demand(name, scope="block", block=name, hard=True) for name in ("mon-1", "mon-2", "tue-1")]
    return problem(teams=alone, demands=asked, pinned=[], rules=[])


def is_impossible(document: Document, conflict: Conflict) -> bool:
    """Whether what the conflict names is enough for a contradiction."""
    return solve(parse_problem(holding_only(document, list(conflict.groups))), seconds=20).status == "infeasible"


def endless() -> "cp_model.CpModel":
    """A market split problem: small, without solution, and hard for every optimiser."""
    from ortools.sat.python import cp_model

    model, rng = cp_model.CpModel(), Random(1)
    here = [model.new_bool_var("") for _ in range(50)]
    for _ in range(6):
        sizes = [rng.randrange(100) for _ in here]
        model.add(cp_model.LinearExpr.weighted_sum(here, sizes) == sum(sizes) // 2)
    return model


def test_a_stop_is_heard_in_the_middle_of_the_optimisers_work() -> None:
    from ortools.sat.python import cp_model

    ending = Ending(LONG, after(3))

    status = ending.solve(usual_solver(0), endless())

    assert status == cp_model.UNKNOWN


def test_whoever_stops_the_search_for_a_conflict_gets_one_that_is_not_called_minimal() -> None:
    document = impossible()

    conflict = find_conflict(facts(document), Ending(LONG, lambda: True))

    assert not conflict.minimal
    assert is_impossible(document, conflict)


def test_with_time_the_conflict_is_minimal() -> None:
    conflict = find_conflict(facts(impossible()), Ending(LONG))

    assert conflict.minimal
    assert ("demand", "tue-1") not in conflict.groups


def test_of_a_month_too_large_to_look_at_a_part_is_named() -> None:
    asked = [demand(f"q{number}", scope="block", block="tue-1", hard=True) for number in range(40)]
    document = {**impossible(), "demands": [*asked, *impossible()["demands"]]}
    many = facts(document)

    conflict = find_conflict(many, Ending(LONG), most_pairs=5)

    assert conflict.minimal
    assert is_impossible(document, conflict)


def test_of_a_month_too_large_in_every_part_everything_is_named() -> None:
    document = impossible()

    conflict = find_conflict(facts(document), Ending(LONG), most_pairs=0)

    assert not conflict.minimal
    assert is_impossible(document, conflict)


def test_whoever_stops_an_explanation_gets_what_a_look_up_says() -> None:
    document = read_document(MONTHS / "S-11.json.gz")
    month = Facts(parse_problem(document))
    plan = parse_assignments(read_document(MONTHS / "S-11.plan.json.gz"))

    found = explain_gaps(month, plan, Ending(LONG, after(20)))

    kinds = [one["kind"] for one in found]
    assert set(kinds[:1]) <= {"possible", "conflict"}
    assert kinds[-1] == "unknown"
    assert all(cast("list[object]", one["reasons"]) for one in found)
