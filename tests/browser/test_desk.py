"""At the desk in a real browser: two taps count, with and without a network, and nothing counts twice."""

import re
from datetime import UTC, datetime, time, timedelta
from statistics import median
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from bureau.accounts.models import Person
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau, get_organisation
from bureau.servicelog.models import LogEntry, LogSettings
from tests.browser.axe import hindrances
from tests.browser.conftest import Live
from tests.browser.people import enter, tab_to
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import a_partner, a_session, an_open_round, slots_of, worker_row
from tests.factories.servicelog import a_status, rows

WORKERS = {"en": "sara@open-gate.example", "ar": "rana@open-gate.example", "bg": "vera@open-gate.example"}
TODAY = "/desk/golden-river/today/"
SECONDS = 10.0
HAND = 1.35 + 1.1
"""Seconds that a person takes to choose and to touch one thing, as is known from measuring many (the keystroke-level model)."""
LARGE = 44
KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    if (name.startsWith("bureau-desk:") && await (await caches.open(name)).match(path)) return true;
  }
  return false;
}"""
TARGETS = """(least) => [...document.querySelectorAll("main a, main button, main summary, main .tongue, main select, main input:not([type=radio])")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden" && !one.closest(".flash p"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < least).map(([words]) => words)"""


@pytest.fixture(scope="module")
def session_id(live: Live) -> int:
    """The number of a session that lasts all of today: information and a class, in Arabic and English; notes are kept."""
    with live.app.app_context():
        bureau = a_bureau()
        a_room(bureau, "desk-a")
        opening_hours(bureau, weekdays=range(1, 8), blocks=[(time(0), time(23, 59))])
        for tag, name in (("ar", "العربية"), ("en", "English"), ("uk", "українська")):
            a_language(tag, own_name=name)
        for code in ("legal", "info"):
            a_service(code)
        a_service("class").mode = "group"
        a_status("applicant")
        gate, zone = a_partner("open-gate", bureau), bureau.timezone
        worker = a_worker(gate, "L1", services=["info", "class"], languages=["ar", "en"]).id
        db.session.add(LogSettings(bureau_id=bureau.id, notes=True, notes_days=30))
        for language, email in WORKERS.items():
            person(name="Sara", email=email, language=language, works_for=[get_organisation("open-gate")])
        today = local_date(utcnow(), zone)
        before = datetime.combine(Month.of(today).shifted(-1).first, time(9), UTC) + timedelta(days=5)
        round_ = an_open_round(get_bureau("golden-river"), str(Month.of(today)), phase="proposing", now=before)
        slot = next(one for one in slots_of(round_) if one.day == today)
        return a_session(round_, worker_row(worker), slot, now=before).id


def at_the_desk(live: Live, page: Page, session_id: int, language: str = "en") -> None:
    """Signed in, before the sheet of the session in hand."""
    enter(live, page, WORKERS[language])
    page.goto(f"{TODAY}{session_id}/")
    expect(page.locator("#sheet[data-ready]")).to_be_visible()


def stored(live: Live) -> list[LogEntry]:
    """What the server has."""
    with live.app.app_context():
        db.session.rollback()
        return rows()


def tap(page: Page, service: str = "info") -> None:
    """Touch the key of a service; before the script is there, the form would be sent as one without it."""
    page.locator("#sheet[data-ready]").wait_for()
    page.locator(f"#sheet .key[value={service}]").click()


def once_kept(page: Page, *paths: str) -> None:
    """When the browser keeps these pages."""
    for path in paths:
        page.wait_for_function(KEPT, arg=path)


@pytest.mark.parametrize("language", ["bg", "ar", "en"])
def test_two_taps_count_online_and_after_a_cold_start_without_a_network(
    live: Live, phone: Page, watch: Watch, session_id: int, language: str
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    watch.expect("net::ERR_FAILED")  # a mark or a font that was not kept yet: nothing that anybody misses
    at_the_desk(live, phone, session_id, language)
    before, taken = len(stored(live)), []

    for _ in range(3):
        phone.goto(f"{TODAY}?all=1")
        begun = monotonic()
        phone.locator("main .key").first.click()
        with phone.expect_response("**/log/waiting"):
            tap(phone)
        expect(phone.locator("#just .flash.ok")).to_be_visible()
        taken.append(monotonic() - begun + 2 * HAND)
    once_kept(phone, TODAY, f"{TODAY}{session_id}/")
    phone.context.set_offline(True)
    phone.goto(TODAY)
    expect(phone.locator("#aged")).to_contain_text(re.compile(r"\d\d:\d\d"))
    phone.locator("main .key").first.click()
    expect(phone.locator("#aged")).to_be_visible()
    tap(phone)
    expect(phone.locator("#waits")).to_contain_text("1")
    phone.reload()
    expect(phone.locator("#log .unsent")).to_have_count(1)
    phone.context.set_offline(False)
    expect(phone.locator("#log .unsent")).to_have_count(0)

    new = stored(live)[before:]
    assert median(taken) < SECONDS
    assert [(row.session_id, row.language_tag, row.number) for row in new] == [(session_id, "ar", 1)] * 4
    assert phone.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")


def test_what_two_pages_count_without_a_network_is_sent_once_when_it_is_back(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    watch.expect("net::ERR_FAILED")  # a mark or a font that was not kept yet: nothing that anybody misses
    at_the_desk(live, phone, session_id)
    other = phone.context.new_page()
    watch.follow(other, live.url)
    other.goto(f"{TODAY}{session_id}/")
    before = len(stored(live))
    phone.context.set_offline(True)

    phone.locator("label.tongue", has_text="English").click()
    for page in (phone, other, phone):
        tap(page)
    expect(phone.locator("#waits")).to_contain_text("3")
    phone.locator("#just button").click()
    expect(phone.locator("#log .gone")).to_have_count(1)
    phone.context.set_offline(False)
    for page in (phone, other):
        expect(page.locator("#waits")).to_be_hidden()

    new = stored(live)[before:]
    assert sorted((row.language_tag, row.number) for row in new) == [("ar", 1), ("en", -1), ("en", 1), ("en", 1)]


def test_undoing_takes_back_and_an_answer_that_is_lost_counts_nothing_twice(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("ERR_FAILED")
    at_the_desk(live, phone, session_id)
    before = sum(row.number for row in stored(live))

    lost = iter([True])
    phone.route(
        "**/log/waiting", lambda route: (route.fetch(), route.abort()) if next(lost, False) else route.continue_()
    )
    with phone.expect_event("requestfailed"):
        tap(phone)
    expect(phone.locator("#waits")).to_be_visible()
    phone.wait_for_function("() => dispatchEvent(new Event('online')) && document.getElementById('waits').hidden")
    after_one = sum(row.number for row in stored(live))
    with phone.expect_response("**/log/waiting"):
        phone.locator("#just button").click()
    expect(phone.locator("#waits")).to_be_hidden()

    assert after_one == before + 1
    assert sum(row.number for row in stored(live)) == before


def test_who_is_signed_out_meanwhile_loses_nothing_and_nobody_else_sends_it(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("400 (BAD REQUEST)")
    at_the_desk(live, phone, session_id)
    once_kept(phone, TODAY)
    before = len(stored(live))

    phone.context.clear_cookies()
    tap(phone)
    expect(phone.locator("#waits a")).to_contain_text("Sign in to send the entries that wait on this device: 1.")
    enter(live, phone, WORKERS["bg"])
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#waits")).to_contain_text("another person wait on this device: 1.")
    between = len(stored(live))
    enter(live, phone, WORKERS["en"])
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#waits")).to_be_hidden()
    entry = stored(live)[-1]
    phone.locator(".menu-open").click()
    phone.locator("form[action$='/sign-out'] button").click()
    expect(phone.locator("input[name=email]")).to_be_visible()
    phone.wait_for_function("async () => !(await caches.keys()).some((one) => one.startsWith('bureau-desk'))")

    assert (between, len(stored(live))) == (before, before + 1)
    with live.app.app_context():
        assert db.session.get_one(Person, entry.logged_by_id).email == WORKERS["en"]


def test_a_device_without_room_says_so_and_what_is_tapped_is_sent_all_the_same(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    watch.expect("net::ERR_FAILED")  # a mark or a font that was not kept yet: nothing that anybody misses
    phone.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); };"
    )
    at_the_desk(live, phone, session_id)
    once_kept(phone, f"{TODAY}{session_id}/")
    before = len(stored(live))
    phone.context.set_offline(True)

    tap(phone)
    expect(phone.locator("#waits")).to_have_text(
        "This device has no room to keep entries. Leave this page open until they are sent."
    )
    phone.context.set_offline(False)
    expect(phone.locator("#waits")).to_be_hidden()

    assert len(stored(live)) == before + 1


def test_everything_on_the_sheet_is_reached_with_the_keyboard_and_large_enough_for_a_thumb(
    live: Live, phone: Page, session_id: int
) -> None:
    at_the_desk(live, phone, session_id)

    tab_to(phone, "#languages summary")
    phone.keyboard.press("Enter")
    phone.wait_for_function("document.activeElement.matches('#languages input')")
    phone.keyboard.press("Space")
    expect(phone.locator("#languages")).not_to_have_attribute("open", "")
    tab_to(phone, "#details summary")
    phone.keyboard.press("Enter")
    small, hindered = phone.evaluate(TARGETS, LARGE), hindrances(phone)
    tab_to(phone, "[name=visit_kind]")
    phone.keyboard.press("Space")
    with phone.expect_response("**/log/waiting"):
        phone.locator(".key[value=info]").press("Enter")
    helped = stored(live)[-1]
    phone.locator(".key[data-group=class]").press("Enter")
    phone.wait_for_selector("#sheet[data-ready] #number:focus")
    phone.keyboard.type("7")
    with phone.expect_response("**/log/waiting"):
        phone.keyboard.press("Enter")
    expect(phone.locator("#just .flash.ok")).to_contain_text("class · українська · 7")
    first = phone.locator("[data-detail]").first.get_attribute("data-detail")
    phone.get_by_role("link", name="Asked, but nobody here").press("Enter")
    nobody = phone.wait_for_selector("#sheet[data-ready] .key[value=legal]")
    with phone.expect_response("**/log/waiting"):
        nobody.press("Enter")
    expect(phone.locator("#just .flash.ok")).to_contain_text("legal")

    assert (small, hindered) == ([], [])
    assert (helped.language_tag, helped.visit_kind, first) == ("uk", "first", "visit_kind")
    assert [(row.kind, row.number) for row in stored(live)][-2:] == [("group", 7), ("unmet", 1)]


def test_a_note_that_may_name_somebody_is_refused_with_what_was_seen_and_stays_to_be_written_again(
    live: Live, page: Page, session_id: int
) -> None:
    at_the_desk(live, page, session_id)

    page.locator("#details summary").click()
    page.fill("#note", "call 0888 123 456 about the lease")
    tap(page)
    expect(page.locator("#notes [data-why]")).to_contain_text("a telephone number (“0888 123 456”)")
    again = page.locator("#notes [name=note]")
    expect(again).to_have_value("call 0888 123 456 about the lease")
    again.fill("about the lease")
    page.locator("#notes button").click()
    expect(page.locator("#log")).to_contain_text("about the lease")
    page.goto(f"/desk/golden-river/log/open-gate/entries/{stored(live)[-1].id}")

    expect(page.locator("main")).to_contain_text("about the lease")
