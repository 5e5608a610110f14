"""A whole month by three coordinators and those who manage, each in Bulgarian or Arabic, at a desk or on a phone."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Row, select

from bureau.exchange.jobs import COVER
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.publishing.actions import publish_site
from bureau.rotation.models import LIVE, PlannedSession, Slot
from tests.browser import ical
from tests.browser.conftest import DESKTOP, PHONE, Live, visited
from tests.browser.people import enter
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.organisations import a_bureau, a_partnership, a_worker, an_organisation
from tests.factories.rotation import a_demand, a_small_bureau

MONTH = Month.of(utcnow().date()).shifted(1)
MONDAY, TUESDAY, WEDNESDAY = 1, 2, 3
CAN = {"north": (MONDAY, TUESDAY), "east": (TUESDAY, WEDNESDAY), "south": (WEDNESDAY, MONDAY)}
"""The weekday that each prefers, and one that it could do: no two can simply swap, but the three can in a ring."""
PEOPLE = {
    "manager": ("bg", DESKTOP),
    "deputy": ("ar", PHONE),
    "north": ("ar", PHONE),
    "east": ("bg", PHONE),
    "south": ("ar", DESKTOP),
}
"""What each reads in, on what. The manager plans, the deputy sees the month through its review and publishes it."""
DESK = "/desk/golden-river"
SECONDS = 5


@dataclass(frozen=True)
class Together:
    """The browsers of everybody, and where they work."""

    live: Live
    pages: dict[str, Page]

    def open(self, who: str, address: str) -> Page:
        """Somebody's browser on a page below the bureau's desk."""
        page = self.pages[who]
        page.goto(f"{DESK}/{address}")
        return page


@pytest.fixture
def everybody(request: pytest.FixtureRequest, browser: Browser, live: Live, watch: Watch) -> Iterator[Together]:
    """Three partners with a lawyer each, and two who manage the bureau, signed in before their first month."""
    with live.app.app_context():
        bureau = a_bureau("golden-river", languages=["bg", "ar"])
        a_small_bureau("golden-river")
        a_demand(bureau, "day", minimum=1, target=1)
        emails = {}
        for who, (language, _) in PEOPLE.items():
            role = {"manages": [bureau]}
            if who in CAN:
                partner = an_organisation(who)
                a_partnership(partner, bureau)
                a_worker(partner, "L1", services=["legal"], languages=["bg"])
                role = {"coordinates": [partner]}
            emails[who] = person(language=language, **role).email
    with ExitStack() as stack:
        opened = contextmanager(visited)
        pages = {who: stack.enter_context(opened(browser, live, watch, request, PEOPLE[who][1])) for who in emails}
        for who, email in emails.items():
            enter(live, pages[who], email)
        yield Together(live=live, pages=pages)


def test_a_month_from_opening_to_publication_and_what_happens_after(everybody: Together) -> None:
    month_is_opened(everybody)
    for code in CAN:
        declares(everybody, code)
    moves_on(everybody, "manager", "proposing")
    plan_is_taken(everybody)

    before = where_everybody_is(everybody)
    ring_of_three(everybody)
    after = where_everybody_is(everybody)
    first, second = CAN["north"]
    assert after["north", first] == before["north", first] - 1
    assert after["north", second] == before["north", second] + 1
    assert after.total() == before.total()

    moves_on(everybody, "deputy", "reviewing")
    answers(everybody, "north", "accepted")
    answers(everybody, "east", "accepted")
    answers(everybody, "south", "objected", "Сряда")
    objection_is_answered(everybody)
    publishes(everybody)
    first = reader_finds(everybody, gone=0)
    cover_is_found(everybody)
    publishes(everybody)

    second = reader_finds(everybody, gone=1)
    told = {event["uid"]: event for event in first}
    (gone,) = (event for event in second if event["status"] == "CANCELLED")
    assert {(event["sequence"], event["status"]) for event in first} == {(0, "CONFIRMED")}
    assert (len(first), len(second)) == (before.total(), before.total() + 1)
    assert gone["sequence"] > told[gone["uid"]]["sequence"]
    assert gone["starts"] == told[gone["uid"]]["starts"]


def month_is_opened(everybody: Together) -> None:
    """The manager opens the next month."""
    page = everybody.open("manager", "month/open")
    page.locator(f"input[name=month][value='{MONTH}']").check()
    page.locator("form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(rf"/{MONTH}/"))


def declares(everybody: Together, code: str) -> None:
    """A coordinator says when, for the whole month, and sends it after one more look."""
    page = everybody.open(code, f"{MONTH}/offers/{code}/")
    for weekday, level in zip(CAN[code], ("preferred", "possible"), strict=True):
        page.locator("details:has(.weekly) summary").click()
        page.locator("select[name^=weekday-]").select_option(str(weekday))
        page.locator("select[name^=level-]").select_option(level)
        page.locator("button[name=step][value^=weekly-]").click()
        expect(page.locator("button[name=step][value=undo]")).to_be_visible()
    page.locator("[name=promised]").fill("4")
    page.locator("button.btn[name=step][value=check]").click()
    expect(page).to_have_url(re.compile("/check"))
    page.locator("main form button[type=submit].btn").last.click()
    expect(page.locator(".flash.ok")).to_be_visible()


def moves_on(everybody: Together, who: str, phase: str) -> None:
    """Who manages ends one phase and begins the next."""
    page = everybody.open(who, f"{MONTH}/")
    page.locator(f"button[name=phase][value={phase}]").click()
    expect(page.locator(f"button[name=phase][value={phase}]")).to_have_count(0)


def plan_is_taken(everybody: Together) -> None:
    """The manager lets the solver propose, and takes what it found."""
    page = everybody.open("manager", f"{MONTH}/proposals/")
    page.locator("[name=seconds]").fill(str(SECONDS))
    page.locator("form:has([name=seconds]) button[type=submit]").click()
    take = page.locator("form[action$='/accept'] button")
    take.wait_for(timeout=120_000)
    take.click()
    expect(page).to_have_url(re.compile("/board"))


def ring_of_three(everybody: Together) -> None:
    """One asks, two accept; with the last everything moves."""
    north = everybody.open("north", f"sessions/{session_of(everybody, 'north')}/swap")
    ring = north.locator("input[name=choice][value*=',']").first
    ring.check()
    north.locator("#ask button[type=submit]").click()
    for code in ("east", "south"):
        page = everybody.open(code, f"organisations/{code}/my-month/?month={MONTH}")
        page.locator("main a[href*='/swaps/']").first.click()
        page.locator("form[action$='/accept'] button").click()
        expect(page.locator(".flash.ok")).to_be_visible()


def answers(everybody: Together, code: str, answer: str, reason: str = "") -> None:
    """A coordinator says what the organisation thinks of the plan."""
    page = everybody.open(code, f"{MONTH}/review/{code}/")
    page.locator(f"input[name=answer][value={answer}]").check()
    page.locator("[name=reason]").fill(reason)
    page.locator("form:has([name=answer]) button[type=submit]").click()
    expect(page.locator(".flash.ok")).to_be_visible()


def objection_is_answered(everybody: Together) -> None:
    """The deputy answers it, for everybody to read."""
    page = everybody.open("deputy", f"{MONTH}/review/")
    form = page.locator("form:has([name=reply])")
    form.locator("[name=reply]").fill("Разбираме.")
    form.locator("button[value=answered]").click()
    expect(page.locator(".reply")).to_be_visible()


def publishes(everybody: Together) -> None:
    """The deputy publishes; the scheduler's work is done here at once."""
    page = everybody.open("deputy", f"{MONTH}/publish")
    page.locator("form[action$='/publish'] button[type=submit]").first.click()
    expect(page.locator(".flash.ok")).to_be_visible()
    with everybody.live.app.app_context():
        publish_site(now=utcnow())


