"""The terms of the objective, by examples worked out by hand."""

from itertools import accumulate
from typing import Any

import pytest

from bureau.rotation.solver.problem import Organisation
from bureau.rotation.solver.score import (
    changes,
    fair_shares,
    fairness_cost,
    fairness_costs,
    fairness_step,
    score,
    total,
)
from tests.rotation.solver.problems import demand, facts, organisation, plan, problem, shift, team


def promise(name: str, promised: int, carry: int = 0) -> Organisation:
    """An organisation that promised so much."""
    return Organisation(id=name, promised=promised, carry=carry)


def test_shares_follow_the_promises_and_the_largest_remainders() -> None:
    organisations = [promise("a", 5), promise("b", 3), promise("c", 2)]

    shares = fair_shares(organisations, 9)

    assert shares == {"a": 4, "b": 3, "c": 2}


def test_equal_remainders_go_to_the_earlier_id() -> None:
    organisations = [promise("b", 1), promise("a", 1)]

    shares = fair_shares(organisations, 1)

    assert shares == {"a": 1, "b": 0}


def test_a_share_is_never_more_than_was_promised_in_all() -> None:
    shares = fair_shares([promise("a", 2), promise("b", 1)], 50)

    assert shares == {"a": 2, "b": 1}


def test_what_was_given_before_is_taken_off_the_share_down_to_nothing() -> None:
    organisations = [promise("a", 2, carry=1), promise("b", 2, carry=5), promise("c", 2, carry=-1)]

    shares = fair_shares(organisations, 6)

    assert shares == {"a": 1, "b": 0, "c": 3}


def test_nobody_promised_means_nobody_has_a_share() -> None:
    assert fair_shares([promise("a", 0)], 5) == {"a": 0}


@pytest.mark.parametrize(
    ("distance", "share", "cost"), [(0, 3, 0), (1, 3, 33), (2, 3, 133), (3, 7, 14 + 42 + 71), (1, 0, 100)]
)
def test_unfairness_grows_faster_than_the_distance(distance: int, share: int, cost: int) -> None:
    assert fairness_cost(distance, share) == cost


@pytest.mark.parametrize("share", [0, 1, 7, 99, 100, 101, 200, 4321])
def test_unfairness_is_the_sum_of_its_steps_however_far_away(share: int) -> None:
    costs = list(accumulate((fairness_step(step, share) for step in range(1, 60)), initial=0))

    assert [fairness_cost(distance, share) for distance in range(60)] == costs
    assert fairness_costs(20, 30, share) == costs[20:31]
    assert fairness_cost(10**9, 10**9) == 99_500_000_000


LEGAL = {"service": "legal", "languages": ["bg", "fr"]}
SOCIAL = {"service": "social", "languages": ["bg"]}
BILINGUAL = [team("red-team", "red", offers=[SOCIAL, LEGAL], max_services=2), team("blue-team", "blue")]
REGULAR = {"team": "red-team", "site": "here", "weekday": 1, "start": "09:00"}

