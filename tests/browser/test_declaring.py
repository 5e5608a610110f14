"""A month declared with the keyboard alone, kept as it is painted, in two tabs at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from bureau.accounts.actions.passwords import hash_password
from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from tests.browser.conftest import Live
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_organisation
from tests.factories.rotation import a_small_bureau, an_open_round

MONTH = Month.of(utcnow().date()).shifted(1)
PASSWORD, EMAIL = "a bridge over the river", "coordinator@open-gate.example"
ADDRESS = f"/desk/golden-river/{MONTH}/offers/open-gate/"
MANY = 80
"""So often the Tab key is pressed at most: nothing on the page may lie further away."""


@pytest.fixture
def golden_river(live: Live) -> None:
    """A partner with one worker, and a month being declared."""
    with live.app.app_context():
        bureau = a_bureau("golden-river", languages=["en"])
        a_small_bureau("golden-river")
        partner = an_organisation("open-gate")
        a_partnership(partner, bureau)
        a_worker(partner, "L1")
        person(name="Lana", email=EMAIL, password_hash=hash_password(PASSWORD), coordinates=[partner])
        an_open_round(bureau, str(MONTH), now=utcnow())


@pytest.mark.usefixtures("golden_river")
def test_a_month_is_declared_by_keyboard_in_two_tabs_that_see_each_other(live: Live, page: Page, watch: Watch) -> None:
    sign_in(page)
    page.goto(ADDRESS)
    other = page.context.new_page()
    watch.follow(other, live.url)
    other.goto(ADDRESS)
    page.bring_to_front()

    tab_to(page, "input[name=brush]")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".cal button.slot")
    for key in ("1", "ArrowDown", "2"):
        page.keyboard.press(key)
    expect(page.locator("#saved")).to_contain_text("Saved")
    other.bring_to_front()
    other.locator(".cal button.slot").nth(9).click()

    expect(other.locator("#saved")).to_contain_text(re.compile("Somebody else|Saved"))
    expect(other.locator(".cal button.slot").first).to_have_class("slot love")
    expect(other.locator(".cal button.slot").nth(9)).to_have_class("slot love")
    page.bring_to_front()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    expect(page.locator(".cal button.slot").nth(9)).to_have_class("slot love")
    expect(page.get_by_role("gridcell").locator("button:focus")).to_have_accessible_name(re.compile(": Rather not$"))
    tab_to(page, "#promised")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    tab_to(page, ".send-bar button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 sessions promised.")).to_be_visible()
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you have declared")).to_be_visible()
    expect(page.get_by_role("button", name="Monday", exact=True)).to_be_visible()


def sign_in(page: Page) -> None:
    """Through the door."""
    page.goto("/desk/sign-in")
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()


def tab_to(page: Page, what: str) -> None:
    """With the Tab key to the next thing of that kind."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{what} cannot be reached with the keyboard")
