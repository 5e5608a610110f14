"""The screen of the waiting room through a day: news, and no connection."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from bureau.app import create_app
from bureau.publishing.actions import publish_documents
from tests.browser.axe import hindrances
from tests.browser.serving import serving
from tests.factories.programmes import a_bureau, a_programme, a_session
from tests.installation import settings

THURSDAY, FRIDAY = date(2026, 12, 10), date(2026, 12, 11)
MORNING = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)  # half past ten at the bureau
SCREEN = "/mul/golden-river/display/"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application without a database."""
    folder = tmp_path_factory.mktemp("display")
    return create_app(settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}"))


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A screen on a wall, half past ten on a Thursday in December; its clock goes as the test says."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, timezone_id="America/Bogota")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.clock.install(time=MORNING)
    yield page
    context.close()


def publish(app: Flask, **afternoon: object) -> None:
    """Two sessions on Thursday, one on Friday; ``afternoon`` is what became of the second."""
    sessions = (
        a_session(THURSDAY, services=("housing",), languages=("en",)),
        replace(a_session(THURSDAY, block=1, services=("legal-asylum",), languages=("ar",)), **afternoon),
        a_session(FRIDAY, services=("school",), languages=("en", "ar")),
    )
    with app.app_context():
        publish_documents(
            lambda: [a_programme(bureau=a_bureau(languages=("en", "ar")), sessions=sessions)], now=MORNING
        )


def test_the_screen_turns_through_the_languages_tells_news_and_goes_on_without_a_connection(
    app: Flask, screen: Page
) -> None:
    publish(app)
    with serving(app) as url:
        screen.goto(url + SCREEN)
        expect(screen.locator("#clock")).to_have_text("10:30")
        expect(screen.locator("#door")).to_have_text("Open now, until 12:00")
        expect(screen.locator(".screen-what")).to_have_text("Finding a home")
        expect(screen.locator("#later")).to_have_text("Next: 13:00–15:00 Legal advice")
        assert hindrances(screen) == []

        screen.clock.run_for(9_500)
        expect(screen.locator("html")).to_have_attribute("dir", "rtl")
        expect(screen.locator(".screen-what")).to_have_text("البحث عن سكن")
        screen.get_by_role("button", name="English").click()

        publish(app, sequence=1, change="cancelled")
        screen.clock.run_for(31_000)
        expect(screen.locator(".screen-news")).to_have_text("Cancelled 13:00–15:00 Legal advice")
        screen.wait_for_function(f"caches.match('{SCREEN}').then((kept) => kept !== undefined)")

    screen.clock.fast_forward(timedelta(hours=20).total_seconds() * 1000)
    screen.get_by_role("button", name="English").click()
    expect(screen.locator("h2")).to_have_text("Next: Today 10:00–12:00")
    expect(screen.locator(".screen-what")).to_have_text("School and kindergarten")
    expect(screen.locator(".screen-news")).to_have_count(0)

    screen.reload()
    expect(screen.locator("#old")).to_have_text(re.compile(r"No connection since 10:3\d"))
    expect(screen.locator(".screen-what")).to_have_text("School and kindergarten")
