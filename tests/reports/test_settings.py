"""How a bureau reports: chosen before the first report, the same for a year after it."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.errors import Invalid, Stale
from bureau.reports import actions, queries
from bureau.reports.actions.settings import choose_tables, report_so
from bureau.reports.domain.planning import PlanFixed, SinceFixed
from bureau.reports.domain.series import SeriesBegun
from bureau.reports.models import ReportPlan, ReportSeries
from bureau.reports.queries.settings import planned
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau
from tests.reports.standing import LAST, a_published_report

NOW = utcnow()
YEAR = local_date(NOW, "Europe/Sofia").year
THIS_YEAR = f"{YEAR}-01"
SETTINGS = "/desk/golden-river/reports/settings"
BY = {"actor": "1", "now": NOW}


@pytest.fixture
def desk(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A manager's browser."""
    return manager_browser(client, a_bureau())


def series() -> ReportSeries:
    found = queries.get_series(a_bureau().id)
    assert found is not None
    return found


def chosen(year: int = YEAR) -> frozenset[str]:
    return planned(series(), year).chosen


def keep(*tables: str, year: int = YEAR) -> None:
    choose_tables("golden-river", year, tables, version=planned(series(), year).version, **BY)


def test_a_bureau_begins_to_report_in_a_way_and_from_a_month_that_it_chooses(desk: FlaskClient) -> None:
    before = desk.get(SETTINGS).text
    done = desk.post(SETTINGS, data={"method": "suppression", "since": LAST, "version": "0"})

    assert "Tables of the year" not in before
    assert done.status_code == 303
    assert (series().method, series().since, len(series().secret)) == ("suppression", LAST, 32)
    assert "Tables of the year" in desk.get(SETTINGS).text


def test_before_the_first_report_everything_can_be_changed_and_the_secret_stays(desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", LAST, version=0, **BY)
    secret = series().secret

    report_so("golden-river", "suppression", THIS_YEAR, version=series().version, **BY)

    assert (series().method, series().since, series().secret) == ("suppression", THIS_YEAR, secret)
    with pytest.raises(Stale):
        report_so("golden-river", "rounding", LAST, version=0, **BY)
    with pytest.raises(Invalid):
        report_so("golden-river", "rounding", "2999-01", version=series().version, **BY)


def test_after_the_first_report_of_a_year_way_and_beginning_stay_and_the_page_says_until_when(
    app: Flask, desk: FlaskClient
) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)
    a_published_report(app, THIS_YEAR)

    page = desk.get(SETTINGS).text

    with pytest.raises(SeriesBegun):
        report_so("golden-river", "suppression", THIS_YEAR, version=series().version, **BY)
    with pytest.raises(SinceFixed):
        report_so("golden-river", "rounding", LAST, version=series().version, **BY)
    assert f"From 1 January {YEAR + 1} you can choose the other one." in page
    assert len(re.findall(r'<input[^>]* disabled [^>]*type="radio"', page)) == 2
    next_year = {"actor": "1", "now": datetime(YEAR + 1, 1, 4, 9, tzinfo=UTC)}
    actions.choose_method("golden-river", "suppression", **next_year)
    assert series().method == "suppression"


def test_tables_are_left_out_before_the_first_report_of_the_year(desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)
    address = f"{SETTINGS}/{YEAR}"
    usual = sorted(chosen())

    page = desk.get(address).text
    done = desk.post(address, data={"tables": usual[1:], "version": "0"})

    assert all(f'value="{one}"' in page for one in usual)
    assert "Consultations\u00a0· Organisation × Service" in page
    assert done.status_code == 303
    assert sorted(chosen()) == usual[1:]
    assert [one.id for one in queries.plan_of(series(), YEAR).tables if one.id == usual[0]] == []
    assert sorted(chosen(YEAR + 1)) == usual


def test_with_the_first_report_the_tables_of_the_year_are_fixed_and_only_read(app: Flask, desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)
    keep("consultations-language-status")
    a_published_report(app, THIS_YEAR)

    page = desk.get(f"{SETTINGS}/{YEAR}").text

    assert f"Fixed with the first report of {YEAR}" in page
    assert "checkbox" not in page
    with pytest.raises(PlanFixed):
        keep("consultations-service-language")
    assert chosen() == {"consultations-language-status"}


def test_some_table_must_be_left_and_two_who_choose_at_once_are_told(desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)
    with pytest.raises(Invalid):
        keep()
    keep("consultations-outcome")

    answer = desk.post(f"{SETTINGS}/{YEAR}", data={"tables": ["consultations-sex"], "version": "0"})

    assert answer.status_code == 422
    assert chosen() == {"consultations-outcome"}


def test_another_way_of_protecting_has_other_tables_so_that_they_are_chosen_anew(desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)
    keep("consultations-outcome")

    report_so("golden-river", "suppression", THIS_YEAR, version=series().version, **BY)

    assert db.session.get(ReportPlan, (a_bureau().id, YEAR)) is None
    assert queries.plan_of(series(), YEAR).method == "suppression"


def test_years_that_are_not_there_are_not_found(desk: FlaskClient) -> None:
    report_so("golden-river", "rounding", THIS_YEAR, version=0, **BY)

    assert [desk.get(f"{SETTINGS}/{year}").status_code for year in (YEAR - 1, YEAR, YEAR + 1, YEAR + 2)] == [
        404,
        200,
        200,
        404,
    ]
