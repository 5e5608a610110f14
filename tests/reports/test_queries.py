"""The pages of the report's desk ask the same of the database however many months, organisations and numbers there are."""

from datetime import UTC, datetime, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.reports.actions import begin_series
from bureau.reports.actions.indicators import add_indicator
from bureau.reports.queries import get_series
from bureau.servicelog import actions as servicelog
from tests.factories.accounts import person, sign_in_as
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_bureau, a_partnership, an_organisation
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.reports.standing import LAST, a_prepared_report, a_published_report
from tests.web.counting import queries_of

BUREAU = "golden-river"
NEW, OLD = Month.parse(LAST), Month.parse(LAST).shifted(-1)
THEN = datetime.combine(NEW.last, time(10), UTC)
MOST = 60
"""So many statements a page makes at most: counting the true numbers anew takes half of them."""
PAGES = (
    "", f"{NEW}/", f"{OLD}/", f"{NEW}/words", f"{OLD}/words", f"{NEW}/noted", f"{OLD}/noted", f"{NEW}/protection", f"{NEW}/compare",
    f"{OLD}/withdraw", "indicators", "indicators/new", "settings", f"settings/{NEW.year}", "tables",
    "tables?rows=SERVICE&columns=LANGUAGE",
)  # fmt: skip


@pytest.fixture
def manager(app: Flask, session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A manager whose bureau has one published report and one that is prepared."""
    a_logging_bureau("open-gate", "lantern")
    sign_in_as(client, person(name="Mira", manages=[get_bureau(BUREAU)]))
    begin_series(BUREAU, str(OLD), actor="test", now=THEN)
    logged(*(an_entry(day=NEW.first) for _ in range(5)), now=THEN)
    grow(app, OLD, 1)
    servicelog.close_month(BUREAU, str(NEW), actor="test", now=THEN)
    a_prepared_report(app)
    return client


def grow(app: Flask, month: Month, number: int) -> None:
    """One published month more, one donor's number, one partner with a service and an entry of its own."""
    series = get_series(get_bureau(BUREAU).id)
    assert series is not None
    series.since = str(month)
    servicelog.close_month(BUREAU, str(month), actor="test", now=THEN)
    a_published_report(app, str(month), bureau=a_bureau())
    columns = {"code": f"O.{number}", "donor": "AMIF", "at": {"measure": "consultations"}}
    name = LocalisedText({"en": f"Number {number}"})
    add_indicator(BUREAU, {**columns, "name": name}, actor="test", now=THEN)
    a_partnership(an_organisation(f"partner-{number}"), a_bureau())
    a_service(f"service-{number}")


def test_pages_ask_as_often_for_many_as_for_few(app: Flask, manager: FlaskClient) -> None:
    few = {page: asked(manager, page) for page in PAGES}
    for number in (2, 3, 4):
        grow(app, OLD.shifted(1 - number), number)

    many = {page: asked(manager, page) for page in PAGES}

    assert many == few
    assert max(few.values()) <= MOST


def asked(client: FlaskClient, page: str) -> int:
    with queries_of(".*") as found:
        answer = client.get(f"/desk/{BUREAU}/reports/{page}")
    assert answer.status_code == 200, page
    return len(found)
