"""The main road from end to end: declared, proposed, published, found, given back, published again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bureau.accounts.actions.passwords import hash_password
from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.publishing.actions import publish_site
from tests.browser import ical
from tests.browser.conftest import DESKTOP, Live, visited
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_organisation
from tests.factories.rotation import a_demand, a_small_bureau, an_open_round

MONTH = Month.of(utcnow().date()).shifted(1)
PASSWORD = "a bridge over the river"
COORDINATOR, MANAGER = "coordinator@open-gate.example", "manager@golden-river.example"
DESK = "/desk/golden-river"
SECONDS = 8


@pytest.fixture
def golden_river(live: Live) -> None:
    """A bureau that speaks Arabic, a partner with one lawyer, a month being declared, and two people to sign in."""
    with live.app.app_context():
        bureau = a_bureau("golden-river", languages=["en", "ar"])
        a_small_bureau("golden-river")
        partner = an_organisation("open-gate")
        a_partnership(partner, bureau)
        a_worker(partner, "L1", services=["legal"], languages=["ar"])
        a_demand(bureau, "week", minimum=1, target=1, service_id=a_service("legal").id)
        person(name="Lana", email=COORDINATOR, password_hash=hash_password(PASSWORD), coordinates=[partner])
        person(name="Mira", email=MANAGER, password_hash=hash_password(PASSWORD), manages=[bureau])
        an_open_round(bureau, str(MONTH), now=utcnow())


@pytest.fixture
def desk(browser: Browser, live: Live, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The manager's own browser."""
    yield from visited(browser, live, watch, request, DESKTOP)


@pytest.mark.usefixtures("golden_river")
def test_a_month_from_the_first_word_to_the_readers_calendar(live: Live, page: Page, desk: Page, phone: Page) -> None:
    sign_in(page, COORDINATOR)
    declare(page)
    sign_in(desk, MANAGER)
    propose(desk)
    publish(live, desk)
    found = reader_finds(live, phone)
    assert {(event["sequence"], event["status"]) for event in found} == {(0, "CONFIRMED")}

    release(page)
    publish(live, desk)

    again = reader_finds(live, phone)
    assert phone_marks(phone) == 1
    gone = [event for event in again if event["status"] == "CANCELLED"]
    before = {event["uid"]: event for event in found}
    assert len(gone) == 1
    assert len(again) == len(found)
    assert gone[0]["sequence"] > before[gone[0]["uid"]]["sequence"]
    assert gone[0]["starts"] == before[gone[0]["uid"]]["starts"]


def sign_in(page: Page, email: str) -> None:
    """Through the door."""
    page.goto("/desk/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()


def declare(page: Page) -> None:
    """Every Wednesday is preferred, every Friday possible; four sessions are promised."""
    page.get_by_role("link", name="Declare").first.click()
    page.get_by_role("radio", name="Preferred").check()
    page.get_by_role("button", name="Wednesday", exact=True).click()
    page.get_by_role("radio", name="Possible", exact=True).check()
    page.get_by_role("button", name="Friday", exact=True).click()
    page.get_by_label("Sessions you promise").fill("4")
    page.get_by_label("At least").fill("1")
    for limit in ("At most on one day", "At most in one week", "At most at the same time"):
        page.get_by_label(limit).fill("1")
    page.get_by_label("At most in the month").fill("5")
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_role("heading", name="4 sessions promised.")).to_be_visible()
    page.get_by_role("button", name="Send our answer").click()
    expect(page.get_by_role("heading", name="What you have declared")).to_be_visible()


def propose(desk: Page) -> None:
    """On to the next phase, start the solver, watch it, take its plan."""
    desk.goto(f"{DESK}/month/")
    desk.get_by_role("button", name="On to: Proposing").click()
    desk.get_by_role("link", name="Propose a plan").first.click()
    desk.get_by_label("Seconds to think").fill(str(SECONDS))
    desk.get_by_role("button", name="Propose a plan").click()
    take = desk.get_by_role("button", name="Take it onto the board")
    take.wait_for(timeout=120_000)
    take.click()
    expect(desk.locator(".rota .seat:not(.open)").first).to_be_visible()


def publish(live: Live, desk: Page) -> None:
    """The manager publishes; the scheduler's work is done here at once."""
    desk.goto(f"{DESK}/{MONTH}/publish")
    desk.get_by_role("button", name=re.compile("^Publish as number")).click()
    expect(desk.locator(".flash.ok")).to_be_visible()
    with live.app.app_context():
        publish_site(now=utcnow())


def reader_finds(live: Live, phone: Page) -> list[dict[str, object]]:
    """Somebody who reads Arabic opens the month and its feed: the events that a calendar program sees there."""
    address = f"{live.url}/ar/golden-river/{MONTH}/"
    feed = phone.request.get(f"{address}calendar.ics")
    assert feed.ok
    assert feed.headers["content-type"].startswith("text/calendar")
    events = ical.events(phone, feed.text())
    phone.goto(address)
    phone.reload()  # past the browser's own copy, which it may keep for some minutes
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.locator(".session")).to_have_count(len(events))
    return events


def phone_marks(phone: Page) -> int:
    """How many sessions the page marks as cancelled."""
    return phone.locator(".session.gone").count()


def release(page: Page) -> None:
    """The coordinator gives the first session back, with a reason."""
    page.goto(f"{DESK}/organisations/open-gate/my-month/?month={MONTH}")
    page.get_by_role("link", name=re.compile("^Release")).first.click()
    page.get_by_label("Reason").fill("The lawyer is ill")
    page.get_by_role("button", name="Release the session").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
