"""Published feeds in the calendar library of browsers."""

from playwright.sync_api import Page

from bureau.calendars.actions import site_drafts
from bureau.calendars.domain.files import PublicFile
from tests.browser import ical
from tests.browser.conftest import Live
from tests.calendars.conftest import NOW
from tests.factories.programmes import a_bureau, a_programme, with_changes


def test_ical_js_reads_every_session_at_its_instant_with_its_words(page: Page, live: Live) -> None:
    programme = with_changes(a_programme(bureau=a_bureau(languages=("ar",))), NOW)
    with live.app.app_context():
        files = site_drafts([programme], now=NOW, base_url=live.url, asset=lambda name: name).files()
        content = {file.path: file.content for file in files if isinstance(file, PublicFile)}
    feed = content["ar/golden-river/2026-12/calendar.ics"]

    read = {event["uid"]: event for event in ical.events(page, feed.decode())}

    for session in programme.sessions:
        event = read[session.uid]
        assert event["starts"] == f"{session.starts_at:%Y-%m-%dT%H:%M:%S}.000Z"
        assert (int(event["sequence"]), event["status"]) == (
            session.sequence, "CANCELLED" if session.cancelled else "CONFIRMED",
        )  # fmt: skip
        assert event["summary"]
    assert len(read) == len(programme.sessions)
