"""What a look-up says against a booking, or of a gap."""

from typing import Any

import pytest

from bureau.rotation.solver.gap_reasons import reasons_of_gap
from bureau.rotation.solver.reasons import reasons_against
from bureau.rotation.solver.situation import Situation
from tests.rotation.solver.problems import (
    ALWAYS,
    Document,
    block,
    demand,
    desk,
    facts,
    organisation,
    plan,
    problem,
    shift,
    team,
)

RED = [{"team": "red-team", "block": "mon-1"}]
BLUE = [{"team": "blue-team", "block": "mon-1"}]
MORNING = [{"weekday": 1, "start": "09:00", "end": "11:00"}]


def against(document: Document, *shifts: Document, block: str = "mon-1", who: str = "red-team") -> list[dict[str, Any]]:
    """What stands against the red team in a block of a plan."""
    month = facts(document)
    return reasons_against(Situation(month, plan(*shifts)), month.teams[who], month.blocks[block])


def of_gap(document: Document, *shifts: Document) -> list[dict[str, Any]]:
    """The reasons of the problem's first demand."""
    month = facts(document)
    return reasons_of_gap(Situation(month, plan(*shifts)), month.problem.demands[0])


def red(**more: Any) -> list[Document]:
    """The two teams, the red one changed."""
    return [team("red-team", "red", **more), team("blue-team", "blue")]


def test_nothing_stands_against_what_only_costs() -> None:
    assert against(problem()) == []


def test_who_is_there_already_is_there_with_its_services() -> None:
    assert against(problem(), shift("red-team", "mon-1")) == [{"code": "there_already", "services": ["social"]}]


def test_a_closed_day_is_closed() -> None:
    document = problem(closed_days=[{"date": "2027-04-05", "site": None, "reason": "Easter"}])

    assert against(document) == [{"code": "closed", "date": "2027-04-05"}]


@pytest.mark.parametrize(
    ("away", "because"),
    [
        ({"available": []}, "hours"),
        ({"unavailable_dates": ["2027-04-05"]}, "date"),
        ({"sites": ["elsewhere"]}, "site"),
    ],
)
def test_who_is_away_says_why(away: dict[str, Any], because: str) -> None:
    sites = [{"id": "here", "name": "Here"}, {"id": "elsewhere", "name": "Elsewhere"}]

    assert against(problem(sites=sites, teams=red(**away))) == [{"code": "not_available", "because": because}]


def test_an_agreed_booking_needs_no_availability() -> None:
    document = problem(teams=red(available=[]), pinned=[{"team": "red-team", "block": "mon-1"}])

    assert against(document) == []


def test_no_desk_has_what_the_team_needs() -> None:
    assert against(problem(teams=red(needs=["private"]))) == [{"code": "no_desk", "needs": ["private"]}]


def test_the_only_desk_that_suits_cannot_be_used_in_the_block() -> None:
    desks = [desk("desk-1", attrs=["private"], unavailable_blocks=["mon-1"]), desk("desk-2")]
    document = problem(desks=desks, teams=red(needs=["private"]))

    assert against(document) == [{"code": "desks_unavailable", "desks": ["desk-1"]}]


def test_the_only_desk_is_taken_by_somebody() -> None:
    document = problem(desks=[desk("desk-1")])

    taken = {"code": "desks_taken", "desks": ["desk-1"], "teams": ["blue-team"]}
    assert against(document, shift("blue-team", "mon-1")) == [taken]


def test_a_desk_is_free_when_its_team_can_sit_elsewhere() -> None:
    document = problem(desks=[desk("desk-1", attrs=["private"]), desk("desk-2")], teams=red(needs=["private"]))

    assert against(document, shift("blue-team", "mon-1")) == []


@pytest.mark.parametrize("limit", ["max_per_day", "max_per_month"])
def test_a_team_at_its_limit_names_the_sessions_that_use_it(limit: str) -> None:
    document = problem(teams=red(**{limit: 1}))

    reason = {"code": "limit", "of": "team", "id": "red-team", "limit": limit, "most": 1, "used": 1, "sessions": RED}
    assert against(document, shift("red-team", "mon-1"), block="mon-2") == [reason]


def test_a_week_shared_with_last_month_is_used_up_by_it() -> None:
    orgs = [organisation("red", max_per_week=2, boundary_load={"2027-W14": 2}), organisation("blue")]

    reason = {"code": "limit", "of": "org", "id": "red", "limit": "max_per_week", "most": 0, "used": 0}
    assert against(problem(organisations=orgs)) == [{**reason, "sessions": [], "before": 2}]


def test_an_organisation_that_is_elsewhere_at_the_same_time_is_at_its_limit() -> None:
    orgs = [organisation("red", max_concurrent=1), organisation("blue")]
    teams = [*red(), team("red-two", "red")]

    reason = {"code": "limit", "of": "org", "id": "red", "limit": "max_concurrent", "most": 1, "used": 1}
    found = against(problem(organisations=orgs, teams=teams), shift("red-team", "mon-1"), who="red-two")
    assert found == [{**reason, "sessions": RED}]


