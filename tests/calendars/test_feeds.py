"""The feeds of the public site over two publications."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from flask import Flask

from bureau.calendars.site.feeds import feed_drafts
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.calendars import strict
from tests.calendars.made import for_reader
from tests.calendars.two_publications import CLOCKS_CHANGE, MARCH, OCTOBER, first_publication, second_publication
from tests.factories.programmes import DECEMBER, a_programme, a_session

HALF = timedelta(minutes=30)


def feeds(app: Flask, *documents: ProgrammeDocument, language: str = "en") -> dict[str, bytes]:
    """Every feed of a language in the middle of the first month, by the path below the bureau."""
    middle = datetime(documents[0].month.year, documents[0].month.number, 15, 9, tzinfo=UTC)
    made = for_reader(app, feed_drafts, *documents, language=language, now=middle)
    return {path.split("/", 2)[2].removesuffix("calendar.ics"): content for path, content in made.items()}


def events(feed: bytes) -> dict[str, icalendar.Event]:
    """The events of a feed by UID."""
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")}


@pytest.mark.parametrize("month", [OCTOBER, MARCH], ids=["October", "March"])
def test_every_feed_in_every_language_keeps_every_rule_of_the_standards(app: Flask, month: Month) -> None:
    after = second_publication(first_publication(month))

    found = {
        (language, path): strict.offences(feed)
        for language in after.bureau.languages
        for path, feed in feeds(app, after, language=language).items()
    }

    assert len(found) > 100
    assert {where: offences for where, offences in found.items() if offences} == {}


@pytest.mark.parametrize("month", [OCTOBER, MARCH], ids=["October", "March"])
def test_what_is_published_is_read_back_at_its_instants_also_when_the_clocks_change(app: Flask, month: Month) -> None:
    after = second_publication(first_publication(month))

    read = events(feeds(app, after)[f"{month}/"])

    said = {
        uid: (event["DTSTART"].dt, event["DTEND"].dt, event["SEQUENCE"], event["STATUS"]) for uid, event in read.items()
    }
    assert said == {
        one.uid: (one.starts_at, one.ends_at, one.sequence, "CANCELLED" if one.cancelled else "CONFIRMED")
        for one in after.sessions
    }


@pytest.mark.parametrize(("month", "length"), [(OCTOBER, 6 * HALF), (MARCH, 2 * HALF)], ids=["October", "March"])
def test_a_session_in_the_night_of_the_change_is_as_long_as_it_really_is(
    app: Flask, month: Month, length: timedelta
) -> None:
    read = events(feeds(app, first_publication(month))[f"{month}/"])

    (night,) = [event for uid, event in read.items() if uid.endswith("night@golden-river")]
    assert night["DTEND"].dt - night["DTSTART"].dt == length


def test_a_second_publication_keeps_every_uid_and_raises_the_sequence_of_what_changed_only(app: Flask) -> None:
    before = first_publication(OCTOBER)
    after = second_publication(before)

    old, new = (events(feeds(app, one)["2026-10/"]) for one in (before, after))

    assert old.keys() < new.keys()
    risen = {uid for uid, event in old.items() if new[uid]["SEQUENCE"] > event["SEQUENCE"]}
    assert risen == {one.uid for one in after.sessions if one.sequence}
    same = {uid for uid in old if new[uid].to_ical() == old[uid].to_ical()}
    assert same == old.keys() - risen


def test_a_moved_session_says_in_words_from_when(app: Flask) -> None:
    after = second_publication(first_publication(OCTOBER))
    (moved,) = [one for one in after.sessions if one.change == "moved"]

    read = events(feeds(app, after)["need/legal/"])[moved.uid]

    friday = CLOCKS_CHANGE[OCTOBER] - timedelta(days=2)
    assert moved.was_day == friday
    assert str(read["DESCRIPTION"]).startswith("This session was moved. Before: Friday 23 October, 10:00\n")


def test_a_withdrawn_session_says_so_in_its_title_and_its_status_in_every_feed_that_had_it(app: Flask) -> None:
    after = second_publication(first_publication(OCTOBER))
    (gone,) = [one for one in after.sessions if one.cancelled]

    made = feeds(app, after)

    for address in ("", "2026-10/", "need/legal/", "service/legal-asylum/", "language/en/", "organisation/good-well/"):
        event = events(made[address])[gone.uid]
        assert (event["STATUS"], str(event["SUMMARY"])[:11]) == ("CANCELLED", "Cancelled: "), address


def test_the_words_end_with_the_address_of_the_day_for_calendars_that_show_no_link(app: Flask) -> None:
    (event,) = events(feeds(app, a_programme(sessions=(a_session(date(2026, 12, 9)),)))["2026-12/"]).values()

    assert str(event["DESCRIPTION"]).endswith(f"\n{event['URL']}")
    assert event["URL"] == "http://localhost/en/golden-river/2026-12/#d9"


def test_the_names_of_languages_keep_their_own_direction_in_words_that_run_from_right_to_left(app: Flask) -> None:
    programme = a_programme(sessions=(a_session(date(2026, 12, 9), languages=("bg", "ar", "en")),))

    (event,) = events(feeds(app, programme, language="ar")["2026-12/"]).values()

    assert "\n\u2068العربية\u2069 · \u2068български\u2069 · \u2068English\u2069\n" in str(event["DESCRIPTION"])


def test_each_feed_says_where_it_is_fetched_and_has_no_uid_that_could_be_taken_for_an_events(app: Flask) -> None:
    feed = icalendar.Calendar.from_ical(feeds(app, first_publication(OCTOBER), language="ar")["need/legal/"])

    assert str(feed["SOURCE"]) == "http://localhost/ar/golden-river/need/legal/calendar.ics"
    assert "UID" not in feed


def test_a_name_without_translation_states_its_language_and_the_rest_the_readers(app: Flask) -> None:
    programme = a_programme(sessions=(a_session(date(2026, 12, 9)),))
    services = tuple(
        replace(one, name=LocalisedText({"bg": "Работа"})) if one.code == "job-search" else one
        for one in programme.services
    )

    (event,) = events(feeds(app, replace(programme, services=services), language="ar")["2026-12/"]).values()

    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("Работа", "bg")
    assert event["CATEGORIES"].params["LANGUAGE"] == "ar"


def test_an_unpublished_month_is_an_empty_calendar_and_a_lawful_one(app: Flask) -> None:
    empty = feeds(app, a_programme(DECEMBER, sessions=()))["2027-01/"]

    assert (events(empty), strict.offences(empty)) == ({}, [])
