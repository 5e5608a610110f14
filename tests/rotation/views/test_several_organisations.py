"""A person who coordinates two organisations of one bureau acts for either."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.models import Organisation, Worker
from bureau.rotation.models import Offer, PlannedSession
from bureau.rotation.queries import get_round
from bureau.rotation.queries.offers import find_offer_row
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_worker, an_organisation
from tests.factories.rotation import a_partner, a_session, slots_of
from tests.rotation.views.conftest import AHEAD, Place

BOARD = f"/desk/golden-river/{AHEAD}/board"
SECOND = "?organisation=pomegranate"


@pytest.fixture
def second(place: Place) -> Worker:
    """A worker of pomegranate, the other organisation."""
    worker = a_worker(a_partner("pomegranate", place.bureau), "P1", services=["legal"], languages=["en"])
    db.session.commit()
    return worker


@pytest.fixture
def both(client: FlaskClient, place: Place, second: Worker) -> FlaskClient:
    """The browser of who coordinates open-gate and pomegranate."""
    sign_in_as(client, person(coordinates=[place.organisation, an_organisation("pomegranate")]))
    return client


def booking(worker: Worker) -> dict[str, object]:
    """What the page of a slot sends."""
    return {"worker": worker.id, "service": ["legal"], "language": ["en"]}


def owners() -> list[str]:
    """Whose sessions there are."""
    statement = select(Organisation.code).join(PlannedSession, PlannedSession.organisation_id == Organisation.id)
    return list(db.session.scalars(statement))


def test_the_board_lets_choose_and_marks_the_sessions_of_the_chosen(
    both: FlaskClient, place: Place, second: Worker
) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, second)

    first_page, second_page = both.get(BOARD).text, both.get(f"{BOARD}{SECOND}").text

    assert "You act for" in first_page
    assert (first_page.count('class="seat mine"'), second_page.count('class="seat mine"')) == (0, 1)
    assert f"sessions/{session.id}/release{SECOND}" in second_page
    assert f"slots/{slots_of(round_)[-1].id}/book{SECOND}" in second_page
    assert f'href="/desk/golden-river/board/{SECOND}"' in second_page


def test_a_slot_is_booked_for_the_second_organisation(both: FlaskClient, place: Place, second: Worker) -> None:
    slot = slots_of(place.round("proposing"))[0]
    address = f"/desk/golden-river/slots/{slot.id}/book{SECOND}"
    page = both.get(address).text

    answer = both.post(address, data=booking(second))

    assert (f'action="{address}"' in page, "pomegranate: P1" in page, "L1" in page) == (True, True, False)
    assert (answer.status_code, SECOND[1:] in answer.location, owners()) == (303, True, ["pomegranate"])


def test_nobody_of_another_organisation_than_the_chosen_is_booked(
    both: FlaskClient, place: Place, second: Worker
) -> None:
    slot = slots_of(place.round("proposing"))[0]

    for_first = both.post(f"/desk/golden-river/slots/{slot.id}/book", data=booking(second))
    for_second = both.post(f"/desk/golden-river/slots/{slot.id}/book{SECOND}", data=booking(place.worker))

    assert (for_first.status_code, for_second.status_code, owners()) == (422, 422, [])


def test_a_session_of_the_second_is_released_and_taken_back(both: FlaskClient, place: Place, second: Worker) -> None:
    session = a_session(place.round("proposing"), second)
    address = f"/desk/golden-river/sessions/{session.id}"

    released = both.post(f"{address}/release", data={"reason": "ill", "version": session.version})
    state = db.session.get_one(PlannedSession, session.id).state
    board = both.get(released.location).text
    version = db.session.get_one(PlannedSession, session.id).version
    both.post(f"{address}/take-back", data={"version": version})

    assert (released.status_code, state, f"{address}/take-back" in board) == (303, "released", True)
    assert SECOND[1:] in released.location
    assert db.session.get_one(PlannedSession, session.id).state == "booked"


def test_the_second_declares_and_the_menu_stays_with_it(both: FlaskClient, place: Place, second: Worker) -> None:
    round_ = place.round("declaring")
    address = f"/desk/golden-river/{AHEAD}/offers/pomegranate/"
    page = both.get(address).text
    numbers = {"promised": "0", "minimum": "0", "max_per_day": "1", "max_per_week": "2", "max_per_month": "5"}

    both.post(address, data={"version": "", "draft": "0", **numbers, "max_at_once": "1"})
    answer = both.post(f"{address}check", data={"version": "", "draft": "1"})

    own = find_offer_row(get_round("golden-river", str(AHEAD)).id, second.organisation_id, EVERY_ORGANISATION)
    assert ("You act for" in page, "organisations/pomegranate/my-month/" in page) == (True, True)
    assert f'href="/desk/golden-river/{AHEAD}/offers/open-gate/"' in page
    assert (answer.status_code, own is not None) == (303, True)
    assert db.session.scalars(
        select(Offer.organisation_id).where(Offer.round_id == round_.id).execution_options(
            **EVERY_ORGANISATION.options()
        )
    ).all() == [second.organisation_id]  # fmt: skip


@pytest.mark.parametrize("page", ["board", "book", "release"])
def test_an_organisation_that_is_not_ones_own_is_refused(
    client: FlaskClient, place: Place, second: Worker, page: str
) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, second)
    sign_in_as(client, person(coordinates=[place.organisation]))
    addresses = {
        "board": (BOARD, 403),
        "book": (f"/desk/golden-river/slots/{slots_of(round_)[-1].id}/book", 403),
        "release": (f"/desk/golden-river/sessions/{session.id}/release", 404),
    }
    address, status = addresses[page]

    assert client.get(f"{address}{SECOND}").status_code == status


def test_who_only_works_for_the_second_looks_at_its_board_and_books_nothing_for_it(
    client: FlaskClient, place: Place, second: Worker
) -> None:
    round_ = place.round("proposing")
    session, slot = a_session(round_, second), slots_of(round_)[-1]
    sign_in_as(client, person(coordinates=[place.organisation], works_for=[an_organisation("pomegranate")]))

    board = client.get(f"{BOARD}{SECOND}").text
    booked = client.post(f"/desk/golden-river/slots/{slot.id}/book{SECOND}", data=booking(second))
    released = client.post(f"/desk/golden-river/sessions/{session.id}/release{SECOND}", data={"reason": "x"})

    assert (board.count('class="seat mine"'), "/release" in board, "/book" in board) == (1, False, False)
    assert (booked.status_code, released.status_code) == (403, 404)


def test_who_acts_for_one_only_is_asked_nothing(coordinator: FlaskClient, place: Place) -> None:
    place.round("proposing")

    page = coordinator.get(BOARD).text

    assert ("You act for" in page, "organisation=" in page) == (False, False)
