"""The board in a real browser: another's booking appears while it is open, and a session is moved by hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from bureau.accounts.actions.passwords import hash_password
from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.rotation.queries import get_round
from tests.browser.conftest import Live
from tests.browser.test_journey import sign_in
from tests.factories.accounts import person
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, a_small_bureau, an_open_round, slots_of, worker_row

MONTH = Month.of(utcnow().date()).shifted(1)
PASSWORD = "a bridge over the river"
COORDINATOR = "sara@open-gate.example"
PATIENCE = 20_000
"""Milliseconds: the board asks every eight seconds."""


@pytest.fixture
def places(live: Live) -> dict[str, int]:
    """A month with one session of open-gate, and what the test needs to know of it by number."""
    with live.app.app_context():
        bureau = a_small_bureau()
        ours, theirs = a_partner("open-gate", bureau), a_partner("pomegranate", bureau)
        person(name="Sara", email=COORDINATOR, password_hash=hash_password(PASSWORD), coordinates=[ours])
        worker, neighbour = a_worker(ours, "L1").id, a_worker(theirs, "N1").id
        a_demand(bureau, "day", target=2, service_id=a_service("info").id)
        round_ = an_open_round(bureau, str(MONTH), phase="proposing", now=utcnow())
        slots = slots_of(round_)
        numbers = {"ours": slots[0].id, "theirs": slots[2].id, "free": slots[7].id, "neighbour": neighbour}
        a_session(round_, worker_row(worker), slots[0], now=utcnow())
        return numbers


def test_anothers_booking_appears_and_a_session_is_moved_by_hand(
    live: Live, page: Page, places: dict[str, int]
) -> None:
    sign_in(page, COORDINATOR)
    page.goto(f"/desk/golden-river/{MONTH}/board")
    page.locator(f"#slot-{places['theirs']} a").focus()

    neighbour_books(live, places)
    taken = page.locator(f"#slot-{places['theirs']}")
    expect(taken).to_contain_text("pomegranate", timeout=PATIENCE)
    expect(taken.locator(".seat")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="1 slot has just changed.")).to_be_visible()

    page.locator(f"#slot-{places['ours']} .seat").drag_to(page.locator(f"#slot-{places['free']}"))
    words = page.get_by_role("dialog")
    expect(words).to_contain_text("Something becomes worse")
    words.get_by_role("button", name="Move the session").click()

    expect(page).to_have_url(re.compile(f"#slot-{places['free']}$"))
    expect(page.locator(f"#slot-{places['free']} .seat.mine")).to_be_visible()
    expect(page.locator(f"#slot-{places['ours']} .seat.open")).to_be_visible()


def neighbour_books(live: Live, places: dict[str, int]) -> None:
    """Another organisation takes a slot meanwhile."""
    with live.app.app_context():
        round_ = get_round("golden-river", str(MONTH))
        slot = next(one for one in slots_of(round_) if one.id == places["theirs"])
        a_session(round_, worker_row(places["neighbour"]), slot, now=utcnow())
