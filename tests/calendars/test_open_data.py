"""Open data: HSDS and the table of a month, as other programs read them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from bureau.calendars.site.data import COLUMNS, place_drafts, site_drafts, table_drafts
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.calendars import hsds_rules
from tests.calendars.made import for_place, for_reader, for_site
from tests.calendars.two_publications import OCTOBER, first_publication, second_publication
from tests.factories.programmes import DECEMBER, a_bureau, a_programme, a_session, with_changes

NINTH = date(2026, 12, 9)
Read = dict[str, Any]


@pytest.fixture(scope="module")
def programme() -> ProgrammeDocument:
    """December, published again after changes."""
    return with_changes(a_programme(bureau=a_bureau(country="BG")), datetime(2026, 12, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def site(app: Flask, programme: ProgrammeDocument) -> Read:
    """What lies above all bureaux, read as JSON: path → data."""
    return {path: json.loads(content) for path, content in for_site(app, site_drafts, programme).items()}


def one_service(app: Flask, document: ProgrammeDocument, **at: Any) -> Read:
    """The only service of a small programme, with everything about it."""
    (service,) = json.loads(for_place(app, place_drafts, document, **at)["hsds/golden-river/complete.json"])["contents"]
    return dict(service)


def ids(value: Any) -> Iterator[str]:
    """Every identifier of an object and of all that is inside."""
    if isinstance(value, dict):
        yield from (found for name, found in value.items() if name == "id")
        yield from (found for one in value.values() for found in ids(one))
    elif isinstance(value, list):
        yield from (found for one in value for found in ids(one))


# HSDS


def test_every_object_has_the_fields_that_the_specification_knows_and_needs(site: Read) -> None:
    kinds = {
        "services": "service",
        "organizations": "organization",
        "taxonomy_terms": "taxonomy_term",
        "taxonomies": "taxonomy",
    }
    found = []
    for path, data in site.items():
        name, _, single = path.removeprefix("hsds/").removesuffix(".json").partition("/")
        if name in kinds:
            nodes = [data] if single else data["contents"]
            found += [f"{path}: {one}" for node in nodes for one in hsds_rules.offences(kinds[name], node)]

    assert found == []
    assert len(site) > 45


def test_a_list_is_one_page_that_says_so(site: Read) -> None:
    services = site["hsds/services.json"]

    assert {name: services[name] for name in ("total_pages", "page_number", "first_page", "last_page", "empty")} == {
        "total_pages": 1, "page_number": 1, "first_page": True, "last_page": True, "empty": False,
    }  # fmt: skip
    assert services["total_items"] == services["size"] == len(services["contents"])


def test_every_service_and_organisation_of_the_lists_has_a_file_of_its_own(site: Read) -> None:
    for name in ("services", "organizations"):
        listed = {f"hsds/{name}/{one['id']}.json" for one in site[f"hsds/{name}.json"]["contents"]}
        assert listed == {path for path in site if path.startswith(f"hsds/{name}/")}


def test_a_service_is_listed_once_for_each_organisation_that_gives_it(site: Read) -> None:
    given = [
        one["organization"]["name"]
        for one in site["hsds/services.json"]["contents"]
        if one["url"] == "http://localhost/bg/golden-river/service/forms/"
    ]

    assert len(given) == len(set(given)) == 3


def test_no_two_things_have_the_same_identifier(app: Flask, programme: ProgrammeDocument) -> None:
    complete = json.loads(for_place(app, place_drafts, programme)["hsds/golden-river/complete.json"])

    kinds: dict[str, set[str]] = {}
    for service in complete["contents"]:
        for kind in ("schedules", "languages", "service_at_locations", "attributes", "required_documents"):
            for one in service.get(kind, ()):
                assert one["id"] not in kinds.setdefault(kind, set())
                kinds[kind].add(one["id"])
    assert not kinds["schedules"] & kinds["languages"]


def test_identifiers_stay_when_the_month_is_published_again(app: Flask) -> None:
    before = first_publication(OCTOBER)
    at = datetime(2026, 10, 15, 9, tzinfo=UTC)

    first, second = (
        set(ids(json.loads(for_place(app, place_drafts, one, now=at)["hsds/golden-river/complete.json"])))
        for one in (before, second_publication(before))
    )

    assert len(first & second) > 30


def test_a_session_is_a_schedule_of_one_day_by_the_clock_of_the_place(app: Flask) -> None:
    session = a_session(date(2027, 3, 29), starts=time(10), ends=time(12), languages=("fa",))
    document = a_programme(Month(2027, 3), sessions=(session,))

    (schedule,) = one_service(app, document, now=datetime(2027, 3, 1, 9, tzinfo=UTC))["schedules"]

    said = {name: schedule[name] for name in ("valid_from", "valid_to", "opens_at", "closes_at", "timezone", "count")}
    assert said == {
        "valid_from": "2027-03-29", "valid_to": "2027-03-29", "opens_at": "10:00+03:00", "closes_at": "12:00+03:00",
        "timezone": 3, "count": 1,
    }  # fmt: skip
    assert schedule["schedule_link"] == "http://localhost/bg/golden-river/2027-03/#d29"


def test_withdrawn_and_past_months_sessions_are_no_offer(app: Flask) -> None:
    gone = replace(a_session(NINTH), change="cancelled", sequence=1)
    past = a_programme(Month(2026, 11), sessions=(a_session(date(2026, 11, 9)),))

    made = for_place(app, place_drafts, past, a_programme(sessions=(gone,)))

    assert json.loads(made["hsds/golden-river/services.json"])["empty"] is True


def test_words_are_in_the_bureaus_first_language_with_the_english_name_beside_it(app: Flask) -> None:
    document = a_programme(sessions=(a_session(NINTH, services=("women-safe",)),))

    service = one_service(app, document)

    assert service["name"] != service["alternate_name"]
    assert service["attributes"][0]["taxonomy_term"]["language"] == "bg"
    assert service["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Златна"


def test_what_is_not_known_is_left_out_rather_than_guessed(app: Flask) -> None:
    bureau = a_bureau(latitude=None, longitude=None, phone="", email="", facilities=())
    document = a_programme(bureau=bureau, sessions=(a_session(NINTH),))

    service = one_service(app, document)

    location = service["service_at_locations"][0]["location"]
    assert not {"latitude", "longitude", "phones", "accessibility"} & location.keys()
    assert "email" not in service
    assert list(hsds_rules.offences("service", service)) == []


# The table


def rows(app: Flask, document: ProgrammeDocument, language: str = "en") -> list[dict[str, str]]:
    """The table of December as a spreadsheet reads it."""
    content = for_reader(app, table_drafts, document, language=language)[
        f"{language}/golden-river/2026-12/programme.csv"
    ]
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each_session_withdrawn_ones_too(app: Flask, programme: ProgrammeDocument) -> None:
    table = rows(app, programme)

    assert tuple(table[0]) == COLUMNS
    assert [(row["uid"], row["sequence"], row["status"]) for row in table] == [
        (one.uid, str(one.sequence), one.change or "") for one in programme.sessions
    ]


def test_a_row_says_when_where_what_and_in_which_languages(app: Flask, programme: ProgrammeDocument) -> None:
    (moved,) = [row for row in rows(app, programme, "ar") if row["status"] == "moved"]

    assert {name: moved[name] for name in ("date", "starts", "starts_at", "was_date", "was_starts", "languages")} == {
        "date": "2026-12-11", "starts": "13:00", "starts_at": "2026-12-11T11:00:00Z", "was_date": "2026-12-10",
        "was_starts": "10:00", "languages": "en fr",
    }  # fmt: skip
    assert moved["need_names"] == "المساعدة القانونية"


def test_no_cell_is_a_formula(app: Flask) -> None:
    trick = a_session(NINTH, note=LocalisedText({"en": '=HYPERLINK("http://evil.example","Click")'}))

    (row,) = rows(app, a_programme(DECEMBER, sessions=(trick,)))

    assert row["note"].startswith("'=")
