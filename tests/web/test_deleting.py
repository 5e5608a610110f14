"""Deleting what somebody else changed or deleted since the page was made."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import Base, db
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Bureau
from tests.factories.accounts import manager_browser
from tests.factories.catalogue import a_category, a_language, a_service
from tests.factories.organisations import (
    a_bureau,
    a_closure,
    a_partnership,
    a_room,
    a_worker,
    an_agreement,
    an_organisation,
)
from tests.factories.rotation import a_demand
from tests.web.deleting import asked_version, delete

DESK = "/desk/golden-river"
NEW = LocalisedText({"en": "Another"})


def _demand(bureau: Bureau) -> tuple[str, Base, str, object]:
    row = a_demand(bureau)
    return f"demand/{row.id}", row, "target", 7


def _room(bureau: Bureau) -> tuple[str, Base, str, object]:
    return "place/rooms/desk-a", a_room(bureau, "desk-a"), "name", NEW


def _closure(bureau: Bureau) -> tuple[str, Base, str, object]:
    return "place/closures/2026-12-10", a_closure(date(2026, 12, 10), bureau), "reason", NEW


def _agreement(bureau: Bureau) -> tuple[str, Base, str, object]:
    row = an_agreement(a_partnership(an_organisation(), bureau, agreement=False))
    return f"organisations/open-gate/agreements/{row.id}", row, "notice_days", 30


def _worker(bureau: Bureau) -> tuple[str, Base, str, object]:
    a_partnership(an_organisation(), bureau)
    row = a_worker()
    return f"organisations/open-gate/workers/{row.id}", row, "label", "Another"


def _service(bureau: Bureau) -> tuple[str, Base, str, object]:
    return "catalogue/services/info", a_service("info"), "name", NEW


def _category(bureau: Bureau) -> tuple[str, Base, str, object]:
    return "catalogue/categories/empty", a_category("empty"), "name", NEW


def _language(bureau: Bureau) -> tuple[str, Base, str, object]:
    return "catalogue/languages/ar", a_language("ar"), "own_name", "Another"


Thing = Callable[[Bureau], tuple[str, Base, str, object]]
everything = pytest.mark.parametrize(
    "thing", [_demand, _room, _closure, _agreement, _worker, _service, _category, _language]
)


@pytest.fixture
def browser(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The bureau's manager, who may do everything."""
    bureau = a_bureau()
    session.commit()
    return manager_browser(client, bureau)


@everything
def test_what_somebody_changed_meanwhile_is_not_deleted_before_it_was_looked_at(
    browser: FlaskClient, thing: Thing
) -> None:
    path, row, name, value = thing(a_bureau())
    db.session.commit()
    address = f"{DESK}/{path}/delete"
    seen = asked_version(browser, address)
    setattr(row, name, value)
    db.session.commit()

    refused = browser.post(address, data={"version": seen})
    still_there = browser.get(address).status_code
    agreed = delete(browser, address)

    assert refused.status_code == 409
    assert "Somebody changed this meanwhile. Look at it again before you delete it." in refused.text
    assert "Yes, delete it" in refused.text
    assert (still_there, agreed.status_code) == (200, 303)
    assert browser.get(address).status_code == 404


@everything
def test_what_somebody_has_removed_already_is_told_so(browser: FlaskClient, thing: Thing) -> None:
    path, _, _, _ = thing(a_bureau())
    db.session.commit()
    address = f"{DESK}/{path}/delete"
    seen = asked_version(browser, address)
    first = browser.post(address, data={"version": seen}, follow_redirects=True)

    second = browser.post(address, data={"version": seen}, follow_redirects=True)

    assert "Deleted." in first.text
    assert second.status_code == 200
    assert "Somebody has already removed this." in second.text
    assert "Deleted." not in second.text


@everything
def test_a_form_that_does_not_say_what_it_showed_deletes_nothing(browser: FlaskClient, thing: Thing) -> None:
    path, _, _, _ = thing(a_bureau())
    db.session.commit()

    answer = browser.post(f"{DESK}/{path}/delete")

    assert answer.status_code == 409
    assert browser.get(f"{DESK}/{path}/delete").status_code == 200
