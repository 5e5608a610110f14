"""What the log tells: an organisation its own month, the manager the bureau's in fives; as often asked for much as for little."""

import csv
import re
from io import StringIO

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, an_organisation
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.web.counting import queries_of

TODAY = local_date(utcnow(), "Europe/Sofia")
MONTH = Month.of(TODAY)
DESK = "/desk/golden-river"
OWN = f"{DESK}/log/open-gate/{MONTH}/figures"
WHOLE = f"{DESK}/figures/{MONTH}/"


@pytest.fixture
def client_at_gate(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A worker of open-gate, in whose bureau another organisation counted too."""
    a_logging_bureau("open-gate", "lantern")
    counted(3, bands={"waiting_band": "0-15"}, hour=10)
    counted(2, kind="unmet", service="legal", language="ar")
    logged(*(an_entry(day=TODAY, service="legal") for _ in range(8)), organisation="lantern", now=utcnow())
    sign_in_as(client, person(works_for=[an_organisation("open-gate")]))
    return client


def counted(number: int, **values: object) -> None:
    logged(*(an_entry(**{"day": TODAY, **values}) for _ in range(number)), now=utcnow())


def lines(text: str) -> list[tuple[str, str, str, int]]:
    """Of a file: what of, by what, which, and how many in this month, without sessions."""
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    now = (row for row in rows if row["month"] == str(MONTH) and row["of"] != "session")
    return [(row["of"], row["by"], row["code"], int(row["number"])) for row in now]


def test_an_organisation_reads_its_own_month_exactly_and_nothing_of_others(client_at_gate: FlaskClient) -> None:
    page = client_at_gate.get(OWN).text
    file = client_at_gate.get(f"{OWN}.csv").text

    assert "Numbers of people are told in fives" not in page
    assert "What was asked for in vain" in page
    assert lines(file) == [
        ("consultation", "service", "info", 3), ("consultation", "language", "en", 3), ("consultation", "hour", "10", 3),
        ("consultation", "waiting", "0-15", 3), ("unmet", "service", "legal", 2), ("unmet", "language", "ar", 2),
    ]  # fmt: skip


def test_whoever_is_told_of_the_whole_bureau_is_told_in_fives(client_at_gate: FlaskClient) -> None:
    sign_in_as(client_at_gate, person(manages=[a_bureau()]))

    page = client_at_gate.get(WHOLE).text
    told = lines(client_at_gate.get(f"{WHOLE}figures.csv").text)

    assert "Numbers of people are told in fives" in page
    assert [number for *_, number in told if number % 5] == []
    assert ("consultation", "organisation", "lantern", 10) in told
    assert re.findall(r"<b><bdi class=\"num\">(\d+)</bdi></b>", page) == [str(number) for *_, number in told]


def test_nobody_else_reads_an_organisations_figures(client_at_gate: FlaskClient) -> None:
    sign_in_as(client_at_gate, person(works_for=[an_organisation("lantern")]))

    assert client_at_gate.get(OWN).status_code == 403
    assert client_at_gate.get(WHOLE).status_code == 403


@pytest.mark.parametrize("address", [OWN, WHOLE, f"{DESK}/figures/demand"])
def test_the_pages_ask_as_often_for_many_entries_as_for_few(client_at_gate: FlaskClient, address: str) -> None:
    if address != OWN:
        sign_in_as(client_at_gate, person(manages=[a_bureau()]))
    counted(1, day=MONTH.shifted(-1).first)
    with queries_of(".*") as few:
        client_at_gate.get(address)
    for service in ("info", "legal"):
        for language in ("en", "ar"):
            counted(6, service=service, language=language, hour=11, bands={"waiting_band": "60+"})
            logged(*(an_entry(day=MONTH.shifted(-2).first, service=service) for _ in range(6)), now=utcnow())
    with queries_of(".*") as many:
        answer = client_at_gate.get(address)

    assert (answer.status_code, len(many)) == (200, len(few))
