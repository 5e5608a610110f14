"""The manager's desk of the report: the list of months, the list of what a report needs, preview, publishing, taking back."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel import clock
from bureau.organisations.queries import get_bureau
from bureau.reports import queries
from bureau.reports.actions.preparing import begin_preparation, run_preparation
from bureau.servicelog import actions as servicelog
from tests.factories.accounts import person, sign_in_as
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.web.counting import queries_of

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


def test_residents_pages_are_looked_at_before_they_are_public_by_staff_alone(manager: FlaskClient) -> None:
    close()
    waiting = manager.get(f"{DESK}preview/en/report/{MONTH}/")
    prepare()
    place = get_bureau(BUREAU)
    bare = manager.get(f"{DESK}preview/en/report/{MONTH}/")

    leads = manager.get(f"{DESK}preview/en/")
    away = manager.get(f"{DESK}preview/en/need/legal/")

    assert (waiting.status_code, bare.status_code) == (303, 303)  # nothing is prepared; there is no site to stand in
    assert leads.location.endswith(f"/preview/en/report/{MONTH}/")
    assert away.location == f"/en/{BUREAU}/need/legal/"
    assert place.code == BUREAU


def test_what_is_protected_is_told_without_the_truth(manager: FlaskClient) -> None:
    close()
    prepare()

    page = manager.get(f"{DESK}protection").text
    numbers = {int(one) for one in re.findall(r'<td class="num"><data class="num" value="(\d+)"', page)}

    assert "shown as a band" in page
    assert numbers
    assert not any(number % 5 for number in numbers)


def test_a_moment_is_chosen_taken_back_and_what_was_typed_stays_where_it_is_refused(manager: FlaskClient) -> None:
    close()
    prepare()

    wrong = manager.post(f"{DESK}schedule", data={"at": "2020-01-01T10:00"})
    chosen = manager.post(f"{DESK}schedule", data={"at": "2990-01-01T10:00"})
    waits = manager.get(f"/desk/{BUREAU}/reports/").text
    manager.post(f"{DESK}unschedule")

    assert (wrong.status_code, chosen.status_code) == (422, 303)
    assert 'value="2020-01-01T10:00"' in wrong.text
    assert "Waits for its moment" in waits
    assert "Waits for its moment" not in manager.get(f"/desk/{BUREAU}/reports/").text


def test_a_report_is_taken_back_once_and_with_words(manager: FlaskClient) -> None:
    close()
    prepare()
    early = manager.get(f"{DESK}withdraw")
    manager.post(f"{DESK}publish", data={"seen": seen(manager.get(DESK).text)})
    form = manager.get(f"{DESK}withdraw").text
    version = form.partition('name="version" value="')[2].partition('"')[0]

    silent = manager.post(f"{DESK}withdraw", data={"version": version})
    stale = manager.post(f"{DESK}withdraw", data={"version": "99", "note-en": "Counted twice."})
    done = manager.post(f"{DESK}withdraw", data={"version": version, "note-en": "Counted twice."})
    again = manager.post(f"{DESK}withdraw", data={"version": version, "note-en": "Counted twice."})

    page = manager.get(DESK).text
    assert [one.status_code for one in (early, silent, stale, done, again)] == [404, 422, 422, 303, 303]
    assert "Counted twice." in stale.text
    assert "Counted twice." in page
    assert "Withdraw the report" not in page


def test_progress_is_a_part_of_the_page_that_asks_for_the_whole_when_it_is_done(manager: FlaskClient) -> None:
    close()
    number = begin_preparation(BUREAU, MONTH, actor="test", now=clock.utcnow())
    part = manager.get(DESK, headers={"HX-Request": "true"})
    plain = manager.get(DESK).text
    run_preparation(number, attempt=1, clock=lambda: AFTER)

    done = manager.get(DESK, headers={"HX-Request": "true"})

    assert "<html" not in part.text
    assert 'hx-trigger="every 1s"' in part.text
    assert "See how far it is" in plain
    assert done.headers["HX-Refresh"] == "true"


def test_the_list_asks_the_same_of_the_database_however_many_months_there_are(manager: FlaskClient) -> None:
    tables = ("month_report", "report_preparation", "report_series", "month_sign_off", "log_close")
    with queries_of(*tables) as one_month:
        manager.get(f"/desk/{BUREAU}/reports/")
    for month in ("2026-07", "2026-08", "2026-09"):
        servicelog.close_month(BUREAU, month, actor="test", now=AFTER)

    with queries_of(*tables) as many:
        manager.get(f"/desk/{BUREAU}/reports/")

    assert len(many) == len(one_month) <= 6


def test_what_cannot_be_is_refused(manager: FlaskClient) -> None:
    close()
    prepare()
    refused = [
        manager.get(f"/desk/{BUREAU}/reports/2990-01/"),
        manager.get(f"{DESK}preview/tlh/report/{MONTH}/"),
        manager.post(f"{DESK}schedule", data={"at": "0001-01-01T00:00"}),
        manager.post(f"/desk/{BUREAU}/reports/2026-11/prepare"),
    ]
    itself = manager.post(f"/desk/{BUREAU}/reports/by-itself", data={"itself": "yes"})

    series = queries.get_series(get_bureau(BUREAU).id)
    assert [one.status_code for one in refused] == [404, 404, 422, 422]
    assert itself.status_code == 303
    assert series is not None
    assert series.publishes_itself
