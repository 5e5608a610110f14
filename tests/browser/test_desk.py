"""At the desk in a real browser: two taps count, with and without a network, and nothing counts twice."""

from datetime import UTC, datetime, time, timedelta
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from bureau.accounts.actions.passwords import hash_password
from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau, get_organisation
from bureau.servicelog.models import LogEntry
from tests.browser.conftest import Live
from tests.browser.watch import Watch
from tests.factories.accounts import person
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import a_partner, a_session, an_open_round, slots_of, worker_row
from tests.factories.servicelog import rows

PASSWORD = "a bridge over the river"
WORKER = {"en": "sara@open-gate.example", "ar": "rana@open-gate.example", "bg": "vera@open-gate.example"}
SECONDS = 10


@pytest.fixture(scope="module")
def session_id(live: Live) -> int:
    """The number of a session that lasts all of today: information, in Arabic and English."""
    with live.app.app_context():
        bureau = a_bureau()
        a_room(bureau, "desk-a")
        opening_hours(bureau, weekdays=range(1, 8), blocks=[(time(0), time(23, 59))])
        for tag in ("ar", "en"):
            a_language(tag, own_name={"ar": "العربية", "en": "English"}[tag])
        for code in ("legal", "info"):
            a_service(code)
        gate, zone = a_partner("open-gate", bureau), bureau.timezone
        worker = a_worker(gate, "L1", services=["info"], languages=["ar", "en"]).id
        today = local_date(utcnow(), zone)
        before = datetime.combine(Month.of(today).shifted(-1).first, time(9), UTC) + timedelta(days=5)
        for language, email in WORKER.items():
            person(
                name="Sara", email=email, language=language, password_hash=hash_password(PASSWORD),
                works_for=[get_organisation("open-gate")],
            )  # fmt: skip
        round_ = an_open_round(get_bureau("golden-river"), str(Month.of(today)), phase="proposing", now=before)
        slot = next(one for one in slots_of(round_) if one.day == today)
        return a_session(round_, worker_row(worker), slot, now=before).id


def at_the_desk(page: Page, language: str) -> None:
    """Sign in, and to the sheet of the one session in hand."""
    page.goto("/desk/sign-in")
    page.fill("input[name=email]", WORKER[language])
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/desk/golden-river/today/")
    expect(page.locator("#sheet")).to_be_visible()


def stored(live: Live) -> list[LogEntry]:
    """What the server has."""
    with live.app.app_context():
        db.session.rollback()
        return rows()


@pytest.mark.parametrize("language", ["bg", "ar", "en"])
def test_a_plain_consultation_is_one_tap_on_the_sheet_and_takes_less_than_ten_seconds(
    live: Live, phone: Page, session_id: int, language: str
) -> None:
    before = len(stored(live))
    at_the_desk(phone, language)
    begun = monotonic()

    with phone.expect_response("**/log/waiting"):
        phone.locator("#sheet .key[value=info]").click()
    expect(phone.locator("#just .flash.ok")).to_be_visible()

    assert monotonic() - begun < SECONDS
    entry = stored(live)[-1]
    assert (len(stored(live)), entry.session_id, entry.language_tag) == (before + 1, session_id, "ar")
    expect(phone.locator("#waits")).to_be_hidden()


def test_without_a_network_entries_wait_and_are_counted_once_when_it_is_back(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    at_the_desk(phone, "en")
    before = len(stored(live))
    phone.context.set_offline(True)

    phone.locator("label.tongue", has_text="English").click()
    for _ in range(3):
        phone.locator("#sheet .key[value=info]").click()
    phone.locator("#just button").click()
    expect(phone.locator("#waits")).to_have_text("2 entries wait for the network.")
    phone.context.set_offline(False)
    expect(phone.locator("#waits")).to_be_hidden()

    new = stored(live)[before:]
    assert [(row.language_tag, row.number) for row in new] == [("en", 1), ("en", 1)]


def test_undoing_takes_back_and_an_answer_that_is_lost_counts_nothing_twice(
    live: Live, phone: Page, watch: Watch, session_id: int
) -> None:
    watch.expect("ERR_FAILED")
    at_the_desk(phone, "en")
    before = sum(row.number for row in stored(live))

    lost = iter([True])
    phone.route(
        "**/log/waiting", lambda route: (route.fetch(), route.abort()) if next(lost, False) else route.continue_()
    )
    with phone.expect_event("requestfailed"):
        phone.locator("#sheet .key[value=info]").click()
    expect(phone.locator("#waits")).to_be_visible()
    phone.wait_for_function("() => dispatchEvent(new Event('online')) && document.getElementById('waits').hidden")
    after_one = sum(row.number for row in stored(live))
    phone.locator("#just button").click()
    expect(phone.locator("#waits")).to_be_hidden()

    assert after_one == before + 1
    assert sum(row.number for row in stored(live)) == before


def test_what_nobody_here_could_give_is_two_taps_and_the_keyboard_does(live: Live, page: Page, session_id: int) -> None:
    at_the_desk(page, "en")

    page.get_by_role("link", name="Asked, but nobody here").press("Enter")
    page.get_by_role("button", name="legal").press("Enter")
    expect(page.locator("#just .flash.ok")).to_be_visible()
    expect(page.locator("#waits")).to_be_hidden()

    assert [(row.kind, row.number) for row in stored(live)][-1] == ("unmet", 1)