def reader_finds(everybody: Together, *, gone: int) -> list[dict[str, Any]]:
    """Somebody who reads Arabic opens the public month, where so many sessions are marked as cancelled, and its feed: the
    events that a calendar program sees there.
    """
    reader = everybody.pages["north"]
    address = f"{everybody.live.url}/ar/golden-river/{MONTH}/"
    feed = reader.request.get(f"{address}calendar.ics")
    assert feed.headers["content-type"].startswith("text/calendar")
    events = ical.events(reader, feed.text())
    reader.goto(address)
    reader.reload()  # past the browser's own copy, which it may keep for some minutes
    expect(reader.locator("html")).to_have_attribute("dir", "rtl")
    expect(reader.locator(".session.gone")).to_have_count(gone)
    expect(reader.locator(".session")).to_have_count(len(events))
    return events


def cover_is_found(everybody: Together) -> None:
    """One gives a session back at once; another is told of it, and takes the slot."""
    session = session_of(everybody, "north")
    page = everybody.open("north", f"sessions/{session}/release")
    page.locator("[name=reason]").fill("Болест")
    page.locator("input[name=cover][value=at-once]").check()
    page.locator("form[action$='/release'] button[type=submit]").click()
    expect(page.locator("form[action$='/take-back'] button")).to_be_visible()
    with everybody.live.app.app_context():
        COVER.run(utcnow())
    south = everybody.open("south", "../notices/")
    south.locator("main .todo a[href*='/notices/']").first.click()
    south.locator("form[action$='/book'] button[type=submit]").first.click()
    expect(south.locator("form[action$='/undo'] button").first).to_be_visible()


def session_of(everybody: Together, code: str) -> int:
    """The organisation's first session on the weekday it prefers."""
    with everybody.live.app.app_context():
        found = [one for one in _live(code) if one.day.isoweekday() == CAN[code][0]]
    return found[0].id


def where_everybody_is(everybody: Together) -> Counter[tuple[str, int]]:
    """How many sessions each organisation has on each weekday."""
    with everybody.live.app.app_context():
        return Counter((code, one.day.isoweekday()) for code in CAN for one in _live(code))


def _live(organisation: str) -> list[Row[int, date]]:
    statement = (
        select(PlannedSession.id, Slot.day)
        .join(PlannedSession.slot)
        .where(PlannedSession.organisation.has(code=organisation), PlannedSession.state.in_(LIVE))
    )
    return list(db.session.execute(statement.order_by(Slot.starts_at)))
