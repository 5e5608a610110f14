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
from tests.rotation.solver.problems import Document, demand, problem, shift, team

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


@pytest.mark.parametrize(
    ("services", "languages", "uncovered"),
    [
        ("social legal", "bg fr", {"social uk", "legal fr", "legal uk"}),
        ("social legal", "bg", {"social fr", "social uk", "legal fr", "legal uk"}),
        ("social", "fr", {"social bg", "social uk", "legal bg", "legal fr", "legal uk"}),
        ("social", "bg", {"social fr", "social uk", "legal bg", "legal fr", "legal uk"}),
    ],
)
def test_both_judges_agree_on_a_service_offered_twice_in_different_languages(
    services: str, languages: str, uncovered: set[str]
) -> None:
    offers = [("social", "bg"), ("social", "fr"), ("legal", "bg")]
    crew = team("red-team", "red", offers=[{"service": s, "languages": [t]} for s, t in offers], max_services=2)
    wanted = [(service, tag) for service in ("social", "legal") for tag in ("bg", "fr", "uk")]
    numbered = {f"{service} {tag}": 2**place for place, (service, tag) in enumerate(wanted)}
    asked = [demand(name, service=name[:-3], language=name[-2:], weight=bit) for name, bit in numbered.items()]
    document = problem(teams=[crew], demands=asked)
    given = shift("red-team", "mon-1", services=services.split(), languages=languages.split())

    judged = both(document, {"instance": document["id"], "status": "feasible", "assignments": [given]})

    assert judged.terms["uncovered_min"] == sum(numbered[name] for name in uncovered)
    assert judged.broken == ({"languages"} if (services, languages) == ("social", "bg") else frozenset())


@given(realistic_months(sizes=["tiny"]))
@WITH_CARE
def test_no_judge_refuses_a_realistic_month(document: Document) -> None:
    assert not refused(document)


def test_a_month_grows_from_its_name_alone() -> None:
    assert month("XS", 3, ["holidays"]) == month("XS", 3, ["holidays"])
    assert month("XS", 3) != month("XS", 4)
