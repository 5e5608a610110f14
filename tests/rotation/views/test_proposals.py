"""The manager lets the solver propose, takes the plan and publishes it."""

import re
from datetime import timedelta

from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.rotation.actions import close_slot
from bureau.rotation.actions.proposals import create_proposal
from bureau.rotation.actions.solving import run_proposal
from bureau.rotation.queries import get_round
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_proposal, a_session, an_offer, slots_of
from tests.rotation.views.conftest import AHEAD, Place

PROPOSALS = f"/desk/golden-river/{AHEAD}/proposals/"


def test_without_a_proposal_the_page_says_what_to_do(manager: FlaskClient, place: Place) -> None:
    place.round()

    page = manager.get(PROPOSALS)

    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_seconds_that_are_none_are_refused_and_stay(manager: FlaskClient, place: Place) -> None:
    place.round()

    answer = manager.post(PROPOSALS, data={"seconds": "long"})

    assert answer.status_code == 422
    assert 'value="long"' in answer.text


def test_a_month_that_nobody_answered_cannot_be_proposed(manager: FlaskClient, place: Place) -> None:
    place.round("proposing")

    answer = manager.post(PROPOSALS, data={"seconds": "5"})

    assert answer.status_code == 422
    assert 'class="flash stop"' in answer.text


def test_a_running_proposal_is_watched_and_a_finished_one_taken_onto_the_board(
    manager: FlaskClient, place: Place
) -> None:
    a_demand(place.bureau)
    an_offer(place.round(), [place.worker], promised=2, max_per_month=2)
    proposal = create_proposal("golden-river", str(AHEAD), seconds=3, actor="test", now=utcnow())
    address = f"{PROPOSALS}{proposal}/"
    watched = manager.get(address).text
    part = manager.get(address, headers={"HX-Request": "true"})
    run_proposal(proposal, clock=utcnow)

    done = manager.get(address, headers={"HX-Request": "true"})
    page = manager.get(address).text
    accepted = manager.post(f"{address}accept")

    assert 'hx-trigger="every 1s"' in watched
    assert "<html" not in part.text
    assert done.headers["HX-Refresh"] == "true"
    assert "penalty points" in page
    assert accepted.location == f"/desk/golden-river/{AHEAD}/board"
    assert manager.get(PROPOSALS).status_code == 200


def test_a_proposal_can_be_put_aside(manager: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker])
    proposal = create_proposal("golden-river", str(AHEAD), seconds=3, actor="test", now=utcnow())

    stopped = manager.post(f"{PROPOSALS}{proposal}/stop")
    discarded = manager.post(f"{PROPOSALS}{proposal}/discard")

    assert (stopped.status_code, discarded.status_code) == (303, 303)


def test_publishing_shows_what_would_change_and_what_is_not_translated(manager: FlaskClient, place: Place) -> None:
    a_session(place.round("proposing"), place.worker)
    address = f"/desk/golden-river/{AHEAD}/publish"

    before = manager.get(address).text
    answer = manager.post(address)
    after = manager.get(address).text

    assert "First time" in before
    assert "Missing translations" in before
    assert re.search(r'href="/desk/golden-river/(place|catalogue|organisations)/[^"]*" lang="en" dir="auto"', before)
    assert (answer.status_code, answer.location) == (303, address)
    assert "There is nothing to publish" in after


def test_publishing_the_same_twice_is_refused_in_words(manager: FlaskClient, place: Place) -> None:
    a_session(place.round("proposing"), place.worker)
    address = f"/desk/golden-river/{AHEAD}/publish"
    manager.post(address)

    answer = manager.post(address)

    assert answer.status_code == 422
    assert 'class="flash stop"' in answer.text


def test_what_an_old_plan_no_longer_holds_is_named_with_its_reason_on_the_proposals_page(
    manager: FlaskClient, place: Place
) -> None:
    helper = a_worker(a_partner("good-well", place.bureau), "H1")
    an_offer(place.round(), [place.worker])
    an_offer(get_round("golden-river", str(AHEAD)), [helper])
    day = next(day for day in AHEAD.days() if day.isoweekday() == 2)
    number = a_proposal(
        [(helper, f"{day}T10:00", "desk-a-1"), (helper, f"{day + timedelta(days=1)}T10:00", "desk-a-1")],
        month=str(AHEAD), now=utcnow(),
    )  # fmt: skip
    slot = next(one for one in slots_of(get_round("golden-river", str(AHEAD)), "desk-a") if one.day == day)
    close_slot("golden-river", slot.id, actor="test", now=utcnow())

    answer = manager.post(f"{PROPOSALS}{number}/accept")
    page = manager.get(f"{PROPOSALS}{number}/").text

    assert answer.location == f"{PROPOSALS}{number}/"
    assert "1 session was left out" in page
    assert "The slot is closed." in page
    assert "10:00" in page
    assert "good-well" in page
    assert "H1" in page
    assert f'href="{PROPOSALS}"' in page
