"""What would make an impossible month possible."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import reduce
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.search import solve
from bureau.rotation.solver.solution import Solution
from tests.rotation.solver.months import months
from tests.rotation.solver.problems import Document, block, demand, desk, organisation, problem, team

QUICKLY = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


OWNERS = {"team": "teams", "org": "organisations", "demand": "demands", "rule": "rules", "pin": "pinned"}
LOWERED = {"org": "min_shifts", "demand": "min", "rule": "count"}


def answer(document: Document) -> Solution:
    """The reproducible answer to a small problem."""
    return solve(parse_problem(document), seconds=20, workers=1, everywhere=True)


def relaxed(document: Document, change: dict[str, Any]) -> Document:
    """The month after a change, as somebody would edit the document."""
    new, (kind, *names) = deepcopy(document), change["relax"]
    match change["change"]:
        case "raise":
            _one(new[OWNERS[kind]], names[0])[names[1]] += change["to"] - change["from"]
        case "lower":
            _one(new[OWNERS[kind]], names[0])[LOWERED[kind]] = change["to"]
        case "come":
            _let_come(new, _one(new["teams"], names[0]), _one(new["blocks"], change["block"]))
        case "free_desk" | "free_services" as freed:
            del new["pinned"][names[0]][freed.removeprefix("free_")]
        case "drop":
            new[OWNERS[kind]].remove(new["pinned"][names[0]] if kind == "pin" else _one(new["rules"], names[0]))
        case "allow":
            _one(new["desks"], names[0])["unavailable_blocks"].remove(names[1])
        case "open":
            new["closed_days"] = []
    assert new != document
    return new


def _one(rows: list[Document], name: str) -> Document:
    return next(row for row in rows if row["id"] == name)


def _let_come(document: Document, member: Document, there: Document) -> None:
    """The team's other blocks stay as they are: its hours are written out block by block."""
    able = [one for one in document["blocks"] if one is there or _could_come(member, one)]
    member["available"] = [{"date": one["date"], "start": one["start"], "end": one["end"]} for one in able]
    sites = set(member.get("sites") or ())
    member["sites"] = sorted(sites | {there["site"]}) if sites else []
    member["unavailable_dates"] = []


def _could_come(member: Document, one: Document) -> bool:
    day = date.fromisoformat(one["date"])
    here = not member.get("sites") or one["site"] in member["sites"]
    return (
        here
        and one["date"] not in member.get("unavailable_dates", [])
        and any(
            window.get("weekday") == day.isoweekday()
            and window["start"] <= one["start"]
            and one["end"] <= window["end"]
            for window in member["available"]
        )
    )


@QUICKLY
@given(months())
def test_each_way_out_that_is_offered_makes_the_month_possible(document: Document) -> None:
    found = answer(document)

    for way in found.relaxations:
        after = reduce(relaxed, together(way), document)
        assert answer(after).status == "optimal", way
    sizes = [int(str(way["size"])) for way in found.relaxations]
    assert sizes == sorted(sizes)
    assert found.status == "infeasible" or not sizes


