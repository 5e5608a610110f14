"""Tables of insiders: an organisation its own log exactly, the manager the bureau's in fives, nobody anybody else's."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from openpyxl import load_workbook
from sqlalchemy.orm import scoped_session

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.reports.actions import begin_series
from bureau.reports.domain.plan import default_plan
from bureau.reports.domain.release import Sheet
from bureau.reports.domain.tabulating import Record
from bureau.reports.models import MonthReport
from bureau.reports.queries.figures import dimensions_of, records_of
from bureau.servicelog.actions import close_month
from tests.factories.accounts import coordinator_browser, manager_browser, person, sign_in_as, worker_browser
from tests.factories.organisations import a_bureau, an_organisation
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.reports.own_tables import release_of

LAST = Month.of(local_date(utcnow(), "Europe/Sofia")).shifted(-1)
DAY = LAST.first.replace(day=9)
PAGE = "/desk/golden-river/reports/tables"
BY_TWO = {"rows": "SERVICE", "columns": "LANGUAGE", "first": str(LAST), "last": str(LAST)}


@pytest.fixture
def ours(session: scoped_session[Session], client: FlaskClient) -> FlaskClient:
    """A bureau whose last month is closed: open-gate has counted seven, lantern three."""
    a_logging_bureau("open-gate", "lantern")
    logged(*(an_entry(day=DAY, language="ar") for _ in range(4)), *(an_entry(day=DAY) for _ in range(3)))
    logged(*(an_entry(day=DAY, service="legal") for _ in range(3)), organisation="lantern")
    begin_series("golden-river", str(LAST), actor="test", now=utcnow())
    close_month("golden-river", str(LAST), actor="test", now=utcnow())
    return client


def publish_in_fives(month: Month = LAST, method: str = "rounding") -> None:
    """The month's report, in which every kind of entry counts the nearest five: so it could have been rounded."""
    place, codes = a_bureau(), dimensions_of(a_bureau().id, month.year, ["en"])
    log = records_of(place.id, [month], now=utcnow())
    tables = default_plan(month.year, "rounding").tables_of(str(month), str(month))
    sheet = Sheet(id=str(month), order=1, tables=tables, dimensions=codes, counts={})
    release = release_of(sheet, [Record(one.at, (one.number + 2) // 5 * 5) for one in log])
    db.session.add(
        MonthReport(
            bureau_id=place.id, month=str(month), state="published", published_at=utcnow(), release={**release.to_json(), "method": method},
        )
    )  # fmt: skip
    db.session.commit()


def shown(page: str) -> list[int]:
    """Every number of the table."""
    (body,) = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return [int(one) for one in re.findall(r'<bdi class="num">(\d+)</bdi>', body)]


def rows(file: str) -> list[list[str]]:
    return list(csv.reader(StringIO(file.removeprefix("\ufeff"))))


def test_an_organisation_asks_its_own_log_and_reads_it_exactly(ours: FlaskClient) -> None:
    browser = coordinator_browser(ours, an_organisation("open-gate"))

    page = browser.get(PAGE, query_string=BY_TWO).text
    file = rows(browser.get(f"{PAGE}/file.csv", query_string=BY_TWO).text)

    assert "Not for publication" in page
    assert shown(page) == [3, 4, 7, 3, 4, 7]
    assert file[0] == ["Not for publication"]
    assert [line[1:] for line in file[4:]] == [["3", "4", "7"], ["3", "4", "7"]]


def test_no_organisation_asks_the_log_of_another_nor_the_whole_bureaus(ours: FlaskClient) -> None:
    browser = worker_browser(ours, an_organisation("open-gate"))

    for whose in ("lantern", "", "nobody"):
        asked = {**BY_TWO, "organisation": whose}
        assert browser.get(PAGE, query_string=asked).status_code == 404
        assert browser.get(f"{PAGE}/file.csv", query_string=asked).status_code == 404
    assert "lantern" not in browser.get(PAGE).text


def test_the_manager_reads_the_whole_bureau_in_fives_and_no_organisations_own(ours: FlaskClient) -> None:
    publish_in_fives()
    browser = manager_browser(ours, a_bureau())
    by_organisation = {**BY_TWO, "rows": "ORGANISATION"}

    pages = [browser.get(PAGE, query_string=asked).text for asked in (BY_TWO, by_organisation)]
    file = rows(browser.get(f"{PAGE}/file.csv", query_string=by_organisation).text)

    assert [number % 5 for page in pages for number in shown(page)] == [0] * sum(len(shown(page)) for page in pages)
    assert {shown(page)[-1] for page in pages} == {15}
    assert all(int(number) % 5 == 0 for line in file[4:] for number in line[1:])
    assert browser.get(PAGE, query_string={**BY_TWO, "organisation": "open-gate"}).status_code == 404


def test_a_manager_who_also_works_for_an_organisation_reads_that_one_exactly(ours: FlaskClient) -> None:
    someone = person(manages=[a_bureau()], works_for=[an_organisation("lantern")])
    sign_in_as(ours, someone)

    exact = ours.get(PAGE, query_string={**BY_TWO, "organisation": "lantern"}).text

    assert shown(exact)[-1] == 3
    assert ours.get(PAGE, query_string={**BY_TWO, "organisation": "open-gate"}).status_code == 404


def test_of_the_whole_bureau_only_months_whose_rounded_report_is_public_are_told(ours: FlaskClient) -> None:
    today = local_date(utcnow(), "Europe/Sofia")
    logged(*(an_entry(day=today) for _ in range(20)), now=utcnow())
    browser = manager_browser(ours, a_bureau())

    before = browser.get(PAGE, query_string=BY_TWO).text
    publish_in_fives()
    after = browser.get(PAGE, query_string={**BY_TWO, "last": str(Month.of(today))}).text

    assert "whose report is published with numbers rounded to fives" in before
    assert shown(after)[-1] == 15
    assert f'value="{Month.of(today)}"' not in after


def test_where_the_report_hides_numbers_no_others_are_told_of_the_whole_bureau(ours: FlaskClient) -> None:
    publish_in_fives(method="suppression")
    browser = manager_browser(ours, a_bureau())

    page = browser.get(PAGE, query_string=BY_TWO).text

    assert "whose report is published with numbers rounded to fives" in page
    assert browser.get(f"{PAGE}/file.csv", query_string=BY_TWO).status_code == 404


def test_files_are_marked_in_their_names_and_on_every_page_and_hold_real_numbers(ours: FlaskClient) -> None:
    browser = coordinator_browser(ours, an_organisation("open-gate"), language="ar")

    answer = browser.get(f"{PAGE}/file.xlsx", query_string=BY_TWO)
    page = load_workbook(BytesIO(answer.data)).worksheets[0]

    assert "NOT-FOR-PUBLICATION-golden-river-open-gate" in answer.headers["Content-Disposition"]
    assert page["A1"].value == page.oddHeader.center.text == page.oddFooter.center.text
    assert (page.freeze_panes, page.sheet_view.rightToLeft) == ("B5", True)
    assert [cell.value for cell in page[page.max_row]][1:] == [3, 4, 7]


def test_what_cannot_be_told_apart_so_is_said_on_the_page(ours: FlaskClient) -> None:
    browser = coordinator_browser(ours, an_organisation("open-gate"))

    answer = browser.get(PAGE, query_string={**BY_TWO, "measure": "sessions-held"})

    assert answer.status_code == 422
    assert "This cannot be told apart so." in answer.text


def test_before_the_bureau_reports_the_manager_is_led_to_choose_how(
    session: scoped_session[Session], client: FlaskClient
) -> None:
    a_logging_bureau()

    page = manager_browser(client, a_bureau()).get(PAGE).text

    assert "Choose first how you report" in page
