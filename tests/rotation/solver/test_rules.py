"""Each hard rule sees what breaks it, and nothing else."""

from typing import Any

import pytest

from bureau.rotation.solver.rules import violations
from tests.rotation.solver.problems import Document, block, desk, facts, organisation, plan, problem, shift, team

MONDAY = "2027-04-05"
WOMEN = {"attrs": ["women"]}
TWO_SITES = {
    "sites": [{"id": "here", "name": "Here"}, {"id": "there", "name": "There"}],
    "blocks": [
        block("mon-1"),
        block("far-1", site="there"),
        block("far-2", site="there", start="11:30", end="13:00"),
        block("far-3", site="there", start="12:00", end="14:00"),
    ],
    "desks": [desk("desk-1"), desk("far-desk", site="there")],
}
TWO_REDS = [team("red-team", "red"), team("other-team", "red"), team("blue-team", "blue")]


def broken(document: Document, *shifts: Document) -> list[str]:
    """The names of the rules that the plan breaks."""
    return [violation.rule for violation in violations(facts(document), plan(*shifts))]


def red(**more: Any) -> list[Document]:
    """Both organisations, the red one with limits."""
    return [organisation("red", **more), organisation("blue")]


def red_team(**more: Any) -> list[Document]:
    """Both teams, the red one with something special."""
    return [team("red-team", "red", **more), team("blue-team", "blue")]


def rule(kind: str, **more: Any) -> list[Document]:
    """One rule of the kind."""
    return [{"id": "r1", "type": kind, **more}]


ONE = [shift("red-team", "mon-1")]
BOTH = [shift("red-team", "mon-1"), shift("blue-team", "mon-1", "desk-2")]
MORNING = [shift("red-team", "mon-1"), shift("red-team", "mon-2")]
TUESDAY_TOO = [shift("red-team", "mon-1"), shift("red-team", "tue-1")]
FRENCH = [{"service": "social", "languages": ["bg"]}, {"service": "legal", "languages": ["fr"]}]

