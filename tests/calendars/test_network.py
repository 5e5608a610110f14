"""Several bureaux of one installation: by city, by language, nearest first."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from bureau.calendars.domain.network import cities_of, distance, nearest
from bureau.calendars.domain.place import Place, places_of
from bureau.calendars.site.chooser import front_drafts
from bureau.calendars.site.contexts import SiteContext
from bureau.calendars.site.reader import public_environment
from bureau.kernel.localised import LocalisedText
from tests.factories.programmes import a_bureau, a_programme

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
CITIES = {
    "golden-river": ({"en": "Sofia", "bg": "София", "ar": "صوفيا"}, (42.70, 23.32)),
    "blue-hill": ({"en": "Plovdiv", "bg": "Пловдив"}, (42.15, 24.75)),
    "lime-yard": ({"en": "Sofia", "bg": "София", "ar": "صوفيا"}, (42.65, 23.38)),
    "sea-gate": ({"bg": "Варна"}, (None, None)),
}  # fmt: skip


def places(*codes: str) -> tuple[Place, ...]:
    """Bureaux of these codes, each with December published in two languages; the second speaks no Persian."""
    documents = []
    for code in codes:
        city, (latitude, longitude) = CITIES[code]
        bureau = a_bureau(
            code, languages=("en", "ar"), city=LocalisedText(city), latitude=latitude, longitude=longitude
        )
        programme = a_programme(code=code, bureau=bureau)
        if code == "blue-hill":
            kept = tuple(one for one in programme.sessions if "fa" not in one.languages)
            programme = replace(programme, sessions=kept)
        documents.append(programme)
    return places_of(documents)


@pytest.fixture(scope="module")
def every() -> tuple[Place, ...]:
    """Four bureaux in three cities."""
    return places(*CITIES)


@pytest.fixture(scope="module")
def pages(app: Flask, every: tuple[Place, ...]) -> Mapping[str, str]:
    """The pages above the bureaux."""
    return rendered(app, every)


def rendered(app: Flask, chosen: tuple[Place, ...]) -> dict[str, str]:
    """The pages above these bureaux, by path."""
    with app.app_context():
        site = SiteContext(
            places=chosen, now=NOW, base_url="http://localhost",
            environment=public_environment(lambda name: f"/static/look/{name}"), asset=lambda name: name,
        )  # fmt: skip
        return {draft.path: draft.make().decode() for draft in front_drafts(site)}


def test_bureaux_of_one_city_stand_together_under_its_english_name(every: tuple[Place, ...]) -> None:
    cities = {city.slug: [place.bureau.code for place in city.places] for city in cities_of(every)}

    assert cities == {"plovdiv": ["blue-hill"], "sea-gate": ["sea-gate"], "sofia": ["golden-river", "lime-yard"]}


def test_the_nearest_bureau_comes_first_and_one_that_does_not_say_where_it_is_comes_last(
    every: tuple[Place, ...],
) -> None:
    plovdiv = cities_of(every)[0]

    found = [(one.place.bureau.code, one.km) for one in nearest(plovdiv, every)]

    assert found == [("blue-hill", 0), ("lime-yard", 125), ("golden-river", 132), ("sea-gate", None)]


def test_distances_are_those_of_the_globe() -> None:
    assert round(distance((42.70, 23.32), (43.21, 27.91))) == 378
    assert distance((42.70, 23.32), (42.70, 23.32)) == 0
    assert round(distance((0, 0), (0, 180))) == 20015


def test_there_is_a_page_for_each_city_and_each_language_given_anywhere(pages: Mapping[str, str]) -> None:
    near = {path for path in pages if "/near-" in path}
    spoken = {path for path in pages if "/language-" in path}

    assert near == {
        f"{tag}/near-{city}/index.html" for tag in ("en", "ar") for city in ("plovdiv", "sea-gate", "sofia")
    }
    assert {"en/language-fa/index.html", "ar/language-uk/index.html"} < spoken


def test_a_language_leads_to_the_bureaux_that_give_it_with_the_next_day(pages: Mapping[str, str]) -> None:
    page = pages["en/language-fa/index.html"]

    leads = re.findall(r'<h2><a href="([^"]+)"', page)

    assert leads == [f"/en/{code}/language/fa/" for code in ("golden-river", "lime-yard", "sea-gate")]
    assert page.count("Next: Wednesday 9 December") == 3


def test_the_front_page_asks_for_the_city_and_says_who_is_open_today(pages: Mapping[str, str]) -> None:
    page = pages["ar/index.html"]

    assert 'href="/ar/near-sofia/"' in page
    assert page.count("10:00–12:00") == 4
    assert "geolocation" not in page
    assert "<script" not in page


def test_one_bureau_alone_needs_no_choice(app: Flask) -> None:
    alone = rendered(app, places("golden-river"))

    assert set(alone) == {"index.html", "en/index.html", "ar/index.html"}
    assert 'content="0; url=/ar/golden-river/"' in alone["ar/index.html"]