def together(way: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """The changes of a way out: one, or a few that help together."""
    return list(way.get("together", [way]))


def offered(**month: Any) -> list[dict[str, object]]:
    """The changes offered for a small impossible month."""
    return [dict(change) for change in answer(problem(**month)).relaxations]


ALONE = [team("red-team", "red")]
THERE = {"team": "red-team", "block": "mon-1"}


def test_one_more_session_may_be_enough() -> None:
    month = {"teams": [team("red-team", "red", max_per_day=1)], "pinned": [THERE, {**THERE, "block": "mon-2"}]}

    more = {"relax": ["team", "red-team", "max_per_day"], "change": "raise", "from": 1, "to": 2, "size": 1}
    drops = [
        {"relax": ["pin", 0], "change": "drop", "team": "red-team", "block": "mon-1", "size": 2},
        {"relax": ["pin", 1], "change": "drop", "team": "red-team", "block": "mon-2", "size": 2},
    ]
    assert offered(**month) == [more, *drops]


def test_a_desk_may_be_allowed_for_once() -> None:
    desks = [desk("desk-1", unavailable_blocks=["mon-1"])]

    allow = {"relax": ["desk", "desk-1", "mon-1"], "change": "allow", "desk": "desk-1", "block": "mon-1", "size": 1}
    assert offered(desks=desks, pinned=[THERE])[0] == allow


def test_an_agreed_booking_may_sit_elsewhere() -> None:
    desks = [desk("desk-1", unavailable_blocks=["mon-1"]), desk("desk-2")]

    found = offered(desks=desks, pinned=[{**THERE, "desk": "desk-1"}])

    assert {"relax": ["pin", 0], "change": "free_desk", **THERE, "desk": "desk-1", "size": 1} in found


def test_the_bureau_may_open_after_all() -> None:
    closed = [{"date": "2027-04-05", "site": None, "reason": "Easter"}]

    found = offered(closed_days=closed, pinned=[THERE])

    day = {"relax": ["closed", "2027-04-05", "here"], "change": "open", "date": "2027-04-05", "site": "here", "size": 3}
    assert day in found


def test_somebody_may_come_outside_the_hours_declared() -> None:
    month = {
        "teams": [team("red-team", "red", available=[])],
        "demands": [demand("q", scope="block", block="mon-1", hard=True)],
    }

    found = offered(**month)

    come = {"relax": ["team", "red-team", "availability"], "change": "come", **THERE, "size": 1}
    less = {"relax": ["demand", "q"], "change": "lower", "from": 1, "to": 0, "size": 1}
    assert found == [less, come]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ({"type": "block_requires", "blocks": ["mon-1"], "attr": "women"}, {"change": "drop", "size": 5}),
        ({"type": "always_present", "attr": "women", "count": 1}, {"change": "lower", "from": 1, "to": 0, "size": 1}),
    ],
)
def test_a_rule_may_give_way(rule: Document, change: dict[str, Any]) -> None:
    assert {"relax": ["rule", "r"], **change} in offered(rules=[{"id": "r", **rule}], pinned=[THERE])


def test_a_promise_may_be_smaller() -> None:
    orgs = [organisation("red", min_shifts=2, min_hard=True, max_per_month=1)]

    found = offered(organisations=orgs, teams=ALONE)

    limit = {"relax": ["org", "red", "max_per_month"], "change": "raise", "from": 1, "to": 2, "size": 1}
    promise = {"relax": ["org", "red", "min_shifts"], "change": "lower", "from": 2, "to": 1, "size": 1}
    assert found == [limit, promise]


def test_two_troubles_at_once_get_a_remedy_each() -> None:
    blocks = [block("mon-1"), block("tue-1", day="2027-04-06")]
    closed = [{"date": one["date"], "site": None, "reason": "Easter"} for one in blocks]

    found = offered(blocks=blocks, closed_days=closed, pinned=[THERE, {**THERE, "block": "tue-1"}])

    drops = [
        {"relax": ["pin", 1], "change": "drop", "team": "red-team", "block": "tue-1", "size": 2},
        {"relax": ["pin", 0], "change": "drop", **THERE, "size": 2},
    ]
    assert found == [{"together": drops, "size": 4}]


def test_what_must_give_way_together_gives_way_as_little_as_it_can() -> None:
    desks = [desk("desk-1", unavailable_blocks=["mon-1", "mon-2"])]

    found = offered(desks=desks, pinned=[THERE, {**THERE, "block": "mon-2"}])

    allowed = [
        {"relax": ["desk", "desk-1", block], "change": "allow", "desk": "desk-1", "block": block, "size": 1}
        for block in ("mon-2", "mon-1")
    ]
    assert found == [{"together": allowed, "size": 2}]
