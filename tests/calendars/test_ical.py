"""Feeds as other programs read them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.calendars import ical
from bureau.calendars.domain.feed import Event, FeedHead
from tests.calendars import strict

TEN = datetime(2026, 12, 9, 8, tzinfo=UTC)
HEAD = FeedHead(
    name="Legal help · Golden River", description="One place, many organisations", language="en",
    url="http://localhost/en/golden-river/need/legal/", timezone="Europe/Sofia", modified=TEN,
    source="http://localhost/en/golden-river/need/legal/calendar.ics",
)  # fmt: skip
EVENT = Event(
    uid="one@golden-river", sequence=2, modified=TEN - timedelta(days=3), starts=TEN, ends=TEN + timedelta(hours=2),
    language="en", summary="Legal advice", description="Open Gate\nEnglish", location="Quiet room, 12 Lipova Street",
    categories=("Legal help",), url="http://localhost/en/golden-river/2026-12/#d9", place=(42.7, 23.32), cancelled=False,
)  # fmt: skip
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85"), max_size=120
)


def parsed(*events: Event) -> icalendar.Calendar:
    """The feed of ``events`` as the reference library reads it."""
    return icalendar.Calendar.from_ical(ical.write(HEAD, map(ical.fragment, events)))


def test_the_feed_says_what_it_is_and_how_often_to_look() -> None:
    feed = parsed(EVENT)

    said = {name: str(feed[name]) for name in ("NAME", "X-WR-CALNAME", "URL", "SOURCE", "COLOR", "VERSION")}
    assert said == {
        "NAME": HEAD.name, "X-WR-CALNAME": HEAD.name, "URL": HEAD.url, "SOURCE": HEAD.source, "COLOR": "teal",
        "VERSION": "2.0",
    }  # fmt: skip
    assert feed["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert feed["NAME"].params["LANGUAGE"] == "en"


def test_a_feed_is_no_message_between_calendars() -> None:
    assert "METHOD" not in parsed(EVENT)


def test_a_private_feed_does_not_repeat_its_secret_address() -> None:
    feed = ical.write(replace(HEAD, source=""), [ical.fragment(EVENT)])

    assert (b"SOURCE" in feed, strict.offences(feed)) == (False, [])


def test_words_that_are_not_translated_say_their_language() -> None:
    event = replace(EVENT, language="ar", summary_in="en", location_in="bg")

    (read,) = parsed(event).walk("VEVENT")

    assert [read[name].params["LANGUAGE"] for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == ["en", "bg", "ar"]


def test_an_event_is_read_back_as_it_was_written() -> None:
    (event,) = parsed(EVENT).walk("VEVENT")

    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("one@golden-river", 2, "CONFIRMED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (EVENT.starts, EVENT.ends)
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (EVENT.modified, EVENT.modified)
    assert (event["SUMMARY"], event["DESCRIPTION"], event["LOCATION"]) == (
        EVENT.summary, EVENT.description, EVENT.location,
    )  # fmt: skip
    assert (event["CATEGORIES"].cats, event["URL"]) == (["Legal help"], EVENT.url)
    assert (event["GEO"].latitude, event["GEO"].longitude) == (42.7, 23.32)
    assert [event[name].params["LANGUAGE"] for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == ["en"] * 3


def test_a_withdrawn_session_stays_as_cancelled() -> None:
    (event,) = parsed(replace(EVENT, cancelled=True, sequence=3)).walk("VEVENT")

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 3)


@given(WORDS, WORDS, st.lists(WORDS.filter(bool), max_size=3))
def test_any_words_in_any_script_come_back_unharmed(summary: str, description: str, categories: list[str]) -> None:
    event = replace(EVENT, summary=summary, description=f"{description}\n{summary}", categories=tuple(categories))

    (read,) = parsed(event).walk("VEVENT")

    assert (str(read["SUMMARY"]), str(read["DESCRIPTION"])) == (summary, f"{description}\n{summary}")
    assert [str(one) for one in read["CATEGORIES"].cats] if categories else True


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=3))
def test_whatever_the_words_the_feed_keeps_every_rule_of_the_standards(words: list[str]) -> None:
    events = [replace(EVENT, uid=f"{number}@here", summary=one, categories=(one,)) for number, one in enumerate(words)]

    feed = ical.write(replace(HEAD, name=words[0]), map(ical.fragment, events))

    assert strict.offences(feed) == []


def test_a_feed_without_sessions_is_still_a_calendar() -> None:
    assert [part.name for part in parsed().walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]
    assert strict.offences(ical.write(HEAD, [])) == []


@pytest.mark.parametrize(
    ("harm", "offence"),
    [
        (lambda feed: feed.replace(b"\r\n", b"\n"), "a line does not end with CR LF"),
        (lambda feed: feed.replace(b"Legal advice", b"Legal, advice"), "SUMMARY may not be 'Legal, advice'"),
        (lambda feed: feed.replace(b"DTSTAMP:20261206T080000Z\r\n", b""), "VEVENT has no DTSTAMP"),
        (lambda feed: feed.replace(b"COLOR:", b"COLOR:red\r\nCOLOR:"), "VCALENDAR has COLOR 2 times"),
        (lambda feed: feed.replace(b"VERSION", b"METHOD:PUBLISH\r\nVERSION"), "VCALENDAR may not have METHOD"),
    ],
)  # fmt: skip
def test_the_rules_are_really_looked_at(harm: Callable[[bytes], bytes], offence: str) -> None:
    feed = ical.write(HEAD, [ical.fragment(EVENT)])

    assert (strict.offences(feed), offence in strict.offences(harm(feed))) == ([], True)


def test_the_same_events_give_the_same_bytes() -> None:
    assert ical.write(HEAD, [ical.fragment(EVENT)]) == ical.write(HEAD, [ical.fragment(EVENT)])
