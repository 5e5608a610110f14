"""A coordinator's month by keyboard and by ear: declared in two tabs, a slot booked, the plan answered, the board live."""

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from bureau.rotation.queries import get_round
from tests.browser.conftest import Live
from tests.browser.hearing import focused, troubles
from tests.browser.people import enter, tab_to
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.catalogue import a_service
from tests.factories.organisations import a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, a_small_bureau, an_open_round, slots_of, worker_row

PLANNED, DECLARED = (Month.of(utcnow().date()).shifted(ahead) for ahead in (1, 2))
LANA = "lana@open-gate.example"
DESK = "/desk/golden-river"
BOARD, DECLARE, REVIEW = (
    f"{DESK}/{PLANNED}/board",
    f"{DESK}/{DECLARED}/offers/open-gate/",
    f"{DESK}/{PLANNED}/review/open-gate/",
)
PATIENCE = 20_000
"""Milliseconds: the board asks every eight seconds."""


@dataclass(frozen=True)
class Places:
    """What tests need to know by number: slots of ours and open ones, and a neighbour's worker."""

    ours: int
    theirs: int
    free: int
    neighbour: int


@pytest.fixture(scope="module")
def places(live: Live) -> Places:
    """A month in review with one session of open-gate, and one being declared."""
    with live.app.app_context():
        bureau = a_small_bureau()
        ours, theirs = a_partner("open-gate", bureau), a_partner("pomegranate", bureau)
        person(name="Lana", email=LANA, coordinates=[ours])
        worker, neighbour = a_worker(ours, "L1").id, a_worker(theirs, "N1").id
        a_demand(bureau, "day", target=2, service_id=a_service("info").id)
        round_ = an_open_round(bureau, str(PLANNED), phase="reviewing", now=utcnow())
        an_open_round(bureau, str(DECLARED), now=utcnow())
        slots = slots_of(round_)
        a_session(round_, worker_row(worker), slots[0], now=utcnow())
        return Places(ours=slots[0].id, theirs=slots[2].id, free=slots[7].id, neighbour=neighbour)


@pytest.mark.usefixtures("places")
def test_a_month_is_declared_by_keyboard_in_two_tabs_that_see_each_other(live: Live, page: Page, watch: Watch) -> None:
    enter(live, page, LANA)
    page.goto(DECLARE)
    other = page.context.new_page()
    watch.follow(other, live.url)
    other.goto(DECLARE)
    page.bring_to_front()

    assert troubles(page) == []
    tab_to(page, "input[name=brush]")
    page.keyboard.press("ArrowDown")
    assert focused(page) == ("radio", "Possible")
    tab_to(page, ".cal button.slot")
    for key in ("1", "ArrowDown", "2"):
        page.keyboard.press(key)
    expect(page.locator("#saved")).to_contain_text("Saved")
    other.bring_to_front()
    other.locator(".cal button.slot").nth(9).drag_to(other.locator(".cal button.slot").nth(11))

    expect(other.locator("#saved")).to_contain_text(re.compile("Somebody else|Saved"))
    expect(other.locator(".cal button.slot").first).to_have_class("slot love")
    for painted in (9, 11):
        expect(other.locator(".cal button.slot").nth(painted)).to_have_class("slot love")
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
    assert troubles(page) == []
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you have declared")).to_be_visible()
    expect(page.get_by_role("button", name="Monday", exact=True)).to_be_visible()


