"""A real browser on the real application; a page that errs, breaks its own policy or asks strangers fails its test."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from bureau.app import create_app
from bureau.kernel.database import db
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.installation import copied, settings
from tests.tools import chromium

FAILURES = Path(__file__).parent / "failures"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Live:
    """A running installation: its application, to arrange with, and its address, to visit."""

    app: Flask
    url: str


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Live]:
    """The application served on a database of its own, empty but for its tables; one for each file of tests."""
    folder = tmp_path_factory.mktemp("live")
    chosen = settings(folder, copied(migrated_file, folder)) | {"TESTING": False, "WTF_CSRF_ENABLED": True}
    app = create_app(chosen)
    with serving(app) as url:
        app.config["BASE_URL"] = url
        yield Live(app, url)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; one for each file of tests."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What went wrong on the pages of this test; tell it with ``expect`` what is meant to."""
    watch = Watch()
    yield watch
    assert watch.unexpected() == []


@pytest.fixture
def page(browser: Browser, live: Live, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A watched page on a desktop; addresses may start with a slash."""
    yield from visited(browser, live, watch, request, DESKTOP)


@pytest.fixture
def phone(browser: Browser, live: Live, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A watched page on a phone, in a browser session of its own."""
    yield from visited(browser, live, watch, request, PHONE)


def visited(
    browser: Browser, live: Live, watch: Watch, request: pytest.FixtureRequest, viewport: dict[str, int]
) -> Iterator[Page]:
    """A page in a fresh session; pictured in ``failures/`` where ``BUREAU_PICTURES`` is set."""
    context = browser.new_context(base_url=live.url, viewport=viewport, locale="en-GB", timezone_id="Europe/Sofia")
    context.set_default_timeout(15_000)
    page = context.new_page()
    watch.follow(page, live.url)
    yield page
    if os.environ.get("BUREAU_PICTURES"):
        FAILURES.mkdir(exist_ok=True)
        page.screenshot(path=FAILURES / f"{request.node.name}.png", full_page=True)
    context.close()
