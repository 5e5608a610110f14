"""The manager's desk of the report: the list of months, the list of what a report needs, preview, publishing, taking back."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.organisations.queries import get_bureau
from bureau.reports import queries
from bureau.reports.actions.preparing import begin_preparation, run_preparation
from bureau.servicelog import actions as servicelog
from tests.factories.accounts import person, sign_in_as
from tests.factories.servicelog import a_logging_bureau, an_entry, logged

BUREAU, MONTH = "golden-river", "2026-10"
DESK = f"/desk/{BUREAU}/reports/{MONTH}/"
THEN = datetime(2026, 10, 9, 10, tzinfo=UTC)
AFTER = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def manager(client: FlaskClient, session: scoped_session[Session]) -> FlaskClient:
    """Golden River's manager, with a month of seven consultations that is over."""
    a_logging_bureau("open-gate", "pomegranate")
    logged(*(an_entry(day=THEN.date(), language="ar" if number < 3 else "en") for number in range(7)), now=THEN)
    sign_in_as(client, person(name="Mira", manages=[get_bureau(BUREAU)]))
    return client


def close() -> None:
    servicelog.close_month(BUREAU, MONTH, actor="test", now=AFTER)


def prepare() -> None:
    number = begin_preparation(BUREAU, MONTH, actor="test", now=AFTER)
    assert run_preparation(number, attempt=1, clock=lambda: AFTER) == "ready"


def seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_the_list_leads_to_the_month_that_waits(manager: FlaskClient) -> None:
    close()

    page = manager.get(f"/desk/{BUREAU}/reports/").text

    assert "Prepare the report" in page
    assert f'href="{DESK}"' in page


def test_the_log_is_closed_here_and_who_has_not_signed_off_is_named(manager: FlaskClient) -> None:
    before = manager.get(DESK).text

    closed = manager.post(f"{DESK}close")
    again = manager.post(f"{DESK}close")

    after = manager.get(DESK).text
    assert "Close the log" in before
    assert "pomegranate" in before
    assert (closed.status_code, again.status_code) == (303, 422)
    assert "The log was closed without the word of:" in after
    assert "The month was closed" in after


def test_a_prepared_report_is_looked_at_and_published_as_it_was_seen(manager: FlaskClient) -> None:
    close()
    prepare()
    page = manager.get(DESK).text

    blind = manager.post(f"{DESK}publish", data={"seen": "something else"})
    done = manager.post(f"{DESK}publish", data={"seen": seen(page)})
    twice = manager.post(f"{DESK}publish", data={"seen": seen(page)})

    assert (blind.status_code, done.status_code, twice.status_code) == (422, 303, 422)
    assert "Look at the report once more" in blind.text
    assert "Publish it now" not in manager.get(DESK).text
    assert queries.published_months(get_bureau(BUREAU).id) == (MONTH,)
