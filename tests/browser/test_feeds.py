"""Published feeds in the calendar library of browsers, and what a page says beside its words."""

import json
from dataclasses import replace
from datetime import datetime

from playwright.sync_api import Page, expect

from bureau.calendars.site.feeds import feed_drafts
from bureau.publishing.actions import publish_documents
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.browser import ical
from tests.browser.conftest import Live
from tests.calendars.made import NOW, for_reader
from tests.calendars.two_publications import OCTOBER, first_publication, second_publication
from tests.factories.programmes import a_bureau, a_programme

OFFERED = "legal-asylum"
VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation', (one) => (window.broken ??= []).push(one.violatedDirective))"
)


def test_ical_js_reads_both_publications_at_their_instants_with_their_words(page: Page, live: Live) -> None:
    first = first_publication(OCTOBER, languages=("ar",))
    middle = datetime.combine(OCTOBER.first, NOW.timetz())

    for programme in (first, second_publication(first)):
        feed = for_reader(live.app, feed_drafts, programme, language="ar", now=middle)[
            "ar/golden-river/2026-10/calendar.ics"
        ]
        read = {event["uid"]: event for event in ical.events(page, feed.decode())}

        said = {uid: (one["starts"], one["ends"], int(one["sequence"]), one["status"]) for uid, one in read.items()}
        assert said == {
            one.uid: (
                f"{one.starts_at:%Y-%m-%dT%H:%M:%S}.000Z", f"{one.ends_at:%Y-%m-%dT%H:%M:%S}.000Z", one.sequence,
                "CANCELLED" if one.cancelled else "CONFIRMED",
            )
            for one in programme.sessions
        }  # fmt: skip
        assert all(one["summary"] for one in read.values())


def test_a_page_says_its_sessions_to_machines_within_its_policy_and_offers_three_ways_to_keep_them(
    page: Page, live: Live
) -> None:
    programme = of_one_need()
    with live.app.app_context():
        publish_documents(lambda: [programme], now=NOW)
    page.add_init_script(VIOLATIONS)

    page.goto("/ar/golden-river/need/legal/")

    graph = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")["@graph"]
    assert {one["@type"] for one in graph} == {"GovernmentOffice", "GovernmentService", "Event"}
    assert page.evaluate("() => window.broken ?? []") == []
    ways = page.locator("details.subscribe").first
    ways.locator("summary").click()
    links = [one.get_attribute("href") for one in ways.get_by_role("link").all()]
    host = live.url.removeprefix("http://")
    assert links == [
        f"webcal://{host}/ar/golden-river/need/legal/calendar.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{host.replace(':', '%3A')}%2Far%2Fgolden-river%2Fneed%2Flegal%2Fcalendar.ics",
        "/ar/golden-river/need/legal/calendar.ics",
    ]
    expect(ways.get_by_role("link").last).to_be_visible()


def of_one_need() -> ProgrammeDocument:
    """December in Arabic, with what one service needs and nothing else."""
    whole = a_programme(bureau=a_bureau(languages=("ar",)))
    (service,) = (one for one in whole.services if one.code == OFFERED)
    sessions = tuple(one for one in whole.sessions if one.services == (OFFERED,))
    owners, tags = {one.organisation for one in sessions}, {tag for one in sessions for tag in one.languages}
    return replace(
        whole,
        sessions=sessions,
        services=(service,),
        categories=tuple(one for one in whole.categories if one.code == service.category),
        organisations=tuple(one for one in whole.organisations if one.code in owners),
        languages=tuple(one for one in whole.languages if one.tag in tags),
    )
