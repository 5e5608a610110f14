"""The manager takes the bureau's document along; the administrator makes a bureau of one."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.organisations import queries
from bureau.replication.queries import bureau_document
from tests.factories.accounts import manager_browser, person, sign_in_as
from tests.factories.organisations import a_bureau, a_partnership, a_room, a_worker, an_organisation

DEMONSTRATION = Path(__file__).parents[2] / "bureau/demonstration/data/golden-river.json"


@pytest.fixture
def administrator(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """The administrator's browser."""
    sign_in_as(client, person(administrator=True))
    return client


def upload(browser: FlaskClient, content: bytes) -> Any:
    """Send a file to the page that makes bureaux."""
    return browser.post("/desk/bureaux/new", data={"document": (io.BytesIO(content), "bureau.json")})


def test_the_manager_downloads_the_document(client: FlaskClient, session: scoped_session[Session]) -> None:
    bureau = a_bureau("golden-river")
    a_room(bureau)
    a_partnership(an_organisation(), bureau)
    a_worker(an_organisation())
    browser = manager_browser(client, bureau)

    page, file = browser.get("/desk/golden-river/place/document/"), browser.get("/desk/golden-river/place/document/bureau.json")  # fmt: skip

    assert "Download the bureau’s file" in page.text
    assert "Make a bureau of a file" not in page.text
    assert file.headers["Content-Disposition"] == "attachment; filename=golden-river.json"
    assert json.loads(file.data) == bureau_document("golden-river")


def test_the_administrator_makes_a_bureau_of_a_file(administrator: FlaskClient) -> None:
    answer = upload(administrator, DEMONSTRATION.read_bytes())

    assert answer.status_code == 303
    assert answer.location == "/desk/golden-river/place/"
    assert len(queries.partners(queries.get_bureau("golden-river").id)) == 18


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is not JSON."),
        (b"{", "This file is not JSON."),
        (b"[]", "an object is expected here."),
        (b'{"format": "bureau/9"}', "this is not a bureau’s document of format bureau/1."),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_words(
    administrator: FlaskClient, content: bytes, sentence: str
) -> None:
    answer = upload(administrator, content)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert queries.bureaux() == []


def test_every_page_of_the_demonstration_bureau_opens(administrator: FlaskClient) -> None:
    upload(administrator, DEMONSTRATION.read_bytes())
    base = "/desk/golden-river"
    pages = [
        f"{base}/place/", f"{base}/place/rooms/", f"{base}/place/rooms/front/", f"{base}/place/hours/",
        f"{base}/place/closures/", f"{base}/organisations/", f"{base}/organisations/open-gate/",
        f"{base}/organisations/open-gate/edit", f"{base}/organisations/open-gate/usual",
        f"{base}/organisations/open-gate/agreements/new", f"{base}/organisations/open-gate/workers/",
        f"{base}/organisations/open-gate/workers/new", f"{base}/catalogue/", f"{base}/catalogue/services/legal-asylum/",
        f"{base}/catalogue/services/new", f"{base}/catalogue/categories/legal/", f"{base}/catalogue/languages/",
        f"{base}/catalogue/languages/fa-AF/", f"{base}/demand/", f"{base}/demand/new",
    ]  # fmt: skip

    answers = {page: administrator.get(page).status_code for page in pages}

    assert set(answers.values()) == {200}


def test_the_service_page_shows_what_is_stored(administrator: FlaskClient) -> None:
    upload(administrator, DEMONSTRATION.read_bytes())

    page = administrator.get("/desk/golden-river/catalogue/services/legal-asylum/").text

    assert '<option selected value="legal">' in page
    assert '<option selected value="high">' in page
