"""A slip in a real browser: given in Bulgarian, read in Persian, and marked at another organisation's desk on a phone."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.rotation.actions import publish_programme
from bureau.servicelog.models import Referral
from bureau.web.languages import LANGUAGES
from tests.browser.axe import hindrances
from tests.browser.conftest import Live
from tests.browser.people import enter
from tests.factories.accounts import person
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_worker
from tests.factories.rotation import a_partner, a_session, a_small_bureau, an_open_round, to_phase, worker_row
from tests.factories.servicelog import rows

GIVES, RECEIVES = "vera@open-gate.example", "sam@lantern.example"


@pytest.fixture
def published(live: Live) -> None:
    """A partner that gives legal advice in Persian next month, as published, and another that sends there."""
    with live.app.app_context():
        bureau = a_bureau(languages=list(LANGUAGES))
        a_small_bureau()
        for tag in ("bg", "fa"):
            a_language(tag, own_name=LANGUAGES[tag].own_name)
        a_service("legal")
        gate, lantern = a_partner("open-gate", bureau), a_partner("lantern", bureau)
        worker = a_worker(lantern, "L1", services=["legal"], languages=["fa"]).id
        person(email=GIVES, language="bg", works_for=[gate])
        person(email=RECEIVES, language="en", works_for=[lantern])
        month = str(Month.of(utcnow().date()).shifted(1))
        round_ = an_open_round(bureau, month, now=utcnow())
        to_phase(round_, "reviewing")
        a_session(round_, worker_row(worker), now=utcnow())
        publish_programme("golden-river", month, actor="test", now=utcnow())


def test_a_slip_is_given_in_bulgarian_read_in_persian_and_marked_on_a_phone(
    live: Live, page: Page, phone: Page, published: None
) -> None:
    enter(live, page, GIVES)
    page.goto("/desk/golden-river/referrals/open-gate/new?language=fa")
    page.get_by_role("link", name="legal").click()
    hindered = hindrances(page)
    page.locator("button[name=to][value*=' ']").first.click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    code = page.locator(".slip-code bdi").inner_text()
    beside = page.evaluate(
        "(([a, b]) => a.left < b.left)(['.slip-qr', '.slip-code'].map(one => document.querySelector(one).getBoundingClientRect()))"
    )
    assert beside  # from right to left, the picture stands on the left

    hindered += hindrances(page)

    enter(live, phone, RECEIVES)
    phone.goto("/desk/golden-river/referrals/")
    hindered += hindrances(phone)
    phone.fill("#code", code.lower().replace(" ", "-"))
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="The person has arrived").click()
    hindered += hindrances(phone)
    phone.get_by_role("button", name="Count the consultation").click()

    expect(phone.locator("#just")).to_contain_text("legal")
    assert hindered == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    with live.app.app_context():
        assert [row.state for row in db.session.scalars(select(Referral))] == ["arrived"]
        assert [(row.language_tag, row.number) for row in rows()] == [("fa", 1)]
