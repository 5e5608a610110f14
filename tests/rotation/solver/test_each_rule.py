"""Each hard rule, broken once in a realistic month, is found by our own judge and by an independent one."""

import pytest

from tests.rotation.solver.generated.breaking import BROKEN
from tests.rotation.solver.generated.strategies import month
from tests.rotation.solver.judges import both, first_plan
from tests.rotation.solver.problems import Document

HARD_RULES = {
    "instance", "reference", "team_twice", "desk_twice", "closed", "availability", "desk_site", "desk_unavailable",
    "desk_attrs", "services", "max_services", "languages", "pinned", "overlap", "team_max_per_day",
    "team_max_per_week", "team_max_per_month", "org_max_per_day", "org_max_per_week", "org_max_per_month",
    "org_max_concurrent", "org_min_hard", "not_together", "block_requires", "always_present", "companion",
    "demand_hard", "claim",
}  # fmt: skip
"""All that the format knows."""
BESIDE = {
    "a team that nobody knows": {"always_present", "companion", "pinned"},
    "a team at two desks": {
        "team_max_per_day", "org_max_per_day", "org_max_per_week", "org_max_per_month", "org_max_concurrent",
    },
    "no service": {"languages"},
}  # fmt: skip
"""What cannot but be broken too, or may be."""


@pytest.fixture(scope="module")
def planned() -> tuple[Document, Document]:
    """A month and a valid plan of it."""
    document = month("XS", 5)
    return document, first_plan(document)


def test_the_plan_is_valid_before(planned: tuple[Document, Document]) -> None:
    document, solution = planned

    assert solution["assignments"]
    assert both(document, solution).broken == frozenset()


@pytest.mark.parametrize("wrong", BROKEN)
def test_what_breaks_a_rule_is_found_under_its_name(planned: tuple[Document, Document], wrong: str) -> None:
    rule, break_it = BROKEN[wrong]
    document, solution = break_it(*planned)

    found = both(document, solution).broken

    assert rule in found
    assert found - BESIDE.get(wrong, set()) == {rule}


def test_every_rule_of_the_format_is_tried() -> None:
    assert {rule for rule, _ in BROKEN.values()} == HARD_RULES
