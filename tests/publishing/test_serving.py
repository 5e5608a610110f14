"""How the public site is answered, with the database out of reach."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from bureau.web.headers import HEADERS
from tests.factories.programmes import a_bureau
from tests.publishing.conftest import put_out, tiny

HOME = "/en/golden-river/"
BUDGET = 60_000


def test_a_page_comes_with_the_security_headers_and_without_a_cookie(reader: FlaskClient) -> None:
    answer = reader.get(HOME)

    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert answer.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)], ids=["br", "gzip", "plain"]
)
def test_the_encoding_is_the_best_that_the_browser_takes(
    reader: FlaskClient, accepted: str, encoding: str | None
) -> None:
    answer = reader.get(HOME, headers={"Accept-Encoding": accepted})

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert (answer.headers.get("Content-Encoding"), answer.headers["Vary"]) == (encoding, "Accept-Encoding")
    assert unpack(answer.data) == reader.get(HOME).data


@pytest.mark.parametrize("weak", ["", "W/"])
def test_an_unchanged_page_is_not_sent_again(reader: FlaskClient, weak: str) -> None:
    mark = reader.get(HOME).headers["ETag"]

    again = reader.get(HOME, headers={"If-None-Match": weak + mark})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mark)


def test_the_look_may_be_kept_for_ever_since_its_address_changes_with_it(reader: FlaskClient) -> None:
    style = re.search(r'href="(/static/look-[0-9a-f]+/css/bureau.css)"', reader.get(HOME).text)

    assert style is not None
    assert "immutable" in reader.get(style[1]).headers["Cache-Control"]


@pytest.mark.parametrize("language", ["en", "ar", "bg"])
@pytest.mark.parametrize("address", ["", "2026-12/", "need/legal/", "language/en/"])
def test_a_first_view_weighs_at_most_sixty_kilobytes_fonts_apart(
    reader: FlaskClient, language: str, address: str
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = f"/{language}/golden-river/{address}"
    html = reader.get(page).text
    parts = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))

    weights = [len(reader.get(one, headers=packed).data) for one in (page, *parts)]

    assert len(parts) >= 3
    assert sum(weights) <= BUDGET


def test_a_feed_is_a_calendar_that_any_site_may_read(reader: FlaskClient) -> None:
    answer = reader.get("/ar/golden-river/need/legal/calendar.ics")

    assert (answer.mimetype, answer.headers["Access-Control-Allow-Origin"]) == ("text/calendar", "*")
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("address", "accepted", "target"),
    [
        ("/", "ar-SY,ar;q=0.9,en;q=0.5", "/ar/golden-river/"),
        ("/", "de", "/bg/golden-river/"),
        ("/", "", "/bg/golden-river/"),
        ("/fa/", "en", "/fa/golden-river/"),
        ("/en/golden-river", "en", "golden-river/"),
    ],
)
def test_a_short_address_leads_on_by_language(reader: FlaskClient, address: str, accepted: str, target: str) -> None:
    answer = reader.get(address, headers={"Accept-Language": accepted})

    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert answer.headers.getlist("Set-Cookie") == []


def test_with_several_bureaux_the_reader_chooses(house: Flask) -> None:
    put_out(house, tiny(), tiny(bureau=a_bureau("blue-hill", languages=("en", "ar"))))
    client = house.test_client()

    assert client.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "/ar/"
    assert re.findall(r'<h4><a href="([^"]+)"', client.get("/ar/").text) == ["/ar/blue-hill/", "/ar/golden-river/"]


def test_before_anything_is_published_the_front_page_says_so_kindly(house: Flask) -> None:
    answer = house.test_client().get("/", headers={"Accept-Language": "en"})

    assert answer.status_code == 404
    assert "The programme is not published yet." in answer.text


def test_a_new_release_is_met_by_every_server_that_has_started_before_it(house: Flask) -> None:
    put_out(house, tiny())
    before = house.test_client().get(HOME)

    put_out(house, replace(tiny(), sessions=()))
    after = house.test_client().get(HOME, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.data != before.data


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We cannot find this"),
        ("fr", "Nous ne trouvons pas cette page ou cet élément"),
        ("ar", "لم نجد هذه الصفحة"),
    ],
)
def test_a_page_that_is_not_there_is_told_in_the_language_of_its_address_with_a_way_on(
    reader: FlaskClient, language: str, sentence: str
) -> None:
    answer = reader.get(f"/{language}/golden-river/need/flying/", headers={"Accept-Language": "bg"})

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text
    assert sentence in answer.text
    assert f'<a class="btn" href="/{language}/">' in answer.text
    assert "htmx" not in answer.text


def test_nothing_outside_the_site_can_be_reached(reader: FlaskClient, december: Path) -> None:
    beside = (december / "current").resolve().with_name("release.json")

    answers = [reader.get(path) for path in ("/../release.json", "/en/../../release.json", "/%2e%2e/release.json")]

    assert beside.exists()
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_watchers_are_answered_without_the_database(reader: FlaskClient) -> None:
    assert reader.get("/healthz").json == {"status": "ok", "database": "down", "published": True}


@pytest.mark.parametrize("published", [True, False])
def test_robots_and_finders_of_weaknesses_are_told_the_same_before_and_after(
    house: Flask, reader: FlaskClient, published: bool
) -> None:
    client = reader if published else house.test_client()

    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /desk/\nSitemap: http://localhost/sitemap.xml\n"
    assert "Contact: mailto:security@example.org\n" in client.get("/.well-known/security.txt").text
