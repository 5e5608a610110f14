"""Months that are over are not made again every day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from bureau.calendars.domain.files import PublicFile
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.publishing.actions import SiteFile, publish_documents
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import PUBLISHED, a_bureau
from tests.publishing.conftest import NOW, check, in_force, put_out, tiny

JANUARY = datetime(2027, 1, 7, 9, 30, tzinfo=UTC)
PAST_MONTH = ("2026-12/index.html", "2026-12/calendar.ics")


def made(app: Flask, *documents: ProgrammeDocument, now: datetime = JANUARY) -> set[str]:
    """The files that publishing makes anew rather than knows to be unchanged."""
    seen: list[SiteFile] = []

    def watch(files: Iterator[SiteFile], number: int) -> Iterator[SiteFile]:
        for file in files:
            seen.append(file)
            yield file

    with app.app_context():
        publish_documents(lambda: documents, now=now, watch=watch)
    return {file.path for file in seen if isinstance(file, PublicFile)}


def past(language: str) -> set[str]:
    """The files of December in one language."""
    return {f"{language}/golden-river/{name}" for name in PAST_MONTH}


def january(**changes: object) -> ProgrammeDocument:
    """The month after, published later."""
    return replace(tiny(Month(2027, 1)), published_at=PUBLISHED + timedelta(days=30), **changes)


def test_a_month_that_is_over_is_taken_over_from_the_release_before(house: Flask) -> None:
    put_out(house, tiny(), january(), now=JANUARY)
    before = in_force(house)

    remade = made(house, tiny(), january(), now=JANUARY + timedelta(days=1))

    page = "ar/golden-river/2026-12/index.html"
    assert not remade & (past("en") | past("ar"))
    assert "ar/golden-river/2027-01/index.html" in remade
    assert (in_force(house) / page).samefile(before / page)
    assert not check(house, tiny(), january(), now=JANUARY + timedelta(days=1))


def test_a_month_is_made_once_more_when_it_is_over(house: Flask) -> None:
    put_out(house, tiny(), january(), now=NOW)

    assert past("en") < made(house, tiny(), january(), now=JANUARY)
    assert not check(house, tiny(), january(), now=JANUARY)


def renamed(document: ProgrammeDocument, part: str) -> ProgrammeDocument:
    """The document with another name for everything of one kind."""
    things = tuple(replace(one, name=LocalisedText({"en": "New name"})) for one in getattr(document, part))
    return replace(document, **{part: things})


@pytest.mark.parametrize(
    "later",
    [
        lambda: [tiny(), replace(january(), bureau=a_bureau(languages=("en", "ar"), name=LocalisedText({"en": "New name"})))],
        lambda: [tiny(), renamed(january(), "services")],
        lambda: [tiny(), renamed(january(), "organisations")],
        lambda: [tiny(), renamed(january(), "rooms")],
        lambda: [tiny(), renamed(january(), "languages")],
        lambda: [tiny(), renamed(january(), "categories")],
        lambda: [replace(tiny(), sessions=tiny().sessions[:1]), january()],
        lambda: [replace(tiny(), sessions=()), january()],
        lambda: [tiny(Month(2026, 11)), tiny(), january()],
    ],
    ids=["bureau", "service", "organisation", "room", "language", "need", "one session less", "nothing", "month before"],
)  # fmt: skip
def test_a_month_that_is_over_is_made_anew_when_anything_it_says_has_changed(
    house: Flask, later: Callable[[], list[ProgrammeDocument]]
) -> None:
    put_out(house, tiny(), january(), now=JANUARY)

    remade = made(house, *later(), now=JANUARY)

    assert past("en") | past("ar") <= remade
    assert not check(house, *later(), now=JANUARY)


def test_a_month_that_is_over_is_made_anew_by_another_version_of_the_look(house: Flask, tmp_path: Path) -> None:
    put_out(house, tiny(), january(), now=JANUARY)
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "bureau.css").write_text("body { margin: 0 }")
    house.static_folder = str(tmp_path / "static")

    assert past("en") | past("ar") <= made(house, tiny(), january())
    assert not check(house, tiny(), january(), now=JANUARY)


def test_one_bureau_published_alone_leaves_the_past_of_the_others_known(house: Flask) -> None:
    blue = replace(tiny(), bureau=a_bureau("blue-hill", languages=("en",)))
    put_out(house, tiny(), blue, now=JANUARY)
    put_out(house, tiny(), blue, now=JANUARY, bureau="blue-hill")

    assert not past("en") & made(house, tiny(), blue, now=JANUARY)
