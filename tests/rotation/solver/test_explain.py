"""Why a demand stays short, or a booking is refused."""

from typing import Any

from bureau.rotation.solver.ending import Ending
from bureau.rotation.solver.explain import explain_booking, explain_demands, explain_gaps
from tests.rotation.solver.problems import Document, demand, facts, plan, problem, shift, team, weights

AWAY = [team("red-team", "red", available=[]), team("blue-team", "blue")]


def explained(document: Document, *shifts: Document, wanted: list[str] | None = None) -> list[dict[str, Any]]:
    """The explanations of the short demands of a plan, without what a look-up says."""
    found = explain_demands(facts(document), plan(*shifts), wanted, seconds_each=10)
    return [without_reasons(one) for one in found]


def without_reasons(explanation: dict[str, Any]) -> dict[str, Any]:
    """The proven part of an explanation."""
    return {name: value for name, value in explanation.items() if name != "reasons"}


def test_a_demand_that_an_absence_leaves_short_names_the_absence() -> None:
    document = problem(teams=AWAY, demands=[demand("q", scope="block", block="mon-1", target=2)])

    found = explained(document, shift("blue-team", "mon-1"))

    conflict = [["team", "red-team", "availability"]]
    assert found == [{"demand": "q", "kind": "conflict", "conflict": conflict}]


def test_a_demand_for_what_nobody_offers_is_impossible_whatever_is_changed() -> None:
    document = problem(demands=[demand("q", service="legal")])

    found = explained(document)

    assert found == [{"demand": "q", "kind": "conflict", "conflict": []}]


def test_a_demand_that_could_be_covered_says_what_it_costs() -> None:
    document = problem(
        desks=[{"id": "desk-1", "site": "here", "attrs": []}],
        demands=[demand("q", scope="block", block="mon-1")],
        weights=weights(uncovered_min=3, regularity=10),
    )

    found = explained(document)

    terms = {"uncovered_min": [1, 0], "regularity": [0, 1]}
    assert found == [{"demand": "q", "kind": "trade", "total": [3, 10], "terms": terms}]


def test_only_the_demands_asked_for_are_explained() -> None:
    document = problem(demands=[demand("q1", service="legal"), demand("q2", service="legal")])

    found = explained(document, wanted=["q2"])

    assert [one["demand"] for one in found] == ["q2"]


def test_a_covered_demand_needs_no_explanation() -> None:
    document = problem(demands=[demand("q")])

    assert explained(document, shift("red-team", "mon-1")) == []


def test_a_refused_booking_names_the_rule_against_it() -> None:
    rules = [{"id": "apart", "type": "not_together", "orgs": ["red", "blue"]}]
    month = facts(problem(rules=rules, pinned=[{"team": "blue-team", "block": "mon-1"}]))

    found = explain_booking(month, plan(shift("blue-team", "mon-1")), "red-team", "mon-1", seconds=10)

    conflict = [["pin", 0], ["rule", "apart"]]
    booking = {"team": "red-team", "block": "mon-1"}
    assert without_reasons(found) == {"booking": booking, "kind": "conflict", "conflict": conflict}
    assert [reason["code"] for reason in found["reasons"]] == ["not_together"]


def test_a_booking_that_could_be_taken_says_what_it_costs() -> None:
    month = facts(problem(weights=weights(regularity=10)))

    found = explain_booking(month, (), "red-team", "mon-1", seconds=10)

    assert (found["kind"], found["total"], found["terms"]) == ("trade", [0, 10], {"regularity": [0, 1]})


def test_beside_a_plan_each_gap_says_whether_it_is_impossible_or_only_dear() -> None:
    demands = [demand("impossible", service="legal"), demand("dear")]
    month = facts(problem(demands=demands, weights=weights(regularity=10)))

    found = explain_gaps(month, (), Ending(10))

    assert {one["demand"]: one["kind"] for one in found} == {"impossible": "conflict", "dear": "possible"}


def test_without_time_each_gap_says_at_least_what_a_look_up_tells() -> None:
    month = facts(problem(demands=[demand("q", service="legal")]))

    found = explain_gaps(month, (), Ending(0))

    reasons = [{"code": "nobody_offers", "service": "legal", "language": None}]
    assert found == [{"demand": "q", "kind": "unknown", "reasons": reasons}]
