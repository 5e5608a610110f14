"""The manager leads a month through its phases."""

from flask.testing import FlaskClient

from bureau.rotation.queries import get_round
from tests.factories.accounts import person
from tests.factories.rotation import a_partner, an_offer
from tests.rotation.views.conftest import AHEAD, Place


def test_before_the_first_month_the_cockpit_says_how_to_open_one(manager: FlaskClient, place: Place) -> None:
    page = manager.get(place.page("month/"))

    assert page.status_code == 200
    assert place.page("month/open") in page.text


def test_opening_a_month_leads_to_its_deadlines(manager: FlaskClient, place: Place) -> None:
    answer = manager.post(place.page("month/open"), data={"month": str(AHEAD)})

    assert (answer.status_code, answer.location) == (303, place.page("{month}/deadlines"))
    assert get_round("golden-river", str(AHEAD)).phase == "declaring"


def test_opening_a_month_twice_is_refused_beside_the_form(manager: FlaskClient, place: Place) -> None:
    place.round()

    answer = manager.post(place.page("month/open"), data={"month": str(AHEAD)})

    assert answer.status_code == 422
    assert "<form" in answer.text


def test_the_short_address_leads_to_the_month_in_work(manager: FlaskClient, place: Place) -> None:
    place.round()

    assert manager.get(place.page("month/")).location == place.page("{month}/")
    assert manager.get(place.page("board/")).location == place.page("{month}/board")
    assert manager.get(place.page("proposals/")).location == place.page("{month}/proposals/")


def test_deadlines_in_a_wrong_order_are_refused_and_what_was_typed_stays(manager: FlaskClient, place: Place) -> None:
    place.round()
    typed = {
        "declaring_until": "2030-01-03T18:00", "proposing_until": "2030-01-02T18:00",
        "reviewing_until": "2030-01-04T18:00", "version": "1",
    }  # fmt: skip

    answer = manager.post(place.page("{month}/deadlines"), data=typed)

    assert answer.status_code == 422
    assert 'value="2030-01-03T18:00"' in answer.text
    assert 'id="proposing_until-error"' in answer.text


def test_a_deadline_that_is_no_time_is_refused_beside_its_field(manager: FlaskClient, place: Place) -> None:
    round_ = place.round()
    typed = {"declaring_until": "soon", "proposing_until": "2030-01-02T18:00", "reviewing_until": "2030-01-04T18:00"}

    answer = manager.post(place.page("{month}/deadlines"), data=typed)

    assert answer.status_code == 422
    assert 'id="declaring_until-error"' in answer.text
    assert get_round("golden-river", str(AHEAD)).deadlines == round_.deadlines


def test_deadlines_are_stored_on_the_bureaus_own_clock(manager: FlaskClient, place: Place) -> None:
    version = place.round().version
    typed = {
        "declaring_until": "2030-01-02T18:00", "proposing_until": "2030-01-03T18:00",
        "reviewing_until": "2030-01-04T18:00", "version": str(version),
    }  # fmt: skip

    answer = manager.post(place.page("{month}/deadlines"), data=typed)

    stored = get_round("golden-river", str(AHEAD))
    assert answer.status_code == 303
    assert stored.deadlines.declaring_until.isoformat() == "2030-01-02T16:00:00+00:00"
    assert not stored.advances_itself


def test_the_manager_goes_on_to_the_next_phase(manager: FlaskClient, place: Place) -> None:
    version = place.round().version

    answer = manager.post(place.page("{month}/phase"), data={"phase": "proposing", "version": str(version)})

    assert answer.status_code == 303
    assert get_round("golden-river", str(AHEAD)).phase == "proposing"


def test_a_phase_that_cannot_follow_is_refused_in_words(manager: FlaskClient, place: Place) -> None:
    place.round()

    answer = manager.post(place.page("{month}/phase"), data={"phase": "closed"}, follow_redirects=True)

    assert 'class="flash stop"' in answer.text
    assert get_round("golden-river", str(AHEAD)).phase == "declaring"


def test_the_cockpit_shows_who_has_answered_and_who_has_not(manager: FlaskClient, place: Place) -> None:
    round_ = place.round()
    before = manager.get(place.page("{month}/")).text
    an_offer(round_, [place.worker])

    after = manager.get(place.page("{month}/")).text

    assert "Remind all who have not answered" in before
    assert "Everybody has answered." in after


def test_one_organisation_or_all_are_reminded_once_a_day(manager: FlaskClient, place: Place) -> None:
    neighbour = a_partner("pomegranate", place.bureau)
    for organisation in (place.organisation, neighbour):
        person(coordinates=[organisation])
    place.round()

    one = manager.post(place.page("{month}/remind"), data={"organisation": "open-gate"}, follow_redirects=True)
    rest = manager.post(place.page("{month}/remind"), follow_redirects=True)
    nobody = manager.post(place.page("{month}/remind"), follow_redirects=True)

    assert "1 reminder is on its way." in one.text
    assert "1 reminder is on its way." in rest.text
    assert "Nobody was reminded" in nobody.text


def test_reminding_after_declaring_is_refused_in_words(manager: FlaskClient, place: Place) -> None:
    place.round("published")

    answer = manager.post(place.page("{month}/remind"), follow_redirects=True)

    assert answer.status_code == 200
    assert 'class="flash stop"' in answer.text
