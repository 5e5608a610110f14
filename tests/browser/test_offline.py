"""What a reader has who was here once and has no connection now, on a phone, in Arabic."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bureau.app import create_app
from tests.browser.conftest import PHONE
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.installation import settings

SOFIA = ZoneInfo("Europe/Sofia")
HOME = "/ar/golden-river/"
WANTED = (HOME, f"{HOME}2026-12/", f"{HOME}language/ar/")
BUDGET = 300_000
KEPT = "caches.open('bureau').then((cache) => cache.keys()).then((all) => all.map((one) => new URL(one.url).pathname))"
VOICES = """
  const said = window.said = [];
  const voices = [{ lang: "en-GB", localService: true, name: "here" }, { lang: "ar-EG", localService: false }];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices, speak: (one) => said.push(one.text), cancel: () => { said.length = 0 },
    addEventListener: () => undefined } });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, december: Path) -> Flask:
    """An application without a database, with December published."""
    folder = tmp_path_factory.mktemp("offline")
    chosen = settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}")
    return create_app(chosen | {"PUBLISHED": str(december)})


@pytest.fixture
def reader(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A phone that was never here."""
    context = browser.new_context(viewport=PHONE, locale="ar", timezone_id="Europe/Sofia")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_what_is_over_today_is_left_out_while_more_is_to_come(app: Flask, reader: BrowserContext) -> None:
    page = reader.new_page()
    shown = {}
    with serving(app) as url:
        for hour in (8, 13, 20):
            page.clock.set_fixed_time(datetime(2026, 12, 9, hour, 30, tzinfo=SOFIA))
            page.goto(url + HOME)
            shown[hour] = [
                one.strip() for one in page.locator(".flow").first.locator("> li:visible bdi").all_inner_texts()
            ]

    everything = [one for one in shown[8] if "–" in one]
    assert len(everything) == 3
    assert [[one for one in shown[hour] if "–" in one] for hour in (13, 20)] == [everything[1:], everything]


def test_after_one_visit_the_page_the_month_and_the_readers_language_are_there_without_a_connection(
    app: Flask, reader: BrowserContext
) -> None:
    page = reader.new_page()
    with serving(app) as url:
        page.goto(url + HOME)
        expect(page.locator("#kept")).to_be_hidden()
        kept = once_kept(page, WANTED)
        scope = page.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")
    assert scope == f"{url}/ar/"
    assert weight(app, kept) <= BUDGET

    for address in WANTED:
        page.goto(url + address)
        expect(page.locator("#kept")).to_contain_text(re.compile(r"\d\d:\d\d"))
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") == "rgb(17, 48, 58)"
    page.goto(f"{url}{HOME}need/legal/")
    expect(page).to_have_url(url + HOME)

    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto(f"{url}/desk/sign-in")


def test_a_page_is_read_aloud_only_by_a_voice_that_lives_on_the_phone(app: Flask, reader: BrowserContext) -> None:
    reader.add_init_script(VOICES)
    page = reader.new_page()
    with serving(app) as url:
        page.goto(url + HOME)
        expect(page.locator(".listen")).to_be_hidden()

        page.goto(f"{url}/en/golden-river/need/legal/")
        page.locator(".listen").click()

        said = page.evaluate("window.said")
        assert said[0] == page.locator("h1").inner_text().strip()
        assert page.locator(".listen").get_attribute("aria-pressed") == "true"
        page.locator(".listen").click()
        assert page.evaluate("window.said") == []


def test_a_friend_is_told_what_when_and_where_in_plain_text(app: Flask, reader: BrowserContext) -> None:
    reader.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    page = reader.new_page()
    with serving(app) as url:
        page.goto(f"{url}/ar/golden-river/need/legal/")
        page.locator("details.share summary").click()
        shared = page.evaluate("window.shared.text").split("\n")

    assert shared[0] == page.locator("h1").inner_text().strip()
    assert shared[-1] == "http://localhost/ar/golden-river/need/legal/"
    assert len(shared) == 6


def once_kept(page: Page, wanted: tuple[str, ...]) -> list[str]:
    """The addresses that the browser keeps, once the wanted ones are among them."""
    page.wait_for_function(f"async (wanted) => {{ const kept = await {KEPT}; return wanted.every((one) => kept.includes(one)); }}", arg=list(wanted))  # fmt: skip
    kept: list[str] = page.evaluate(KEPT)
    return kept


def weight(app: Flask, addresses: list[str]) -> int:
    """How many bytes were fetched for them."""
    published = Path(app.config["PUBLISHED"]) / "current"
    files = (published / address[1:] / ("index.html" if address.endswith("/") else "") for address in addresses)
    return sum(
        min(len(content), len(brotli.compress(content, quality=6))) for content in (one.read_bytes() for one in files)
    )
