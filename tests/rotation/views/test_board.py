"""The board: seen by all, booked and given back by those it concerns."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.kernel.database import db
from bureau.rotation.models import PlannedSession
from tests.bench.measuring import statements
from tests.factories.accounts import coordinator_browser
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, slots_of
from tests.rotation.views.conftest import AHEAD, Place

BOARD = f"/desk/golden-river/{AHEAD}/board"


def state_of(session_id: int) -> str:
    """What became of a session."""
    return db.session.get_one(PlannedSession, session_id).state


def test_the_board_marks_ones_own_sessions_and_offers_free_slots(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker)

    page = coordinator.get(BOARD).text

    assert page.count('class="seat mine"') == 1
    assert page.count('class="seat open"') == len(slots_of(round_)) - 1
    assert f"/desk/golden-river/sessions/{session.id}/release" in page


def test_the_list_says_the_same_as_the_board(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    a_session(round_, place.worker)

    page = coordinator.get(f"{BOARD}?view=list&week=").text

    assert page.count('id="slot-') == len(slots_of(round_))


def test_only_mine_and_only_open_leave_the_rest_out(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    a_session(round_, place.worker)

    mine = coordinator.get(f"{BOARD}?show=mine").text
    free = coordinator.get(f"{BOARD}?show=open").text

    assert (mine.count('class="seat mine"'), mine.count('class="seat open"')) == (1, 0)
    assert (free.count('class="seat mine"'), free.count('class="seat open"')) == (0, len(slots_of(round_)) - 1)


def test_an_organisation_without_sessions_is_told_what_to_do_next(coordinator: FlaskClient, place: Place) -> None:
    place.round("proposing")

    assert "show=open" in coordinator.get(f"{BOARD}?show=mine").text


def test_the_board_takes_the_same_statements_however_many_sessions_it_has(
    coordinator: FlaskClient, place: Place
) -> None:
    a_demand(place.bureau)
    small = place.round("proposing")
    a_session(small, place.worker, slots_of(small)[-1])
    few = _statements(coordinator)
    for number in range(3):
        partner = a_partner(f"partner-{number}", place.bureau)
        a_session(small, a_worker(partner, f"W{number}", services=["legal"]), slots_of(small)[number * 2])

    many = _statements(coordinator)

    assert (few, many) == (6, 6)


def _statements(browser: FlaskClient) -> int:
    with statements(db.engine) as sent:
        assert browser.get(BOARD).status_code == 200
    return len(sent)


def test_a_slot_is_booked_from_its_form(coordinator: FlaskClient, place: Place) -> None:
    slot = slots_of(place.round("proposing"))[0].id
    address = f"/desk/golden-river/slots/{slot}/book"

    form = coordinator.get(address).text
    answer = coordinator.post(address, data={"worker": place.worker.id, "service": ["legal"], "language": ["ar"]})

    booked = db.session.scalars(select(PlannedSession)).one()
    assert f'name="worker" value="{place.worker.id}"' in form
    assert (answer.status_code, answer.location) == (303, f"{BOARD}?booked={booked.id}#slot-{slot}")
    assert (booked.slot_id, booked.origin, booked.state) == (slot, "coordinator", "booked")


def test_who_comes_second_is_told_kindly_what_is_free_near(client: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    taken = a_session(round_, place.worker).slot_id
    partner = a_partner("pomegranate", place.bureau)
    worker = a_worker(partner, "C1", services=["legal"], languages=["ar"])
    neighbour = coordinator_browser(client, partner)

    answer = neighbour.post(
        f"/desk/golden-river/slots/{taken}/book", data={"worker": worker.id, "service": ["legal"], "language": ["ar"]}
    )

    assert answer.status_code == 422
    assert "Free near it" in answer.text
    assert f"/desk/golden-river/slots/{taken + 1}/book" in answer.text


def test_a_booking_without_a_language_is_refused_and_the_ticks_stay(coordinator: FlaskClient, place: Place) -> None:
    slot = slots_of(place.round("proposing"))[0].id

    answer = coordinator.post(
        f"/desk/golden-river/slots/{slot}/book", data={"worker": place.worker.id, "service": ["legal"]}
    )

    assert answer.status_code == 422
    assert 'name="service" value="legal" checked' in answer.text
    assert 'name="language" value="ar" checked' not in answer.text


def test_a_release_needs_a_reason(coordinator: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)

    answer = coordinator.post(
        f"/desk/golden-river/sessions/{session.id}/release", data={"reason": " ", "version": session.version}
    )

    assert answer.status_code == 422
    assert state_of(session.id) == "booked"


def test_a_released_session_can_be_taken_back_at_once(coordinator: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)
    address = f"/desk/golden-river/sessions/{session.id}"

    released = coordinator.post(
        f"{address}/release", data={"reason": "The lawyer is ill", "version": session.version}, follow_redirects=True
    )
    state = state_of(session.id)
    [version] = re.findall(rf'{address}/take-back".*?name="version" value="(\d+)"', released.text, re.DOTALL)
    coordinator.post(f"{address}/take-back", data={"version": version})

    assert (state, state_of(session.id)) == ("released", "booked")


def test_a_neighbours_session_can_be_neither_seen_nor_released(client: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)
    neighbour = coordinator_browser(client, a_partner("pomegranate", place.bureau))
    address = f"/desk/golden-river/sessions/{session.id}/release"

    assert neighbour.get(address).status_code == 404
    assert neighbour.post(address, data={"reason": "mine", "version": session.version}).status_code == 404
    assert state_of(session.id) == "booked"


def test_the_manager_pins_a_session_and_lets_it_go(manager: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)
    address = f"/desk/golden-river/sessions/{session.id}/pin"

    manager.post(address, data={"pinned": "yes", "version": session.version})
    pinned = db.session.get_one(PlannedSession, session.id).pinned
    manager.post(address, data={"pinned": "no", "version": session.version})

    assert (pinned, db.session.get_one(PlannedSession, session.id).pinned) == (True, False)


def test_the_manager_closes_a_slot_and_opens_it_again(manager: FlaskClient, place: Place) -> None:
    slot = slots_of(place.round("proposing"))[0]
    address = f"/desk/golden-river/slots/{slot.id}/close"

    manager.post(address, data={"closed": "yes"})
    db.session.refresh(slot)
    closed = slot.closed
    manager.post(address, data={"closed": "no"})
    db.session.refresh(slot)

    assert (closed, slot.closed) == (True, False)
