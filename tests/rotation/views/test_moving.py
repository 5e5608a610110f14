"""Moving a session in the browser: the open slots, what a move would change, and the move."""

import re
from html import unescape

from flask.testing import FlaskClient

from bureau.kernel.database import db
from bureau.rotation.models import PlannedSession
from tests.factories.accounts import coordinator_browser
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, slots_of
from tests.rotation.views.conftest import AHEAD, Place

BOARD = f"/desk/golden-river/{AHEAD}/board"


def page_of(session: PlannedSession) -> str:
    """The address of its move."""
    return f"/desk/golden-river/sessions/{session.id}/move"


def place_of(number: int) -> int:
    """The slot in which a session is."""
    return db.session.get_one(PlannedSession, number).slot_id


def test_a_session_is_moved_without_script_after_a_look_at_what_changes(coordinator: FlaskClient, place: Place) -> None:
    a_demand(place.bureau, "week", target=2, service_id=a_service("legal").id)
    round_ = place.round("proposing")
    session = a_session(round_, place.worker, slots_of(round_)[20])
    to = slots_of(round_)[-1].id

    choosing = coordinator.get(f"{page_of(session)}?show=mine").text
    looking = coordinator.get(f"{page_of(session)}?show=mine&to={to}").text
    [address] = re.findall(r'method="post" action="([^"]+/move[^"]*)"', looking)
    fields = dict(re.findall(r'name="(version|to)" value="(\d+)"', looking))
    answer = coordinator.post(unescape(address), data=fields)

    assert f'<option value="{to}"' in choosing
    assert re.search("only .*0.* of .*2.* left for “legal”", looking)
    assert (answer.status_code, answer.location) == (303, f"{BOARD}?show=mine#slot-{to}")
    assert place_of(session.id) == to


def test_what_a_move_breaks_is_said_and_there_is_no_button_for_it(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker)
    taken = a_session(round_, a_worker(a_partner("pomegranate", place.bureau), "C1"), slots_of(round_)[4]).slot_id

    looking = coordinator.get(f"{page_of(session)}?to={taken}").text
    forced = coordinator.post(page_of(session), data={"to": taken, "version": session.version})

    assert "Not possible" in looking
    assert "Move the session" not in looking
    assert forced.status_code == 422
    assert place_of(session.id) == slots_of(round_)[0].id


def test_a_dragged_session_is_answered_with_the_words_alone(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker)

    words = coordinator.get(f"{page_of(session)}?to={slots_of(round_)[4].id}", headers={"HX-Request": "true"}).text

    assert "<html" not in words
    assert "Nothing becomes worse" in words


def test_a_neighbours_session_cannot_be_moved(client: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)
    neighbour = coordinator_browser(client, a_partner("pomegranate", place.bureau))

    answers = neighbour.get(page_of(session)), neighbour.post(page_of(session), data={"to": "1", "version": "1"})

    assert [one.status_code for one in answers] == [404, 404]


def test_the_manager_moves_any_session(manager: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker)
    to = slots_of(round_)[4].id

    answer = manager.post(page_of(session), data={"to": to, "version": session.version})

    assert (answer.status_code, place_of(session.id)) == (303, to)


def test_nonsense_instead_of_a_slot_is_refused_kindly(coordinator: FlaskClient, place: Place) -> None:
    session = a_session(place.round("proposing"), place.worker)

    seen = coordinator.get(f"{page_of(session)}?to=nonsense").status_code
    sent = coordinator.post(page_of(session), data={"to": "nonsense", "version": session.version}).status_code

    assert (seen, sent) == (200, 422)


def test_a_move_out_of_the_week_of_a_series_says_so_before_it_is_made(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    slots = slots_of(round_)
    session = a_session(round_, place.worker, slots[0])
    repeated = {"worker": place.worker.id, "version": session.version}
    coordinator.post(f"/desk/golden-river/sessions/{session.id}/every-week", data=repeated)

    looking = coordinator.get(f"{page_of(session)}?to={slots[-1].id}").text

    assert "In another week it is a single session, and the series leaves out the week that it came from." in looking
