"""The browser tests notice what they are there to notice."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser import axe, ical
from tests.browser.conftest import Live
from tests.browser.watch import Watch

FEED = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:one@example.org"),
        *("DTSTAMP:20261122T080000Z", "DTSTART:20261209T080000Z", "DTEND:20261209T100000Z", "SEQUENCE:2"),
        *("STATUS:CANCELLED", "SUMMARY:مساعدة قانونية", "END:VEVENT", "END:VCALENDAR", ""),
    ]
)


def show(page: Page, body: str, policy: str = "default-src 'self'") -> None:
    """Open a page of our own making under the address of the application."""

    def answer(route: Route) -> None:
        page_of_ours = f"<!doctype html><html lang=en><title>Test</title><main><h1>Test</h1>{body}</main>"
        route.fulfill(body=page_of_ours, content_type="text/html", headers={"Content-Security-Policy": policy})

    page.route("**/made-up", answer)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto("/made-up")


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("<script>document.title = 'in the page'</script>", "Content Security Policy"),
        ("<p style='color: red'>Red</p>", "Content Security Policy"),
        ("<img alt='' src='https://stranger.example/pixel.png'>", "asked a stranger"),
    ],
)
def test_a_page_that_misbehaves_is_noticed(page: Page, watch: Watch, body: str, trouble: str) -> None:
    page.route("https://stranger.example/**", lambda route: route.abort())

    show(page, body, "default-src 'self'; img-src *")

    assert any(trouble in seen for seen in watch.troubles)
    watch.troubles.clear()


def test_a_picture_without_words_is_noticed(page: Page) -> None:
    show(page, "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "img-src data:")

    found = axe.hindrances(page)

    assert [line.split(":")[0] for line in found] == ["image-alt"]


def test_a_feed_is_read_as_calendar_programs_read_it(page: Page) -> None:
    read = ical.events(page, FEED)

    assert read == [
        {
            "uid": "one@example.org",
            "summary": "مساعدة قانونية",
            "sequence": 2,
            "status": "CANCELLED",
            "starts": "2026-12-09T08:00:00.000Z",
            "ends": "2026-12-09T10:00:00.000Z",
        }
    ]


def test_the_served_application_answers(page: Page, live: Live, watch: Watch) -> None:
    watch.expect("404")

    answer = page.goto("/no-such-page")

    assert (answer and answer.status, page.url) == (404, f"{live.url}/no-such-page")