def test_a_slot_is_booked_and_given_up_again_by_keyboard_and_heard(live: Live, page: Page, places: Places) -> None:
    enter(live, page, LANA)
    page.goto(BOARD)

    assert troubles(page) == []
    tab_to(page, ".seat.open")
    page.keyboard.press("ArrowDown")
    role, name = focused(page)
    assert (role, bool(re.fullmatch(r"Open Book \w+day \d+ \w+, \d\d:00–\d\d:00, .+", name))) == ("link", True), name
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(":00")
    assert troubles(page) == []
    tab_to(page, "main form button")
    assert focused(page) == ("button", "Book it for L1")
    page.keyboard.press("Enter")

    expect(page.locator("#main > [role=status].vh")).to_contain_text("The slot is yours.")
    assert troubles(page) == []
    page.keyboard.press("Control+Home")
    page.locator("body").evaluate("body => body.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    tab_to(page, "form[action$='/undo'] button")
    assert focused(page) == ("button", "Undo")
    page.keyboard.press("Enter")
    expect(page.locator("#main > [role=status].vh")).to_contain_text("The booking is undone.")


@pytest.mark.usefixtures("places")
def test_the_board_on_the_wall_is_a3_with_every_day_and_session_and_each_week_whole(live: Live, page: Page) -> None:
    enter(live, page, LANA)
    page.goto(BOARD)
    days = page.locator(".rota tbody").evaluate_all("weeks => weeks.map(week => week.querySelectorAll('th.d').length)")

    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    texts = [sheet.extract_text() for sheet in sheets]
    wholes = {sum(days[first:last]) for first, last in combinations(range(len(days) + 1), 2)}
    assert {tuple(round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]) for sheet in sheets} == {(420, 297)}
    assert sum(text.count("10–12") for text in texts) == sum(days)
    assert {text.count("10–12") for text in texts} <= wholes
    assert "L1" in "".join(texts)


@pytest.mark.usefixtures("places")
def test_the_plan_is_answered_by_keyboard_and_heard(live: Live, page: Page, watch: Watch) -> None:
    watch.expect("status of 422")
    enter(live, page, LANA)
    page.goto(REVIEW)

    assert troubles(page) == []
    tab_to(page, "input[name=answer]")
    page.keyboard.press("ArrowDown")
    assert focused(page) == ("radio", "We object: something must change")
    tab_to(page, "#reason")
    assert focused(page) == ("textbox", "What is wrong, and what would help?")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="What is wrong, and what would help?")).to_have_accessible_description(
        re.compile("Please say what is wrong")
    )
    tab_to(page, "#reason")
    page.keyboard.type("We are in court on Mondays.")
    tab_to(page, "main form button")
    assert focused(page) == ("button", "Send the answer")
    page.keyboard.press("Enter")

    expect(page.locator("#main > [role=status].vh")).to_contain_text("The answer is stored.")
    expect(page.get_by_role("blockquote")).to_have_text("We are in court on Mondays.")
    assert troubles(page) == []


def test_what_cannot_be_told_apart_by_ear_is_found(page: Page) -> None:
    page.set_content(
        "<h1>A</h1><h3>B</h3><button></button><a href='/x'>Look</a><a href='/y'>Look</a><a href='/y'>Y</a>"
    )

    assert troubles(page) == ["from level 1 to “B” of level 3", "a button without a name", "2 × link “Look”"]


def test_anothers_booking_appears_and_a_session_is_moved_by_hand(live: Live, page: Page, places: Places) -> None:
    enter(live, page, LANA)
    page.goto(BOARD)
    page.locator(f"#slot-{places.theirs} a").focus()

    neighbour_books(live, places)
    taken = page.locator(f"#slot-{places.theirs}")
    expect(taken).to_contain_text("pomegranate", timeout=PATIENCE)
    expect(taken.locator(".seat")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="1 slot has just changed.")).to_be_visible()

    page.locator(f"#slot-{places.ours} .seat").drag_to(page.locator(f"#slot-{places.free}"))
    words = page.get_by_role("dialog")
    expect(words).to_contain_text("Something becomes worse")
    words.get_by_role("button", name="Move the session").click()

    expect(page).to_have_url(re.compile(f"#slot-{places.free}$"))
    expect(page.locator(f"#slot-{places.free} .seat.mine")).to_be_visible()
    expect(page.locator(f"#slot-{places.ours} .seat.open")).to_be_visible()


def neighbour_books(live: Live, places: Places) -> None:
    """Another organisation takes a slot meanwhile."""
    with live.app.app_context():
        round_ = get_round("golden-river", str(PLANNED))
        slot = next(one for one in slots_of(round_) if one.id == places.theirs)
        a_session(round_, worker_row(places.neighbour), slot, now=utcnow())