CASES: list[tuple[str, dict[str, Any], list[Document]]] = [
    ("reference", {}, [shift("nobody", "mon-1")]),
    ("team_twice", {"travel_minutes": 0}, [shift("red-team", "mon-1"), shift("red-team", "mon-1", "desk-2")]),
    ("desk_twice", {}, [shift("red-team", "mon-1"), shift("blue-team", "mon-1")]),
    ("closed", {"closed_days": [{"date": MONDAY, "site": None, "reason": "holiday"}]}, ONE),
    ("closed", {"closed_days": [{"date": MONDAY, "site": "here", "reason": "repairs"}]}, ONE),
    ("availability", {"teams": red_team(available=[])}, ONE),
    ("availability", {"teams": red_team(available=[{"weekday": 1, "start": "09:30", "end": "12:00"}])}, ONE),
    ("availability", {"teams": red_team(available=[{"date": "2027-04-06", "start": "09:00", "end": "12:00"}])}, ONE),
    ("availability", {"teams": red_team(unavailable_dates=[MONDAY])}, ONE),
    ("availability", {"teams": red_team(sites=["elsewhere"])}, ONE),
    ("desk_site", TWO_SITES, [shift("red-team", "mon-1", "far-desk")]),
    ("desk_unavailable", {"desks": [desk("desk-1", unavailable_blocks=["mon-1"])]}, ONE),
    ("desk_attrs", {"teams": red_team(needs=["private"])}, ONE),
    ("services", {"teams": red_team(max_services=2)}, [shift("red-team", "mon-1", services=["legal", "social"])]),
    ("max_services", {"teams": red_team(offers=FRENCH)}, [shift("red-team", "mon-1", services=["social", "legal"])]),
    ("languages", {"teams": red_team(offers=FRENCH)}, [shift("red-team", "mon-1", languages=["fr"])]),
    ("languages", {}, [shift("red-team", "mon-1", languages=[])]),
    ("pinned", {"pinned": [{"team": "red-team", "block": "mon-1"}]}, []),
    ("pinned", {"pinned": [{"team": "red-team", "block": "mon-1", "desk": "desk-2"}]}, ONE),
    ("pinned", {"pinned": [{"team": "red-team", "block": "mon-1", "services": ["legal"]}]}, ONE),
    ("overlap", TWO_SITES, [shift("red-team", "mon-1"), shift("red-team", "far-1", "far-desk")]),
    ("overlap", TWO_SITES, [shift("red-team", "mon-1"), shift("red-team", "far-2", "far-desk")]),
    ("team_max_per_day", {"teams": red_team(max_per_day=1)}, MORNING),
    ("team_max_per_week", {"teams": red_team(max_per_week=1)}, TUESDAY_TOO),
    ("team_max_per_month", {"teams": red_team(max_per_month=1)}, TUESDAY_TOO),
    ("org_max_per_day", {"organisations": red(max_per_day=1)}, MORNING),
    ("org_max_per_week", {"organisations": red(max_per_week=1)}, TUESDAY_TOO),
    ("org_max_per_week", {"organisations": red(max_per_week=3, boundary_load={"2027-W14": 3})}, ONE),
    ("org_max_per_month", {"organisations": red(max_per_month=1)}, TUESDAY_TOO),
    (
        "org_max_concurrent",
        {"organisations": red(max_concurrent=1), "teams": TWO_REDS},
        [shift("red-team", "mon-1"), shift("other-team", "mon-1", "desk-2")],
    ),
    ("org_min_hard", {"organisations": red(min_shifts=2, min_hard=True)}, ONE),
    ("not_together", {"rules": rule("not_together", orgs=["red", "blue"])}, BOTH),
    (
        "not_together",
        {"rules": rule("not_together", orgs=["red", "blue"], scope="day")},
        [shift("red-team", "mon-1"), shift("blue-team", "mon-2")],
    ),
    ("block_requires", {"rules": rule("block_requires", blocks=["mon-1"], attr="women")}, ONE),
    ("always_present", {"rules": rule("always_present", attr="women", count=1, when="any")}, ONE),
    (
        "always_present",
        {"blocks": [block("mon-1")], "rules": rule("always_present", attr="women", when="open", sites=["here"])},
        [],
    ),
    ("companion", {"rules": rule("companion", org="red", needs_org="blue")}, ONE),
    ("demand_hard", {"demands": [{"id": "q", "scope": "month", "min": 2, "target": 2, "hard": True}]}, ONE),
]

KEPT: list[tuple[str, dict[str, Any], list[Document]]] = [
    ("an empty plan", {}, []),
    ("two teams at two desks", {}, BOTH),
    ("time enough to travel", TWO_SITES, [shift("red-team", "mon-1"), shift("red-team", "far-3", "far-desk")]),
    ("no travel within a site", {}, MORNING),
    (
        "a pin against the availability",
        {"teams": red_team(available=[]), "pinned": [{"team": "red-team", "block": "mon-1"}]},
        ONE,
    ),
    (
        "a full week of last month and none of this",
        {"organisations": red(max_per_week=1, boundary_load={"2027-W14": 3})},
        [],
    ),
    ("an empty block without its social worker", {"rules": rule("always_present", attr="women")}, []),
    (
        "women in a block of women",
        {"rules": rule("block_requires", blocks=["mon-1"], attr="women"), "teams": red_team(**WOMEN)},
        ONE,
    ),
    ("company", {"rules": rule("companion", org="red", needs_org="blue")}, BOTH),
    ("one site closed, not this", {"closed_days": [{"date": MONDAY, "site": "there", "reason": "repairs"}]}, ONE),
]


@pytest.mark.parametrize(("name", "special", "shifts"), CASES)
def test_a_plan_that_breaks_a_rule_is_told_so(name: str, special: dict[str, Any], shifts: list[Document]) -> None:
    document = problem(**special)

    found = broken(document, *shifts)

    assert set(found) == {name}


@pytest.mark.parametrize(("special", "shifts"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_a_plan_that_keeps_the_rules_is_left_alone(special: dict[str, Any], shifts: list[Document]) -> None:
    document = problem(**special)

    found = broken(document, *shifts)

    assert found == []
