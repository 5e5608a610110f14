"""Our own judge of a plan and an independent one agree: on what is broken, on every term, on the total."""

from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.rotation.solver.files import read_document
from tests.rotation.solver.generated.spoiling import spoil
from tests.rotation.solver.generated.strategies import month, realistic_months
from tests.rotation.solver.generated.twists import CLOCKS, TWISTS
from tests.rotation.solver.judges import both, first_plan, plain, refused
from tests.rotation.solver.months import months
from tests.rotation.solver.problems import Document

MONTHS = Path(__file__).parent / "months"
PLANNED = ["XS-1", "S-11", "odd-dst-march", "odd-dst-october", "odd-holidays", "odd-one-day"]
WITH_CARE = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32)
times = st.integers(0, 12)


def stored(name: str) -> Document:
    """A stored month."""
    return cast("Document", read_document(MONTHS / f"{name}.json.gz"))


def spoiled(document: Document, solution: Document, seed: int, times: int) -> Document:
    """The solution with some changes that nobody thought about; it claims nothing."""
    rng = Random(seed)
    plan = spoil(document, cast("list[Document]", solution["assignments"]), rng, times)
    return {"instance": document["id"], "status": "feasible", "assignments": plan}


@pytest.mark.parametrize("name", PLANNED)
def test_both_judges_agree_on_plans_of_stored_months(name: str) -> None:
    document = stored(name)
    solution = first_plan(document)

    assert both(document, solution).broken == frozenset()
    for seed in range(3):
        both(document, spoiled(document, solution, seed, 2 + seed * seed))


@pytest.mark.parametrize("twist", [*TWISTS, *CLOCKS])
def test_both_judges_agree_on_plans_of_each_kind_of_nasty_month(twist: str) -> None:
    document = month("XS", 1, [twist])
    solution = first_plan(document)

    assert both(document, solution).broken == frozenset()
    for seed in range(5):
        both(document, spoiled(document, solution, seed, 1 + 2 * seed))


@WITH_CARE
@given(realistic_months(), seeds, times)
def test_both_judges_agree_on_realistic_months(document: Document, seed: int, times: int) -> None:
    solution = first_plan(document)

    if solution["status"] == "feasible":
        assert both(document, solution).broken == frozenset()
    both(document, spoiled(document, solution, seed, times))


@WITH_CARE
@given(months(), seeds, times)
def test_both_judges_agree_on_very_small_months(document: Document, seed: int, times: int) -> None:
    written = {**cast("Document", plain(document)), "current": document["current"]}

    both(written, spoiled(written, first_plan(written), seed, times))


@given(realistic_months(sizes=["tiny"]))
@WITH_CARE
def test_no_judge_refuses_a_realistic_month(document: Document) -> None:
    assert not refused(document)


def test_a_month_grows_from_its_name_alone() -> None:
    assert month("XS", 3, ["holidays"]) == month("XS", 3, ["holidays"])
    assert month("XS", 3) != month("XS", 4)
