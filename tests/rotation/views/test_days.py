"""The pages on which a whole day is cancelled and put back."""

from flask.testing import FlaskClient
from sqlalchemy import select

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.rotation.models import PlannedSession
from tests.factories.rotation import a_session, slots_of
from tests.rotation.views.conftest import Place


def test_a_day_is_looked_at_cancelled_and_put_back(manager: FlaskClient, place: Place) -> None:
    round_ = place.round("proposing")
    slot = slots_of(round_, "quiet")[0]
    a_session(round_, place.worker, slot, now=utcnow())
    address = place.page(f"days/{slot.day}/")

    chosen = manager.get(place.page("days/"), query_string={"day": str(slot.day)})
    preview = manager.get(f"{address}cancel").get_data(as_text=True)
    silent = manager.post(f"{address}cancel", data={"reason-bg": " ", "version": 0})
    cancelled = manager.post(
        f"{address}cancel", data={"reason-bg": "Няма ток", "reason-en": "No power", "version": 0}, follow_redirects=True
    ).get_data(as_text=True)
    state = db.session.scalars(select(PlannedSession.state)).one()
    back = manager.post(f"{address}restore", follow_redirects=True).get_data(as_text=True)

    assert chosen.location.endswith(f"/days/{slot.day}/cancel")
    assert "1 session would be cancelled, and those concerned told." in preview
    assert "5 open slots would be closed." in preview
    assert silent.status_code == 422
    assert "The day is cancelled, with 1 session." in cancelled
    assert "No power" in cancelled
    assert state == "cancelled"
    assert "The day takes place. 1 session is back." in back


def test_a_day_that_is_none_is_said_or_not_found(manager: FlaskClient, place: Place) -> None:
    typed = manager.get(place.page("days/"), query_string={"day": "tomorrow"})

    assert typed.status_code == 422
    assert manager.get(place.page("days/2026-13-01/cancel")).status_code == 404
    assert manager.get(place.page("days/2026-12-01/")).status_code == 404
