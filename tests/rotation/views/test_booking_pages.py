"""Booking with one click, undoing it, giving back with a moment for cover, and coming again every week."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.actions import hooks
from bureau.rotation.models import PlannedSession, Series, Slot
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_session, an_offer, slots_of, to_phase
from tests.rotation.views.conftest import Place


def row() -> PlannedSession:
    """The session that is booked, or was."""
    return db.session.scalars(select(PlannedSession).order_by(PlannedSession.id.desc())).first()


def quiet(place: Place) -> Slot:
    """The first slot of the month in the quiet room."""
    return slots_of(place.round("proposing"), "quiet")[0]


def test_one_click_books_what_suits_best_and_one_more_undoes_it(coordinator: FlaskClient, place: Place) -> None:
    other = a_worker(place.organisation, "M1", services=["info", "legal"], languages=["en", "bg"])
    db.session.commit()
    round_ = place.round()
    an_offer(round_, [other])
    to_phase(round_, "proposing")
    a_demand(place.bureau, service_id=a_service("legal").id, language_tag="bg")
    slot = slots_of(round_, "quiet")[0]

    booked = coordinator.post(place.page(f"slots/{slot.id}/book"), follow_redirects=True)

    session, page = row(), booked.get_data(as_text=True)
    assert (session.state, session.worker_id, session.slot_id) == ("booked", other.id, slot.id)
    assert "The slot is yours." in page
    assert re.search(r"M1\. legal\s*·.*en.*bg", page, re.DOTALL)

    coordinator.post(place.page(f"sessions/{session.id}/undo"), data={"version": session.version})

    assert row().state == "cancelled"
    again = coordinator.get(place.page(f"{{month}}/board?booked={session.id}")).get_data(as_text=True)
    assert "The slot is yours." not in again


def test_a_booking_is_undone_within_minutes_only(coordinator: FlaskClient, place: Place) -> None:
    slot = quiet(place)
    coordinator.post(place.page(f"slots/{slot.id}/book"))
    session = row()
    session.created_at = utcnow() - timedelta(minutes=16)
    db.session.commit()

    page = coordinator.get(place.page(f"{{month}}/board?booked={session.id}")).get_data(as_text=True)
    late = coordinator.post(
        place.page(f"sessions/{session.id}/undo"), data={"version": session.version}, follow_redirects=True
    )

    assert "The slot is yours." not in page
    assert "no longer new" in late.get_data(as_text=True)
    assert row().state == "booked"


def test_the_page_of_a_slot_has_ticked_what_is_offered_and_missing(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round()
    an_offer(round_, [place.worker])
    to_phase(round_, "proposing")
    a_demand(place.bureau, service_id=a_service("legal").id)

    page = coordinator.get(place.page(f"slots/{slots_of(round_, 'quiet')[0].id}/book")).get_data(as_text=True)

    assert "You offered this time" in page
    assert "missing here" in page
    assert len(re.findall(r" checked", page)) == 3


def test_a_release_says_from_when_cover_is_sought(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker, slots_of(round_, "quiet")[0], now=utcnow())
    told: list[hooks.Released] = []
    hooks.on_released.append(told.append)
    address, form = place.page(f"sessions/{session.id}/release"), {"version": session.version, "reason": "ill"}

    try:
        late = coordinator.post(address, data={**form, "cover": "until", "until": "2199-01-01T10:00"})
        coordinator.post(address, data={**form, "cover": "at-once", "until": "2199-01-01T10:00"})
    finally:
        hooks.on_released.remove(told.append)

    assert late.status_code == 422
    assert "before the session begins" in late.get_data(as_text=True)
    assert [(one.session_id, one.cover_from == one.now) for one in told] == [(session.id, True)]


def test_a_series_is_begun_from_a_slot_and_looked_at_day_by_day(coordinator: FlaskClient, place: Place) -> None:
    slot = quiet(place)
    form = {"worker": place.worker.id, "service": "legal", "language": "en"}

    begun = coordinator.post(place.page(f"slots/{slot.id}/every-week"), data=form, follow_redirects=True)
    listed = coordinator.get(place.page("series/")).get_data(as_text=True)

    number = db.session.scalars(select(Series.id).execution_options(**EVERY_ORGANISATION.options())).one()
    page = begun.get_data(as_text=True)
    assert "From now on it comes again every week" in page
    assert f"/series/{number}/" in listed

    second = slot.day + timedelta(days=7)
    out = coordinator.post(
        place.page(f"series/{number}/leave-out"), data={"day": second, "reason": "away"}, follow_redirects=True
    ).get_data(as_text=True)
    back = coordinator.post(
        place.page(f"series/{number}/put-back"), data={"day": second}, follow_redirects=True
    ).get_data(as_text=True)

    assert "That day is left out." in out
    assert "Left out" in out
    assert "That day is booked again." in back


def test_a_series_is_changed_ended_and_deleted(coordinator: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    session = a_session(round_, place.worker, slots_of(round_, "quiet")[0], now=utcnow())
    coordinator.post(place.page(f"sessions/{session.id}/every-week"))
    number = row().series_id
    address = place.page(f"series/{number}/")
    ends = round_.month.first + timedelta(days=8)

    def version() -> int:
        return int(re.search(r'name="version" value="(\d+)"', coordinator.get(address).get_data(as_text=True))[1])

    changed = coordinator.post(
        address, data={"worker": place.worker.id, "service": "legal", "language": "ar", "version": version()}
    )
    silent = coordinator.post(f"{address}end", data={"last": ends, "version": version()})
    ended = coordinator.post(f"{address}end", data={"last": ends, "reason": "moves", "version": version()})
    asked = coordinator.get(f"{address}delete").get_data(as_text=True)
    coordinator.post(f"{address}delete", data={"version": version()})

    assert (changed.status_code, silent.status_code, ended.status_code) == (303, 422, 303)
    assert "What is booked stays" in asked
    assert coordinator.get(address).status_code == 404
    states = db.session.scalars(select(PlannedSession.state).order_by(PlannedSession.starts_at)).all()
    assert states[:2] == ["booked", "booked"]
    assert set(states[2:]) == {"released"}
