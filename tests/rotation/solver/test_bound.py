"""The proven bound: never above the best plan, near it, and gone with its process."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.rotation.solver.bound.child import BoundProcess
from bureau.rotation.solver.bound.convex import envelope
from bureau.rotation.solver.bound.duals import whole_bound
from bureau.rotation.solver.bound.relaxation import relaxation
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.plan import make_plan
from bureau.rotation.solver.problem import TERMS
from bureau.rotation.solver.rules import violations
from bureau.rotation.solver.score import score, total
from bureau.rotation.solver.search import solve
from tests.rotation.solver.bounds import found_beside
from tests.rotation.solver.months import first_weeks, months
from tests.rotation.solver.problems import Document, demand, problem, shift, team, weights

MONTHS = Path(__file__).parent / "months"
SECONDS = 120.0
QUICKLY = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
OFTEN = settings(QUICKLY, max_examples=25)


def told(month: Path | Document, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """Everything that the bound's process says until it ends by itself."""
    found: list[dict[str, Any]] = []
    with BoundProcess(month, seconds=seconds) as child:
        while child.running:
            found += child.news(wait=0.2)
        assert child.status == 0
    return found


def best_bound(month: Path | Document) -> int:
    """The last bound."""
    return int([message["bound"] for message in told(month) if "bound" in message][-1])


@QUICKLY
@given(months())
def test_the_last_bound_is_the_best_total(document: Document) -> None:
    best = solve(parse_problem(document), seconds=20, workers=1, everywhere=True)

    bounds = [message["bound"] for message in found_beside(document) if "bound" in message]

    if best.status == "optimal":
        assert bounds[-1] == best.total


@QUICKLY
@given(months(), st.dictionaries(st.sampled_from(TERMS), st.integers(0, 300)))
def test_no_bound_is_above_the_best_total_whatever_the_weights(document: Document, changed: dict[str, int]) -> None:
    document["weights"].update(changed)
    best = solve(parse_problem(document), seconds=20, workers=1, everywhere=True)

    bounds = [message["bound"] for message in found_beside(document) if "bound" in message]

    if best.status == "optimal":
        assert all(bound <= best.total for bound in bounds)


@OFTEN
@given(months(), st.integers(0, 2**32 - 1))
def test_any_prices_give_a_bound(document: Document, seed: int) -> None:
    best = solve(parse_problem(document), seconds=20, workers=1, everywhere=True)
    relaxed = relaxation(Facts(parse_problem(document)))
    chance = np.random.default_rng(seed)
    prices = chance.choice([0, 1, 30, 300], relaxed.program.height) * chance.standard_normal(relaxed.program.height)

    bound = whole_bound(relaxed.program, prices)

    if best.total is not None and best.status == "optimal":
        assert bound is None or bound <= best.total
        assert relaxed.easy <= best.total


@QUICKLY
@given(months())
def test_every_plan_told_keeps_the_rules(document: Document) -> None:
    facts = Facts(parse_problem(document))

    plans = [message["plan"] for message in found_beside(document) if "plan" in message]

    for shifts in plans:
        held = {(team, block): frozenset(services) for team, block, services in shifts}
        assert not violations(facts, make_plan(facts, held))


@QUICKLY
@given(months())
def test_no_shift_of_the_best_plan_is_called_too_dear(document: Document) -> None:
    best = solve(parse_problem(document), seconds=20, workers=1, everywhere=True)
    held = {(one.team, one.block) for one in best.assignments}

    least = {
        (team, block): cost for message in found_beside(document) for team, block, cost in message.get("least", ())
    }

    assert best.total is None or all(least.get(key, 0) <= best.total for key in held)


@pytest.mark.parametrize(("name", "best"), [("XS-1", 16344), ("XS-2", 6958), ("XS-3", 12906)])
def test_a_very_small_month_is_proven_and_its_best_plan_is_told(name: str, best: int) -> None:
    document = cast("Document", read_document(MONTHS / f"{name}.json.gz"))

    messages = found_beside(document)

    assert _proven(document, messages) == best


def test_two_weeks_of_a_usual_bureau_are_proven_and_their_best_plan_is_told() -> None:
    document = first_weeks(read_document(MONTHS / "S-13.json.gz"), 2)

    messages = found_beside(document)

    assert _proven(document, messages) == 102691


def _proven(document: Any, messages: list[dict[str, Any]]) -> int:
    """The total of the last plan told, which is valid and has the last bound as its total."""
    facts = Facts(parse_problem(document))
    bounds = [message["bound"] for message in messages if "bound" in message]
    last = [message["plan"] for message in messages if "plan" in message][-1]
    plan = make_plan(facts, {(team, block): frozenset(services) for team, block, services in last})
    assert bounds == sorted(bounds)
    assert total(facts.problem, score(facts, plan)) == bounds[-1]
    assert not violations(facts, plan)
    return int(bounds[-1])


def test_a_plan_in_force_may_keep_fewer_services() -> None:
    both = [{"service": name, "languages": ["bg"]} for name in ("social", "legal")]
    document = problem(
        teams=[team("red-team", "red", offers=both, max_services=2), team("blue-team", "blue")],
        current=[shift("red-team", "mon-1")],
        weights=weights(changes=150),
    )

    assert best_bound(document) == 0


def test_a_team_of_too_many_services_to_tell_apart_still_has_a_bound() -> None:
    many = [{"service": f"s{number}", "languages": ["bg"]} for number in range(12)]
    document = problem(
        teams=[team("red-team", "red", offers=many, max_services=6)],
        demands=[demand(f"q{number}", service=f"s{number}", min=4, target=4) for number in range(12)],
        weights=weights(uncovered_min=1),
    )

    assert 12 <= best_bound(document) <= 30


def test_a_cost_that_is_not_convex_is_undercut() -> None:
    steps = envelope([9, 9, 0, 0, 4])

    assert [(step.width, step.slope) for step in steps] == [(2, -4.5), (1, 0.0), (1, 4.0)]


def test_a_process_that_is_told_to_stop_is_gone_at_once() -> None:
    with BoundProcess(MONTHS / "S-11.json.gz", seconds=600) as child:
        while child.bound is None:
            child.news(wait=1.0)
        child.stop()

        assert child.status == -signal.SIGKILL
        assert not child.news() or not child.running


def test_a_process_ends_when_nobody_holds_its_leash() -> None:
    words = [sys.executable, "-m", "bureau.rotation.solver.bound", str(MONTHS / "S-11.json.gz"), "--seconds", "600"]
    root = Path(__file__).parents[3]

    done = subprocess.run([*words, "--leash"], stdin=subprocess.DEVNULL, cwd=root, capture_output=True, check=True)

    assert b"bound" in done.stdout or done.stdout == b""


def test_a_malformed_month_has_no_bound(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    write_document(path, {"format": "bureau-rota/1"})

    with BoundProcess(path, seconds=5) as child:
        while child.running:
            child.news(wait=0.2)

        assert (child.status, child.bound) == (2, None)
