"""Re-planning after a cancellation: little changes, nothing elsewhere, and what was lost is told apart."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.parsing import parse_assignments, parse_problem
from bureau.rotation.solver.plan import Plan
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.seating import seat_all
from bureau.rotation.solver.verdict import judge
from tests.rotation.solver.problems import Document, block, demand, desk, problem, shift, team

MONTHS = Path(__file__).parent / "months"
LONG = 600.0
"""Seconds that no test waits for: the work ends before."""

Shift = tuple[str, str]


@cache
def planned(name: str) -> tuple[Document, Plan]:
    """A stored month and the best plan of it."""
    document = read_document(MONTHS / f"{name}.json.gz")
    assert isinstance(document, dict)
    return document, parse_assignments(read_document(MONTHS / f"{name}.best.json.gz"))


def cancelled(name: str, number: int) -> tuple[Document, Shift, Plan]:
    """The month with its plan in force, and a team that cannot come on the day of one of its shifts."""
    document, plan = planned(name)
    pinned = {(pin["team"], pin["block"]) for pin in document["pinned"]}
    free = [one for one in plan if (one.team, one.block) not in pinned]
    lost = free[number % len(free)]
    days = {one["id"]: one["date"] for one in document["blocks"]}
    teams: list[Any] = [
        {**one, "unavailable_dates": [*one.get("unavailable_dates", []), days[lost.block]]}
        if one["id"] == lost.team
        else one
        for one in document["teams"]
    ]
    current = [{"team": one.team, "block": one.block, "desk": one.desk, "services": list(one.services)} for one in plan]
    weights = {**document["weights"], "changes": 150}
    return {**document, "teams": teams, "current": current, "weights": weights}, (lost.team, lost.block), plan


def shifts(plan: Plan) -> dict[Shift, tuple[str, tuple[str, ...]]]:
    """Desk and services by team and block."""
    return {(one.team, one.block): (one.desk, one.services) for one in plan}


@pytest.mark.parametrize("number", [0, 57, 133])
def test_nothing_moves_outside_the_week_of_the_cancellation(number: int) -> None:
    document, lost, before = cancelled("S-11", number)

    found = solve(parse_problem(document), seconds=LONG)

    facts = Facts(parse_problem(document))
    week = facts.blocks[lost[1]].week
    assert judge(facts, found.document()).valid
    elsewhere = [key for key in shifts(before) if facts.blocks[key[1]].week != week]
    assert [shifts(found.assignments)[key] for key in elsewhere] == [shifts(before)[key] for key in elsewhere]
    assert len(found.assignments) - len(elsewhere) == sum(
        facts.blocks[one.block].week == week for one in found.assignments
    )


@pytest.mark.parametrize("number", [3, 29])
def test_a_repair_is_as_good_as_planning_the_month_again(number: int) -> None:
    document, _, _ = cancelled("XS-2", number)

    repaired = solve(parse_problem(document), seconds=LONG)

    again = solve(parse_problem(document), seconds=LONG, everywhere=True)
    assert (again.status, repaired.total) == ("optimal", again.total)


@pytest.mark.parametrize(("number", "best"), [(0, 14622), (57, 14232), (133, 14622), (200, 14236)])
def test_the_repair_of_a_usual_bureau_is_the_best_plan_of_the_whole_month(number: int, best: int) -> None:
    """The totals were proven once by planning the whole month, bound and all."""
    document, _, _ = cancelled("S-11", number)

    repaired = solve(parse_problem(document), seconds=LONG)

    repair: Any = repaired.report["repair"]
    assert repaired.total == best == repair["bound"]


def test_what_was_lost_is_told_apart_from_what_the_repair_did() -> None:
    current = [shift("red-team", "mon-1"), shift("blue-team", "mon-2")]
    document = problem(
        current=current,
        teams=[team("red-team", "red", unavailable_dates=["2027-04-05"]), team("blue-team", "blue")],
        demands=[demand("q", scope="block", block="mon-1")],
        weights={"uncovered_min": 1000, "changes": 150},
    )

    found = solve(parse_problem(document), seconds=LONG)

    repair: Any = found.report["repair"]
    assert repair["lost"] == [("red-team", "mon-1")]
    assert [repair[when]["uncovered_min"] for when in ("before", "unrepaired")] == [0, 1]
    assert (found.terms["uncovered_min"], found.terms["changes"]) == (0, 2)


def test_colleagues_of_a_social_worker_who_cancels_find_another() -> None:
    away = {"unavailable_dates": ["2027-04-05"]}
    document = problem(
        blocks=[block("mon-1", "2027-04-05", "09:00", "11:00")],
        desks=[desk("desk-1"), desk("desk-2")],
        teams=[
            team("red-team", "red", attrs=["social_worker"], **away),
            team("red-others", "red", attrs=["social_worker"]),
            team("blue-team", "blue"),
        ],
        rules=[{"id": "r", "type": "always_present", "attr": "social_worker", "count": 1, "when": "any"}],
        current=[shift("red-team", "mon-1", "desk-1"), shift("blue-team", "mon-1", "desk-2")],
        demands=[demand("q", scope="block", block="mon-1", min=2, target=2)],
        weights={"uncovered_min": 1000, "changes": 150},
    )

    found = solve(parse_problem(document), seconds=LONG)

    assert {one.team for one in found.assignments} == {"red-others", "blue-team"}


def test_where_nothing_broke_the_whole_month_may_get_better() -> None:
    document = problem(
        current=[shift("red-team", "mon-1")],
        demands=[demand("q", scope="block", block="mon-2")],
        weights={"uncovered_min": 1000, "changes": 150},
    )

    found = solve(parse_problem(document), seconds=LONG)

    assert "repair" not in found.report
    assert found.terms["uncovered_min"] == 0


def test_who_comes_anew_takes_a_free_desk_and_leaves_those_of_the_plan_in_force_where_they_sit() -> None:
    document = problem(
        desks=[
            desk("desk-1", attrs=["screen"]),
            desk("desk-2", attrs=["screen"]),
            desk("desk-3", attrs=["a", "screen"]),
        ],
        teams=[team(name, "red", needs=["screen"]) for name in ("anew", "stays-1", "stays-2")],
        current=[shift("stays-1", "b", "desk-2"), shift("stays-2", "b", "desk-1")],
        blocks=[block("b")],
    )
    facts = Facts(parse_problem(document))

    seated = seat_all(facts, [(team, "b") for team in ("anew", "stays-1", "stays-2")])

    assert seated == {("anew", "b"): "desk-3", ("stays-1", "b"): "desk-2", ("stays-2", "b"): "desk-1"}


def test_what_an_agreed_booking_asks_for_is_given_also_in_weeks_that_do_not_move() -> None:
    offers = [{"service": name, "languages": ["bg"]} for name in ("social", "legal")]
    away = {"unavailable_dates": ["2027-04-05"]}
    document = problem(
        blocks=[block("first", "2027-04-05"), block("second", "2027-04-12")],
        teams=[team("ill", "red", **away), team("agreed", "blue", offers=offers)],
        pinned=[{"team": "agreed", "block": "second", "services": ["legal"]}],
        current=[shift("ill", "first"), shift("agreed", "second")],
    )

    found = solve(parse_problem(document), seconds=LONG)

    assert judge(Facts(parse_problem(document)), found.document()).valid
    assert [(one.block, one.services) for one in found.assignments if one.block == "second"] == [("second", ("legal",))]


def test_weeks_that_are_asked_for_move_though_nothing_broke_there_and_all_of_them_are_the_whole_month() -> None:
    blocks = [block("first", "2027-04-05"), block("second", "2027-04-12")]
    document = problem(
        blocks=blocks, teams=[team("one", "red"), team("other", "blue")],
        demands=[demand(f"d-{one['id']}", scope="block", block=one["id"], min=2, target=2) for one in blocks],
        current=[shift("one", "first"), shift("one", "second")],
    )  # fmt: skip
    second, both = [{"site": "here", "week": "2027-W15"}], [{"site": "here", "week": f"2027-W{n}"} for n in (14, 15)]

    one, all_ = (solve(parse_problem({**document, "replan": weeks}), seconds=LONG) for weeks in (second, both))

    assert {(a.team, a.block) for a in one.assignments} == {("one", "first"), ("one", "second"), ("other", "second")}
    assert len(all_.assignments) == 4
    assert "repair" in one.report
    assert "repair" not in all_.report
