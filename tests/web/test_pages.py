"""What every page shares: headers, errors in words, the reader's language."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.app import create_app
from bureau.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from bureau.web.errors import refused
from bureau.web.languages import LANGUAGES
from bureau.web.wording import word
from tests.factories.accounts import person, sign_in_as
from tests.installation import settings

PAGES = ["/desk/sign-in", "/desk/", "/desk/no/such/page", "/desk/password/no-such-token", "/static/css/bureau.css"]


@pytest.fixture
def refusal_app(app: Flask) -> Iterator[Flask]:
    """The application, asked for a page."""
    with app.test_request_context("/desk/"):
        yield app


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_safe_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers

    policy = headers["Content-Security-Policy"]
    assert ("unsafe" in policy, "default-src 'none'" in policy, "frame-ancestors 'none'" in policy) == (
        False,
        True,
        True,
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


@pytest.mark.parametrize("path", PAGES[:-1])
def test_staff_pages_are_kept_by_no_cache(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_asks_nobody_else_for_anything(client: FlaskClient) -> None:
    page = client.get("/desk/sign-in").text

    assert [word for word in ("http://", "https://", "//cdn") if word in page] == []


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFound(), 404), (Forbidden(), 403), (Invalid(reason="month", value="x"), 400), (Stale(), 409)],
)
def test_a_refusal_is_a_page_with_its_status(refusal_app: Flask, error: Refused, status: int) -> None:
    page, answered = refused(error)

    assert (answered, word(error) in page) == (status, True)


def test_a_wrong_method_is_a_page_too(client: FlaskClient) -> None:
    answer = client.get("/desk/sign-out")

    assert (answer.status_code, "This request cannot be answered." in answer.text) == (405, True)


def test_a_form_of_another_site_is_refused_in_words(session: scoped_session[Session], app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post("/desk/sign-in", data={"email": "lina@example.org", "password": "x"})
    app.config["WTF_CSRF_ENABLED"] = False

    assert (answer.status_code, "This page was open for too long." in answer.text) == (400, True)


FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
WORDS = {"story-en": "A long story that took an hour.", "password": "lanterns on the river", "code": "short"}


@pytest.mark.parametrize(("headers", "shown"), [(FROM_OUR_PAGE, True), ({"Sec-Fetch-Site": "cross-site"}, False)])
def test_who_is_signed_out_while_writing_is_given_back_the_words_and_nobody_elses(
    session: scoped_session[Session], client: FlaskClient, headers: dict[str, str], shown: bool
) -> None:
    answer = client.post("/desk/golden-river/reports/2026-10/words", data=WORDS, headers=headers)

    assert answer.status_code == (401 if shown else 303)
    assert ("A long story that took an hour.</textarea>" in answer.text) is shown
    assert "lanterns" not in answer.text


def test_a_form_whose_page_is_too_old_gives_back_the_words(session: scoped_session[Session], app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post("/desk/golden-river/place/", data=WORDS, headers=FROM_OUR_PAGE)
    app.config["WTF_CSRF_ENABLED"] = False

    assert (answer.status_code, "A long story that took an hour.</textarea>" in answer.text) == (400, True)


def test_a_mishap_of_ours_is_told_without_its_trace(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mishap")
    app = create_app(settings(folder, f"sqlite:///{folder / 'no-tables.db'}") | {"TESTING": False})
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "a token, and no table to look it up in"

    answer = browser.get("/desk/")

    assert (answer.status_code, "Traceback" in answer.text, "sqlite" in answer.text.lower()) == (500, False, False)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_error_is_a_page_in_the_readers_language(client: FlaskClient, tag: str) -> None:
    answer = client.get("/desk/no/such/page", headers={"Accept-Language": tag})

    assert answer.status_code == 404
    assert f'<html lang="{tag}" dir="{LANGUAGES[tag].direction}">' in answer.text


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("fr", "fr"),
        ("de, uk;q=0.7, en;q=0.3", "uk"),
        ("de", "en"),
        ("", "en"),
        ("ar-SY,ar;q=0.9", "ar"),
        ("nonsense;;q", "en"),
    ],
)
def test_the_browsers_language_is_taken_where_none_was_chosen(client: FlaskClient, accepted: str, tag: str) -> None:
    page = client.get("/desk/sign-in", headers={"Accept-Language": accepted}).text

    assert f'<html lang="{tag}"' in page


def test_a_chosen_language_wins_over_the_browsers(client: FlaskClient) -> None:
    page = client.get("/desk/sign-in?lang=ru", headers={"Accept-Language": "fr"}).text

    assert '<html lang="ru"' in page


def test_a_language_that_we_do_not_speak_is_ignored(client: FlaskClient) -> None:
    page = client.get("/desk/sign-in?lang=tlh", headers={"Accept-Language": "fr"}).text

    assert '<html lang="fr"' in page


def test_a_signed_in_persons_own_language_wins_over_all(client: FlaskClient) -> None:
    sign_in_as(client, person(language="bg"))

    page = client.get("/desk/account?lang=ru", headers={"Accept-Language": "fr"}).text

    assert '<html lang="bg"' in page
