"""The desk on a device of its own: how it is installed, and what of its pages is kept there."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.servicelog.actions.notes import note_entry
from bureau.servicelog.models import LogNote, LogSettings
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, an_entry, logged

DESK = "/desk/golden-river/today/"
SHEET = f"{DESK}for/open-gate/"


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A browser of a worker of open-gate who reads Arabic; the bureau keeps notes, and one entry of today has one."""
    (gate,) = a_logging_bureau("open-gate")
    db.session.add(LogSettings(bureau_id=a_bureau().id, notes=True, notes_days=30))
    sign_in_as(client, person(language="ar", works_for=[gate]))
    today = local_date(utcnow(), "Europe/Sofia")
    (entry,) = logged(an_entry(day=today), now=utcnow())
    note_entry("golden-river", entry.ref, "about the lease", scope=EVERY_ORGANISATION, now=utcnow())
    return client


def test_the_desk_is_an_application_in_the_persons_language(desk: FlaskClient, app: Flask) -> None:
    answer = desk.get(f"{DESK}app.webmanifest")

    assert answer.mimetype == "application/manifest+json"
    said = answer.get_json(force=True)
    assert (said["lang"], said["dir"], said["display"], said["start_url"]) == ("ar", "rtl", "standalone", DESK)
    assert [(Path(app.root_path) / icon["src"][1:]).is_file() for icon in said["icons"]] == [True] * 3
    assert f'href="{DESK}app.webmanifest" crossorigin="use-credentials"' in desk.get(f"{DESK}?all=1").text


def test_the_script_that_minds_the_desk_lies_where_it_can_mind_nothing_else(desk: FlaskClient) -> None:
    answer = desk.get(f"{DESK}worker.js")

    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert f'data-worker="{DESK}worker.js"' in desk.get(SHEET).text


def test_what_a_device_keeps_holds_no_notes_and_says_nothing_that_is_said_once(desk: FlaskClient, app: Flask) -> None:
    desk.post("/desk/golden-river/log/open-gate/", data={"ref": "a", "service": "magic", "language": "en"})

    kept = desk.get(SHEET, headers={"X-Keep": "yes"}).text
    read = desk.get(SHEET).text

    assert ("about the lease" in kept, "about the lease" in read) == (False, True)
    assert ('role="alert"' in kept, 'role="alert"' in read) == (False, True)


def test_a_note_whose_time_is_over_is_shown_nowhere_even_before_it_is_deleted(desk: FlaskClient) -> None:
    note = db.session.scalars(db.select(LogNote), execution_options=EVERY_ORGANISATION.options()).one()
    entry = f"/desk/golden-river/log/open-gate/entries/{note.entry_id}"
    before = [desk.get(page).text for page in (SHEET, entry)]

    note.expires_on -= timedelta(days=30)
    db.session.commit()
    after = [desk.get(page).text for page in (SHEET, entry)]

    assert ["about the lease" in page for page in before + after] == [True, True, False, False]
