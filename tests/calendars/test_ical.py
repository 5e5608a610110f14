"""Feeds as other programs read them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from bureau.calendars import ical
from bureau.calendars.domain.feed import Event, FeedHead

TEN = datetime(2026, 12, 9, 8, tzinfo=UTC)
HEAD = FeedHead(
    name="Legal help · Golden River", description="One place, many organisations", language="en",
    url="http://localhost/en/golden-river/need/legal/", timezone="Europe/Sofia", modified=TEN,
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

    said = {name: str(feed[name]) for name in ("NAME", "X-WR-CALNAME", "URL", "METHOD", "VERSION", "X-PUBLISHED-TTL")}
    assert said == {
        "NAME": HEAD.name, "X-WR-CALNAME": HEAD.name, "URL": HEAD.url, "METHOD": "PUBLISH", "VERSION": "2.0",
        "X-PUBLISHED-TTL": "PT6H",
    }  # fmt: skip
    assert feed["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert feed["NAME"].params["LANGUAGE"] == "en"


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


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_no_line_is_longer_than_75_octets_and_none_breaks_a_character(words: list[str]) -> None:
    feed = ical.write(HEAD, [ical.fragment(replace(EVENT, summary=one)) for one in words])

    lines = feed.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() or True for line in lines)
    assert b"\n" not in feed.replace(b"\r\n", b"")


def test_a_feed_without_sessions_is_still_a_calendar() -> None:
    assert [part.name for part in parsed().walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]


def test_the_same_events_give_the_same_bytes() -> None:
    assert ical.write(HEAD, [ical.fragment(EVENT)]) == ical.write(HEAD, [ical.fragment(EVENT)])
