"""The page of an impossible month says what would make it possible, in words."""

from datetime import date, datetime, time
from typing import Any

import pytest
from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.rotation.models import Proposal
from tests.factories.rotation import a_demand, a_proposal, an_offer
from tests.rotation.views.conftest import AHEAD, Place

DAY = next(day for day in AHEAD.days() if day.isoweekday() == 2)
BLOCK = f"{datetime.combine(DAY, time(10)):%Y-%m-%dT%H:%M}"
HEADING = "What would make it possible"


def the_page(manager: FlaskClient, place: Place, *relaxations: dict[str, Any]) -> str:
    """The page of a proposal that found the month impossible, with these ways out."""
    number = an_impossible_month(place, *relaxations)
    return manager.get(place.page(f"{{month}}/proposals/{number}/")).text


def an_impossible_month(place: Place, *relaxations: dict[str, Any]) -> int:
    an_offer(place.round(), [place.worker])
    number = a_proposal([], state="failed", month=str(AHEAD), now=utcnow())
    row = db.session.get_one(Proposal, number)
    row.plan = {"status": "infeasible", "conflict": [["pin", 0]], "relaxations": list(relaxations)}
    row.progress = {"fault": "infeasible"}
    db.session.commit()
    return number


@pytest.mark.parametrize(("report", "said"), [({}, False), ({"conflict_minimal": False}, True)])
def test_a_conflict_of_which_something_could_perhaps_be_spared_says_so(
    manager: FlaskClient, place: Place, report: dict[str, bool], said: bool
) -> None:
    number = an_impossible_month(place)
    row = db.session.get_one(Proposal, number)
    row.plan = {**(row.plan or {}), "report": report}
    db.session.commit()

    page = manager.get(place.page(f"{{month}}/proposals/{number}/")).text

    assert ("Perhaps not all of these are needed for the contradiction." in page) is said


@pytest.mark.parametrize(
    ("limit", "to", "words"),
    [
        ("max_per_day", 2, "open-gate: 1 more session a day."),
        ("max_per_week", 3, "open-gate: 2 more sessions a week."),
        ("max_per_month", 3, "open-gate: 2 more sessions in this month."),
        ("max_concurrent", 2, "open-gate: 1 more session at the same time."),
    ],
)
def test_a_limit_to_raise_names_the_organisation_and_how_many_more(
    manager: FlaskClient, place: Place, limit: str, to: int, words: str
) -> None:
    change = {"relax": ["org", "open-gate", limit], "change": "raise", "from": 1, "to": to, "size": to - 1}

    assert words in the_page(manager, place, change)


def test_a_least_number_to_lower_is_told_with_what_it_was(manager: FlaskClient, place: Place) -> None:
    change = {"relax": ["org", "open-gate", "min_shifts"], "change": "lower", "from": 4, "to": 3, "size": 1}

    page = the_page(manager, place, change)

    assert 'open-gate: a least number of <bdi class="num">3</bdi> instead of <bdi class="num">4</bdi>.' in page


@pytest.mark.parametrize(
    ("group", "change", "words"),
    [
        (["pin", 0], "free_desk", "another room or seat."),
        (["pin", 0], "free_services", "other services."),
        (["pin", 0], "drop", "the session is released."),
        (["team", "w{worker}", "availability"], "come", "a session outside the hours that were declared."),
    ],
)
def test_a_session_that_could_give_way_is_told_by_its_worker_and_time(
    manager: FlaskClient, place: Place, group: list[Any], change: str, words: str
) -> None:
    team = f"w{place.worker.id}"
    named = [team if part == "w{worker}" else part for part in group]

    page = the_page(
        manager, place, {"relax": named, "change": change, "team": team, "block": BLOCK, "desk": "desk-a-1", "size": 1}
    )

    assert "open-gate: L1 (" in page
    assert f"<bdi>10:00</bdi>): {words}" in page


def test_a_closed_slot_and_a_closed_day_are_told_by_room_and_date(manager: FlaskClient, place: Place) -> None:
    page = the_page(
        manager, place,
        {"relax": ["desk", "desk-a-1", BLOCK], "change": "allow", "desk": "desk-a-1", "block": BLOCK, "size": 1},
        {"relax": ["closed", DAY.isoformat(), "golden-river"], "change": "open", "date": DAY.isoformat(), "size": 3},
    )  # fmt: skip

    assert "<bdi>10:00</bdi>, desk-a: the slot may be used after all." in page
    assert f"{spoken(DAY)}: the bureau opens after all." in page
    assert page.index("the slot may be used") < page.index("the bureau opens")


def spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def test_a_seat_that_is_gone_is_no_way_out(manager: FlaskClient, place: Place) -> None:
    gone = {"relax": ["desk", "attic-1", BLOCK], "change": "allow", "desk": "attic-1", "block": BLOCK, "size": 1}

    assert HEADING not in the_page(manager, place, gone)


def test_changes_that_help_only_together_are_told_as_such(manager: FlaskClient, place: Place) -> None:
    opened = {
        "relax": ["closed", DAY.isoformat(), "golden-river"],
        "change": "open",
        "date": DAY.isoformat(),
        "size": 3,
    }
    more = {"relax": ["org", "open-gate", "max_per_day"], "change": "raise", "from": 1, "to": 2, "size": 1}

    page = the_page(manager, place, {"together": [more, opened], "size": 4})

    assert "No single change is enough. These are, together:" in page
    assert "open-gate: 1 more session a day." in page
    assert f"{spoken(DAY)}: the bureau opens after all." in page


def test_a_wish_to_lower_is_told_by_what_it_asks_for(manager: FlaskClient, place: Place) -> None:
    demand = a_demand(place.bureau, "month", minimum=2, target=2)
    change = {"relax": ["demand", f"d{demand.id}"], "change": "lower", "from": 2, "to": 1, "size": 1}

    page = the_page(manager, place, change)

    assert f"Anybody at all, {AHEAD.first:%B %Y}: at least " in page


def test_a_rule_of_the_bureau_is_told_without_a_name(manager: FlaskClient, place: Place) -> None:
    assert "A rule of the bureau gives way." in the_page(
        manager, place, {"relax": ["rule", "r1"], "change": "drop", "size": 5}
    )


def test_where_no_single_change_helps_nothing_is_said(manager: FlaskClient, place: Place) -> None:
    assert HEADING not in the_page(manager, place)
