"""Who reads the public pages leaves no trace: no cookie, nothing stored, nobody else asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bureau.app import create_app
from bureau.calendars.domain.files import HOME, month_address, need_address
from tests.browser.conftest import Live
from tests.browser.serving import serving
from tests.factories.programmes import DECEMBER
from tests.installation import settings

KINDS = (
    HOME.below, month_address(DECEMBER).below, month_address(DECEMBER.shifted(1)).below, need_address("legal").below,
    "service/job-search/", "language/fa/", "organisation/open-gate/",
)  # fmt: skip


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, december: Path) -> Iterator[Live]:
    """The application without a database, with December published."""
    folder = tmp_path_factory.mktemp("privacy")
    chosen = settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}")
    app = create_app(chosen | {"TESTING": False, "PUBLISHED": str(december)})
    with serving(app) as url:
        yield Live(app, url)


@pytest.mark.parametrize("language", ["en", "ar", "bg"])
def test_reading_every_kind_of_page_stores_nothing_and_asks_nobody_else(live: Live, page: Page, language: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    given: list[str | None] = []
    page.on("response", lambda answer: given.append(answer.headers.get("set-cookie")))

    page.goto("/")
    page.goto(f"/{language}/")
    for below in KINDS:
        page.goto(f"/{language}/golden-river/{below}")
        page.reload()
    lost = page.request.get(f"/{language}/golden-river/nowhere/")
    feed = page.request.get(f"/{language}/golden-river/calendar.ics")

    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert (lost.status, feed.status) == (404, 200)
    assert len(asked) > 3 * len(KINDS)
    assert {url for url in asked if not url.startswith(f"{live.url}/")} == set()
    assert set(given) == {None}
    assert (page.context.cookies(), kept) == ([], ["", 0, 0])
