"""A coordinator declares; nothing that was typed is lost."""

from typing import Any

from flask.testing import FlaskClient

from bureau.kernel.database import EVERY_ORGANISATION
from bureau.rotation.queries import blocks_of_round, get_round, offer_page
from tests.factories.accounts import coordinator_browser
from tests.factories.rotation import a_partner, an_offer
from tests.rotation.views.conftest import AHEAD, Place

ADDRESS = f"/desk/golden-river/{AHEAD}/offers/open-gate/"


def typed(place: Place, **others: str) -> dict[str, Any]:
    """A form filled in: legal help in Arabic, the first block preferred, the second possible."""
    first, second = blocks_of_round(place.round().id)[:2]
    number = place.worker.id
    return {
        "promised": "4", "minimum": "2", "max_per_day": "1", "max_per_week": "2", "max_per_month": "5",
        "max_at_once": "1", "remark": "Not before ten", "version": "", f"gives-{number}": ["legal:ar"],
        f"at-{number}-{first.code}": "preferred", f"at-{number}-{second.code}": "possible", **others,
    }  # fmt: skip


def test_a_first_visit_shows_every_worker_with_all_they_can_give(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    page = coordinator.get(ADDRESS)

    assert page.status_code == 200
    assert page.text.count('value="legal:') == 2
    assert page.text.count(f'name="gives-{place.worker.id}" value="legal:ar" checked') == 1


def test_what_was_declared_is_stored_and_summed_up(coordinator: FlaskClient, place: Place) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place))

    page = coordinator.get(ADDRESS)
    stored = offer_page(get_round("golden-river", str(AHEAD)), "open-gate", scope=EVERY_ORGANISATION).offer
    assert (answer.status_code, answer.location) == (303, ADDRESS)
    assert stored is not None
    assert (stored.promised, stored.minimum, stored.remark) == (4, 2, "Not before ten")
    assert stored.workers[0].pairs == {("legal", "ar")}
    assert sorted(stored.workers[0].availability.values()) == ["possible", "preferred"]
    assert "What you have declared" in page.text


def test_a_number_that_is_none_is_refused_beside_its_field_and_all_else_stays(
    coordinator: FlaskClient, place: Place
) -> None:
    form = typed(place, promised="many")

    answer = coordinator.post(ADDRESS, data=form)

    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert 'id="promised-error"' in answer.text
    assert "Not before ten" in answer.text
    assert answer.text.count('<option value="preferred" selected>') == 1


def test_a_least_number_above_the_promise_is_refused(coordinator: FlaskClient, place: Place) -> None:
    answer = coordinator.post(ADDRESS, data=typed(place, minimum="9"))

    assert answer.status_code == 422
    assert 'id="minimum-error"' in answer.text


def test_the_later_of_two_tabs_is_told_and_loses_nothing(coordinator: FlaskClient, place: Place) -> None:
    form = typed(place)
    coordinator.post(ADDRESS, data=form)

    told = coordinator.post(ADDRESS, data={**form, "remark": "From the second tab"})
    again = coordinator.post(ADDRESS, data={**form, "remark": "From the second tab", "version": "1"})

    assert told.status_code == 422
    assert "Somebody changed this meanwhile" in told.text
    assert "From the second tab" in told.text
    assert 'name="version" value="1"' in told.text
    assert again.status_code == 303


def test_the_form_can_start_from_last_month(coordinator: FlaskClient, place: Place) -> None:
    an_offer(place.round(), [place.worker])

    page = coordinator.get(f"{ADDRESS}?last_month=1")

    assert page.status_code == 200


def test_the_short_address_leads_to_the_month_in_work(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    answer = coordinator.get("/desk/golden-river/organisations/open-gate/declare")

    assert answer.location == ADDRESS


def test_another_organisations_coordinator_may_not_see_it(client: FlaskClient, place: Place) -> None:
    place.round()
    neighbour = coordinator_browser(client, a_partner("pomegranate", place.bureau))

    assert neighbour.get(ADDRESS).status_code == 403


def test_the_coordinators_month_says_what_is_asked(coordinator: FlaskClient, place: Place) -> None:
    place.round()

    page = coordinator.get("/desk/golden-river/organisations/open-gate/my-month/")

    assert page.status_code == 200
    assert ADDRESS in page.text
