"""What pages say to search engines, as they read it."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.calendars.site import structured
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.calendars.made import reader_of
from tests.factories.programmes import a_bureau, a_programme, a_session

NINTH, TENTH = date(2026, 12, 9), date(2026, 12, 10)
Node = dict[str, Any]


def nodes(app: Flask, document: ProgrammeDocument, language: str = "en", *, home: bool = False) -> list[Node]:
    """What a page about all sessions and services of the programme says; ``home`` for the first page."""
    with app.app_context(), force_locale(language):
        reader = reader_of([document], language)
        sessions = reader.place.sessions
        services = reader.place.services.values()
        said = structured.of_home(reader, sessions) if home else structured.of_dates(reader, sessions, services)
    data = json.loads(said)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def of_type(found: list[Node], kind: str) -> list[Node]:
    """The nodes of one type."""
    return [node for node in found if node["@type"] == kind]


def test_a_session_is_an_event_with_its_hours_by_the_clock_of_the_place(app: Flask) -> None:
    (event,) = of_type(nodes(app, a_programme(sessions=(a_session(NINTH, languages=("ar", "fa")),))), "Event")

    assert (event["startDate"], event["endDate"]) == ("2026-12-09T10:00:00+02:00", "2026-12-09T12:00:00+02:00")
    assert (event["eventStatus"], event["inLanguage"]) == ("https://schema.org/EventScheduled", ["ar", "fa"])
    assert event["location"] == {"@id": "http://localhost/bg/golden-river/#place"}
    assert event["url"] == "http://localhost/en/golden-river/2026-12/#d9"


@pytest.mark.parametrize(
    ("changes", "status", "previous"),
    [
        ({"change": "cancelled"}, "EventCancelled", None),
        ({"change": "moved", "was_day": TENTH, "was_starts": a_session(TENTH).starts}, "EventRescheduled",
         "2026-12-10T10:00:00+02:00"),
    ],
)  # fmt: skip
def test_what_became_of_a_session_is_said(
    app: Flask, changes: dict[str, Any], status: str, previous: str | None
) -> None:
    (event,) = of_type(nodes(app, a_programme(sessions=(a_session(NINTH, **changes),))), "Event")

    assert (event["eventStatus"], event.get("previousStartDate")) == (f"https://schema.org/{status}", previous)


def test_home_says_the_opening_hours_of_the_next_days_and_which_are_closed(app: Flask) -> None:
    (office,) = of_type(nodes(app, a_programme(closed=[date(2026, 12, 11)]), home=True), "GovernmentOffice")

    hours = [(one["validFrom"], one["opens"], one["closes"]) for one in office["openingHoursSpecification"]]
    assert hours[:2] == [("2026-12-09", "10:00", "12:00"), ("2026-12-09", "13:00", "17:00")]
    assert ("2026-12-11", "00:00", "00:00") in hours
    assert office["openingHoursSpecification"][0]["dayOfWeek"] == "https://schema.org/Wednesday"


def test_a_service_says_in_which_languages_it_is_to_be_had(app: Flask) -> None:
    found = nodes(
        app, a_programme(sessions=(a_session(NINTH, services=("women-safe",), languages=("fa", "ar")),)), "ar"
    )

    (service,) = [one for one in of_type(found, "GovernmentService") if one["@id"].endswith("/service/women-safe/")]
    assert service["availableChannel"]["availableLanguage"] == ["ar", "fa"]
    assert service["audience"] == {"@type": "PeopleAudience", "suggestedGender": "female"}


def test_a_page_describes_the_next_sessions_only_so_that_it_stays_light(app: Flask) -> None:
    assert len(of_type(nodes(app, a_programme(), home=True), "Event")) == structured.MOST


def test_nothing_in_the_words_ends_the_element_or_begins_another(app: Flask) -> None:
    document = a_programme(bureau=a_bureau(name=LocalisedText({"en": "</script><script>alert(1)</script>&amp;<!--"})))

    with app.app_context(), force_locale("en"):
        said = str(structured.of_home(reader_of([replace(document, sessions=())]), ()))

    assert not set("<>&") & set(said)
    assert json.loads(said)["@graph"][0]["name"] == "</script><script>alert(1)</script>&amp;<!--"
