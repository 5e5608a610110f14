"""The manager closes a month, lets its report be prepared, looks at the very page, and publishes it: in Bulgarian."""

from datetime import UTC, datetime, time

import pytest
from playwright.sync_api import Page, expect

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.reports import queries
from bureau.rotation.actions import publish_programme
from tests.browser.axe import hindrances
from tests.browser.conftest import Live
from tests.browser.people import enter
from tests.factories.accounts import person
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import a_partner, a_session, an_open_round, slots_of, worker_row
from tests.factories.servicelog import a_status, an_entry, logged

MANAGER = "mira@golden-river.example"
PATIENCE = 90_000
"""Milliseconds: other tests may be at work on the same two processors."""


@pytest.fixture
def last_month(live: Live) -> Month:
    """A month that is over with nine consultations, and a public site with one session."""
    with live.app.app_context():
        bureau = a_bureau(languages=["bg", "en"])
        a_room(bureau, "desk-a")
        opening_hours(bureau, weekdays=range(1, 8), blocks=[(time(9), time(12))])
        for tag in ("en", "ar"):
            a_language(tag)
        for code in ("info", "legal"):
            a_service(code)
        a_status("applicant")
        worker = a_worker(a_partner("open-gate", bureau), services=["info"], languages=["en"]).id
        person(name="Mira", email=MANAGER, language="bg", manages=[bureau])
        here = Month.of(local_date(utcnow(), bureau.timezone))
        month = here.shifted(-1)
        then = datetime.combine(month.last, time(9), UTC)
        round_ = an_open_round(get_bureau("golden-river"), str(here), phase="proposing", now=then)
        a_session(round_, worker_row(worker), slots_of(round_)[0], now=then)
        publish_programme("golden-river", str(here), actor="test", now=utcnow())
        logged(*(an_entry(day=month.last, language=tag) for tag in ("en", "ar") for _ in range(9)), now=then)
        return month


def test_a_report_is_prepared_looked_at_and_published(live: Live, page: Page, last_month: Month) -> None:
    enter(live, page, MANAGER)
    page.goto("/desk/golden-river/reports/")
    page.locator(".card.ask a").click()

    page.locator(".todo summary").click()
    page.locator("form[action$='/close'] button").click()
    page.locator("form[action$='/prepare'] button").click()
    expect(page.locator("#progress .meter")).to_be_visible()
    expect(page.locator("form[action$='/publish']")).to_be_visible(timeout=PATIENCE)
    found = hindrances(page)
    page.locator(".chips a[lang=bg]").click()
    expect(page.locator("h1")).to_contain_text("Месечен отчет")
    expect(page.locator("[role=status]")).to_be_visible()
    page.locator(f"a.btn[href$='/{last_month}/']").first.click()
    page.locator("form[action$='/publish'] button").click()

    expect(page.locator(f"a[href='/bg/golden-river/report/{last_month}/']")).to_be_visible()
    assert found == []
    with live.app.app_context():
        assert queries.published_months(get_bureau("golden-river").id) == (str(last_month),)