def test_a_team_cannot_be_in_two_places() -> None:
    blocks = [block("mon-1"), block("late", start="10:00", end="12:00")]

    found = against(problem(blocks=blocks), shift("red-team", "mon-1"), block="late")

    assert found == [{"code": "overlap", "sessions": RED}]


def test_a_team_needs_time_to_travel() -> None:
    blocks = [block("mon-1"), block("far", start="11:30", end="13:00", site="there")]
    sites = [{"id": "here", "name": "Here"}, {"id": "there", "name": "There"}]
    document = problem(blocks=blocks, sites=sites, desks=[desk("desk-1"), desk("far-1", site="there")])

    found = against(document, shift("red-team", "mon-1"), block="far")

    assert found == [{"code": "travel", "minutes": 60, "sessions": RED}]


@pytest.mark.parametrize(("scope", "where"), [("block", "mon-1"), ("day", "mon-2")])
def test_who_may_not_meet_is_kept_apart(scope: str, where: str) -> None:
    rules = [{"id": "apart", "type": "not_together", "orgs": ["red", "blue"], "scope": scope}]

    found = against(problem(rules=rules), shift("blue-team", "mon-1"), block=where)

    assert found == [{"code": "not_together", "rule": "apart", "orgs": ["blue"], "sessions": BLUE}]


def test_a_block_can_ask_for_an_attribute() -> None:
    rules = [{"id": "women", "type": "block_requires", "blocks": ["mon-1"], "attr": "women"}]

    assert against(problem(rules=rules)) == [{"code": "block_requires", "rule": "women", "attr": "women"}]


def test_company_that_is_not_there_is_missed() -> None:
    rules = [{"id": "pair", "type": "companion", "org": "red", "needs_org": "blue"}]

    assert against(problem(rules=rules)) == [{"code": "companion", "rule": "pair", "org": "blue"}]
    assert against(problem(rules=rules), shift("blue-team", "mon-1")) == []


def test_somebody_with_an_attribute_must_be_there_first() -> None:
    rules = [{"id": "safe", "type": "always_present", "attr": "social_worker", "count": 1, "when": "any"}]

    missing = {"code": "always_present", "rule": "safe", "attr": "social_worker", "count": 1, "have": 0}
    assert against(problem(rules=rules)) == [missing]
    assert against(problem(rules=rules, teams=red(attrs=["social_worker"]))) == []


def test_a_gap_on_a_closed_day_is_closed() -> None:
    closed = [{"date": "2027-04-05", "site": None, "reason": "Easter"}]
    document = problem(closed_days=closed, demands=[demand("q", scope="block", block="mon-1")])

    assert of_gap(document) == [{"code": "closed", "dates": ["2027-04-05"]}]


def test_a_gap_in_a_week_without_blocks_has_nowhere_to_be_filled() -> None:
    assert of_gap(problem(demands=[demand("q", scope="week", week="2027-W16")])) == [{"code": "no_blocks"}]


def test_a_gap_counts_who_could_fill_it_and_what_stands_against_each() -> None:
    teams = [*red(available=[]), team("second", "blue", max_per_month=1), team("third", "blue", available=MORNING)]
    document = problem(teams=teams, demands=[demand("q", scope="block", block="mon-1", target=4)])

    found = of_gap(document, shift("second", "tue-1"), shift("third", "mon-1"))

    counts = [(reason["code"], reason.get("limit"), reason["teams"]) for reason in found]
    assert counts == [
        ("offered_by", None, 4),
        ("counted", None, 1),
        ("limit", "max_per_month", 1),
        ("not_available", None, 1),
        ("possible", None, 1),
    ]


def test_a_gap_looks_at_the_block_where_least_stands_against_a_team() -> None:
    document = problem(demands=[demand("q", scope="day", date="2027-04-05", target=3)], desks=[desk("desk-1")])

    found = of_gap(document, shift("blue-team", "mon-1"), shift("red-team", "tue-1"))

    free = [{"team": "red-team", "block": "mon-2"}, {"team": "blue-team", "block": "mon-2"}]
    assert found == [{"code": "offered_by", "teams": 2}, {"code": "possible", "teams": 2, "examples": free}]


def test_a_team_that_gives_something_else_there_is_full() -> None:
    offers = [{"service": "social", "languages": ["bg"]}, {"service": "legal", "languages": ["bg"]}]
    teams = [team("red-team", "red", offers=offers, available=ALWAYS)]
    document = problem(teams=teams, demands=[demand("q", scope="block", block="mon-1", service="legal")])

    found = of_gap(document, shift("red-team", "mon-1"))

    example = {"services": ["social"], "most": 1, "team": "red-team", "block": "mon-1"}
    assert found[1:] == [{"code": "services_full", "teams": 1, "examples": [example]}]
