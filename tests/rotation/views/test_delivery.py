"""The page "How it went", and saying that a session did not take place."""

from datetime import timedelta

from flask.testing import FlaskClient

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.rotation import actions
from bureau.rotation.models import PlannedSession
from tests.factories.rotation import a_session, slots_of
from tests.rotation.views.conftest import Place


def over(place: Place) -> PlannedSession:
    """A session that was held yesterday, as far as its own times say."""
    round_ = place.round("proposing")
    session = a_session(round_, place.worker, slots_of(round_, "quiet")[0], now=utcnow())
    session.starts_at = utcnow() - timedelta(days=1)
    session.ends_at = session.starts_at + timedelta(hours=2)
    db.session.commit()
    actions.mark_held(actor="test", now=utcnow())
    return db.session.get_one(PlannedSession, session.id)


def test_a_coordinator_says_that_a_session_did_not_take_place_and_corrects_it(
    coordinator: FlaskClient, place: Place
) -> None:
    session = over(place)
    address = place.page(f"sessions/{session.id}/went")

    page = coordinator.get(place.page(f"sessions/{session.id}/release")).get_data(as_text=True)
    silent = coordinator.post(address, data={"version": session.version, "went": "missed", "because": "other"})
    said = coordinator.post(
        address, data={"version": session.version, "went": "missed", "because": "way", "words": "snow"},
        follow_redirects=True,
    ).get_data(as_text=True)  # fmt: skip
    missed = db.session.get_one(PlannedSession, session.id)
    coordinator.post(address, data={"version": missed.version, "went": "held"})

    assert "It counts as held." in page
    assert silent.status_code == 422
    assert "The way there was not possible" in said
    assert "snow" in said
    assert db.session.get_one(PlannedSession, session.id).state == "held"


def test_the_manager_sees_every_organisation_and_takes_the_numbers_home(manager: FlaskClient, place: Place) -> None:
    over(place)

    page = manager.get(place.page("{month}/delivery"), query_string={"organisation": "open-gate"}).get_data(
        as_text=True
    )
    table = manager.get(place.page("{month}/delivery.csv"))
    latest = manager.get(place.page("delivery/"))

    assert "1 session took place." in page
    assert "Sessions of open-gate that are over" in page
    assert table.get_data(as_text=True).splitlines()[1] == "organisation,open-gate,open-gate,1,1,0,0,0"
    assert table.headers["Content-Disposition"].startswith("attachment")
    assert latest.status_code == 303


def test_who_missed_something_is_not_shown_to_other_organisations(coordinator: FlaskClient, place: Place) -> None:
    over(place)

    asked = coordinator.get(place.page("{month}/delivery")).get_data(as_text=True)

    assert "Your organisation" in asked
    assert "By organisation" not in asked
