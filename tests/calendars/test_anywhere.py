"""What goes with the reader: a place on the home screen, a few pages without a connection, a message to a friend."""

import json
from collections.abc import Mapping

import pytest

from bureau.publishing.site.look import read_look
from tests.calendars.test_site import page
from tests.installation import ROOT

LOOK = read_look(ROOT / "bureau" / "static")
Site = Mapping[str, bytes]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("bg", "ltr")])
def test_the_bureau_is_an_application_in_the_language_of_its_reader(site: Site, language: str, direction: str) -> None:
    manifest = json.loads(site[f"{language}/golden-river/manifest.webmanifest"])

    assert (manifest["lang"], manifest["dir"]) == (language, direction)
    assert manifest["start_url"] == manifest["scope"] == f"/{language}/golden-river/"
    assert {icon["src"].removeprefix("/static/look/") for icon in manifest["icons"]} <= LOOK.files.keys()


def test_a_page_asks_for_the_pages_that_its_reader_will_want_and_they_are_there(site: Site) -> None:
    scripts = [one for one in page(site, "need/legal/", "ar").all("script") if "data-wanted" in one]

    wanted = scripts[0]["data-wanted"].split()

    assert wanted == ["/ar/golden-river/", "/ar/golden-river/2026-12/", "/ar/golden-river/language/ar/"]
    assert all(f"{address[1:]}index.html" in site for address in wanted)


def test_the_worker_lies_at_the_root_and_every_script_of_a_page_is_small(site: Site) -> None:
    loaded = [one["src"].removeprefix("/static/look/") for one in page(site, "").all("script") if "src" in one]

    weights = {name: len(LOOK.files[name]) for name in loaded} | {"sw.js": len(site["sw.js"])}

    assert {"keep.js", "share.js", "aloud.js", "open.js"} <= weights.keys()
    assert {name for name, weight in weights.items() if weight >= 4096} == set()


def test_a_friend_is_told_the_next_times_with_their_languages_and_nothing_that_was_cancelled(site: Site) -> None:
    (words,) = [one for one in page(site, "need/legal/").words if "http://localhost/en/golden-river/need/legal/" in one]

    lines = words.strip().split("\n")

    assert lines[0] == "Legal help"
    assert lines[1].startswith("Wednesday 9 December, 10:00–12:00 · English")
    assert lines[-1] == "http://localhost/en/golden-river/need/legal/"
    assert len(lines) == 6
