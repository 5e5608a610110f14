"""The manager sees what runs by itself."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.outbox import queue
from bureau.scheduling.models import JobRun
from tests.factories.accounts import manager_browser, person, sign_in_as
from tests.factories.organisations import a_bureau

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_page_says_what_to_expect_while_nothing_has_run(client: FlaskClient) -> None:
    browser = manager_browser(client, a_bureau())

    page = browser.get("/desk/golden-river/jobs").text

    assert "Nothing has run yet." in page
    assert "No mail was written yet." in page


@pytest.mark.parametrize("number", [1, 3])
def test_runs_are_shown_with_their_result(client: FlaskClient, session: scoped_session[Session], number: int) -> None:
    browser = manager_browser(client, a_bureau())
    for day in range(number):
        session.add(
            JobRun(
                job="publish", period=f"2026-11-2{day}", state="failed", started_at=NOON, result="OSError: disk full"
            )
        )
    session.commit()

    page = browser.get("/desk/golden-river/jobs").text

    assert (page.count(">publish<"), page.count("OSError: disk full")) == (number, number)


def test_a_waiting_mail_is_shown_without_its_words_or_its_whole_address(
    client: FlaskClient, session: scoped_session[Session]
) -> None:
    browser = manager_browser(client, a_bureau())
    queue(to="lina@example.org", language="en", subject="Invitation", body="https://example.org/secret", now=NOON)
    session.commit()

    page = browser.get("/desk/golden-river/jobs").text

    assert ("li…@example.org" in page, "Invitation" in page, "waiting" in page) == (True, True, True)
    assert ("lina@example.org" in page, "secret" in page) == (False, False)


def test_an_administrator_sees_whole_addresses(client: FlaskClient, session: scoped_session[Session]) -> None:
    a_bureau()
    sign_in_as(client, person(administrator=True))
    queue(to="lina@example.org", language="en", subject="Invitation", body="words", now=NOON)
    session.commit()

    page = client.get("/desk/golden-river/jobs").text

    assert "lina@example.org" in page


def test_the_page_warns_only_where_mail_is_not_set_up(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = manager_browser(client, a_bureau())
    without = browser.get("/desk/golden-river/jobs").text
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")

    with_server = browser.get("/desk/golden-river/jobs").text

    assert ("Mail is not set up" in without, "Mail is not set up" in with_server) == (True, False)