TERM_CASES: list[tuple[str, dict[str, Any], list[dict[str, Any]], str, int]] = [
    (
        "a minimum missed, by its weight",
        {"demands": [demand("q", min=2, target=3, weight=5)]},
        [shift("red-team", "mon-1")],
        "uncovered_min",
        5,
    ),
    (
        "a target missed beyond the minimum",
        {"demands": [demand("q", min=2, target=3, weight=5)]},
        [shift("red-team", "mon-1")],
        "uncovered_target",
        5,
    ),
    (
        "a demand of one block",
        {"demands": [demand("q", scope="block", block="mon-2")]},
        [shift("red-team", "mon-1")],
        "uncovered_min",
        1,
    ),
    (
        "a demand of one day",
        {"demands": [demand("q", scope="day", date="2027-04-05", min=2, target=2)]},
        [shift("red-team", "mon-1"), shift("red-team", "tue-1")],
        "uncovered_min",
        1,
    ),
    (
        "a demand of one week here",
        {"demands": [demand("q", scope="week", week="2027-W14", site="here", min=2, target=2)]},
        [shift("red-team", "mon-1"), shift("red-team", "tue-1")],
        "uncovered_min",
        0,
    ),
    (
        "a service that nobody gives",
        {"demands": [demand("q", service="legal")]},
        [shift("red-team", "mon-1")],
        "uncovered_min",
        1,
    ),
    (
        "a language of another service",
        {"teams": BILINGUAL, "demands": [demand("q", service="social", language="fr")]},
        [shift("red-team", "mon-1", services=["social", "legal"], languages=["bg", "fr"])],
        "uncovered_min",
        1,
    ),
    (
        "the pair",
        {"teams": BILINGUAL, "demands": [demand("q", service="legal", language="fr")]},
        [shift("red-team", "mon-1", services=["social", "legal"], languages=["bg", "fr"])],
        "uncovered_min",
        0,
    ),
    (
        "a promise",
        {"organisations": [organisation("red", min_shifts=3), organisation("blue")]},
        [shift("red-team", "mon-1")],
        "promise_unmet",
        2,
    ),
    (
        "shifts far from the share",
        {"organisations": [organisation("red", promised=3), organisation("blue")], "planned_shifts": 3},
        [shift("red-team", "mon-1")],
        "fairness",
        33 + 100,
    ),
    ("a regular slot not held", {"previous": [REGULAR]}, [], "continuity", 1),
    ("a regular slot held", {"previous": [REGULAR]}, [shift("red-team", "mon-1")], "continuity", 0),
    (
        "a regular slot of a closed day",
        {"previous": [REGULAR], "closed_days": [{"date": "2027-04-05", "site": None}]},
        [],
        "continuity",
        0,
    ),
    (
        "places in the week to remember",
        {},
        [shift("red-team", "mon-1"), shift("red-team", "mon-2"), shift("blue-team", "mon-1", "desk-2")],
        "regularity",
        3,
    ),
    (
        "an undesired window",
        {
            "teams": [
                team("red-team", "red", undesired=[{"weekday": 1, "start": "08:00", "end": "12:00"}]),
                team("blue-team", "blue"),
            ]
        },
        [shift("red-team", "mon-1")],
        "preferences",
        2,
    ),
    (
        "outside the preferred windows",
        {
            "teams": [
                team("red-team", "red", preferred=[{"weekday": 2, "start": "08:00", "end": "12:00"}]),
                team("blue-team", "blue"),
            ]
        },
        [shift("red-team", "mon-1"), shift("red-team", "tue-1")],
        "preferences",
        1,
    ),
    (
        "a service on too few days",
        {"spread": [{"site": "here", "week": "2027-W14", "service": "social", "days": 3}]},
        [shift("red-team", "mon-1"), shift("red-team", "mon-2")],
        "spread",
        2,
    ),
    ("no plan in force", {}, [shift("red-team", "mon-1")], "changes", 0),
]


@pytest.mark.parametrize(
    ("special", "shifts", "term", "value"), [case[1:] for case in TERM_CASES], ids=[case[0] for case in TERM_CASES]
)
def test_a_term_counts(special: dict[str, Any], shifts: list[dict[str, Any]], term: str, value: int) -> None:
    document = problem(**special)

    terms = score(facts(document), plan(*shifts))

    assert terms[term] == value


def test_changes_are_what_came_what_went_and_other_services_but_not_desks() -> None:
    current = [
        {"team": "red-team", "block": "mon-1", "desk": "desk-2", "services": ["social"]},
        {"team": "red-team", "block": "mon-2", "desk": "desk-1", "services": ["legal"]},
        {"team": "blue-team", "block": "tue-1", "desk": "desk-1", "services": ["social"]},
    ]
    month = facts(problem(current=current))

    detail = changes(month, plan(shift("red-team", "mon-1"), shift("red-team", "mon-2"), shift("red-team", "tue-1")))

    assert detail == {"added": 1, "dropped": 1, "services": 1, "changes": 3, "desks_moved": 1}


def test_the_total_is_the_weighted_sum() -> None:
    month = facts(problem(weights={"uncovered_min": 7, "regularity": 2}))

    worth = total(month.problem, {"uncovered_min": 3, "regularity": 4, "spread": 9})

    assert worth == 7 * 3 + 2 * 4
