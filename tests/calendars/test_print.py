"""Sheets of paper: what they say can be read back from the file, in every direction."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pypdf
import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.place import Place, places_of
from bureau.calendars.domain.recurring import in_short, recurring, usual_hours
from bureau.calendars.site.contexts import PlaceContext
from bureau.calendars.site.print.desk import overview_data, today_data
from bureau.calendars.site.print.door import door_data
from bureau.calendars.site.print.drafts import door_drafts, print_drafts
from bureau.calendars.site.print.poster import poster_data
from bureau.calendars.site.reader import Reader, public_environment
from bureau.kernel.localised import LocalisedText
from bureau.kernel.typeset import NotTypeset, typeset, typesetting
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.web.languages import LANGUAGES
from tests.factories.programmes import DECEMBER, a_block, a_bureau, a_programme, a_session, with_changes

TENTH = date(2026, 12, 10)
DECEMBER_5 = datetime(2026, 12, 5, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def december() -> ProgrammeDocument:
    """A published month, changed once; closed at Christmas."""
    return with_changes(a_programme(closed=[date(2026, 12, 25)]), DECEMBER_5)


@pytest.fixture(scope="module")
def reading(app: Flask) -> Callable[..., Iterator[Reader]]:
    """A reader of a language on 10 December; inside, everything is worded for them."""

    @contextmanager
    def reader(document: ProgrammeDocument, language: str, today: date = TENTH) -> Iterator[Reader]:
        (place,) = places_of([document])
        with app.app_context(), force_locale(LANGUAGES[language].locale):
            environment = public_environment(lambda name: name)
            yield Reader(
                place=place, language=language, today=today, base_url="https://example.org", environment=environment
            )

    return reader


def poster(reader: Reader, document: ProgrammeDocument, *, paper: str) -> bytes:
    """The month for the wall or for the hand."""
    return typeset("poster", {**poster_data(reader, document), "paper": paper})


def large_print(reader: Reader, document: ProgrammeDocument) -> bytes:
    """The same in large letters."""
    return typeset("large", poster_data(reader, document))


def door_poster(place: Place, document: ProgrammeDocument, *, paper: str) -> bytes:
    """The month for the door."""
    return typeset("door", {**door_data(place, document, base_url="https://example.org"), "paper": paper})


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with single blanks."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


# What comes again


def weekly(*days: int, hour: int = 10) -> list:
    return [a_session(date(2026, 12, day), starts=time(hour), ends=time(hour + 2)) for day in days]


def mondays() -> ProgrammeDocument:
    days = [date(2026, 12, day) for day in (7, 14, 21, 28)]
    return a_programme(blocks=tuple(a_block(day, time(10), time(17)) for day in days), sessions=())


def test_hours_of_every_week_are_said_once_and_those_that_touch_are_one() -> None:
    (monday,) = usual_hours(mondays())

    (found,) = recurring([*weekly(7, 14, 21, 28), *weekly(7, 14, 21, 28, hour=12)], monday)

    assert (found.hours, found.sure) == (((time(10), time(14)),), True)


def test_hours_of_some_weeks_name_their_days_and_one_that_is_missing_is_named_alone() -> None:
    (monday,) = usual_hours(mondays())

    some, missing = recurring([*weekly(7, 21), *weekly(7, 14, 28, hour=14)], monday)

    assert (some.only, some.except_on) == ((date(2026, 12, 7), date(2026, 12, 21)), ())
    assert (missing.only, missing.except_on) == ((), (date(2026, 12, 21),))
    assert in_short([some, missing]) == (((time(10), time(12)), False), ((time(14), time(16)), False))


def test_a_cancelled_session_is_not_among_what_comes_again() -> None:
    (monday,) = usual_hours(mondays())
    cancelled = [replace(one, change="cancelled") for one in weekly(7, 14, 21, 28)]

    assert recurring(cancelled, monday) == ()


# Posters


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("bg", ["Кой може да ми помогне?", "Декември 2026", "Понеделник–петък", "Намиране на жилище", "Сряда"]),
        ("en", ["Who can help me?", "December 2026", "Monday–Friday", "Finding a home", "For women only", "Wednesday"]),
    ],
)
def test_a_poster_says_who_helps_when_and_where_on_one_page(
    reading: Callable, december: ProgrammeDocument, language: str, expected: list[str]
) -> None:
    with reading(december, language) as reader:
        (text,) = pages(poster(reader, december, paper="a3"))

    everywhere = ["10:00–12:00", "10–12", "15–17", f"example.org/{language}/golden-river"]
    address = december.bureau.address.in_(language)
    assert [words for words in [*expected, *everywhere, address] if words not in text] == []


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_poster_from_right_to_left_can_be_read_back(
    reading: Callable, december: ProgrammeDocument, language: str
) -> None:
    with reading(december, language) as reader:
        (text,) = pages(poster(reader, december, paper="a3"))

    given = {code for one in december.sessions if language in one.languages for code in one.services}
    names = [one.name.in_(language) for one in december.services if one.code in given]
    expected = {word.strip("«»()") for name in names for word in name.split()}
    found = {word for word in expected if word in text}
    assert len(found) >= len(expected) * 0.8, expected - found
    assert [hours for hours in ("10:00–12:00", "13:00–17:00", "10–12", "15–17") if hours not in text] == []


def test_the_door_greets_in_every_language_with_a_code_for_each(app: Flask, december: ProgrammeDocument) -> None:
    (place,) = places_of([december])

    with app.app_context():
        pdf = pypdf.PdfReader(io.BytesIO(door_poster(place, december, paper="a3")))

    (page,) = pdf.pages
    text = page.extract_text()
    assert [one.own_name for one in LANGUAGES.values() if one.direction == "ltr" and one.own_name not in text] == []
    links = [annotation.get_object()["/A"]["/URI"] for annotation in page["/Annots"]]
    assert links == [f"https://example.org/{tag}/golden-river/" for tag in december.bureau.languages]


def test_a_crowded_month_stays_on_one_page_of_the_wall_and_loses_nothing(reading: Callable) -> None:
    usual = a_programme()
    codes = [one.code for one in usual.services]
    crowd = tuple(
        a_session(
            one.day, starts=one.starts, ends=one.ends, room=room.code,
            services=tuple(codes[(index * 7 + one.day.day * 3 + turn * 5 + at) % len(codes)] for at in range(3)),
        )
        for turn, one in enumerate(usual.blocks) for index, room in enumerate(usual.rooms)
    )  # fmt: skip
    crowded = replace(usual, sessions=crowd)

    with reading(crowded, "en") as reader:
        (wall,) = pages(poster(reader, crowded, paper="a3"))
        hand = pages(poster(reader, crowded, paper="a4"))
        overview = pages(typeset("overview", overview_data(reader, crowded)))

    assert "Another language?" in wall
    assert len(hand) > 1
    assert [name for one in usual.services if (name := one.name.in_("en")) not in wall] == []
    assert [name for one in usual.services if (name := one.name.in_("en")) not in " ".join(hand)] == []
    assert sum(page.count("Good Well") for page in overview) == len(crowd)


def test_a_language_that_nobody_speaks_this_month_is_told_what_to_do(reading: Callable) -> None:
    month = a_programme(sessions=(a_session(TENTH, languages=("bg",)),))

    with reading(month, "en") as reader:
        (text,) = pages(poster(reader, month, paper="a3"))

    assert "Nobody speaks your language this month." in text
    assert "български" in text


def sizes_in(pdf: bytes) -> set[float]:
    """The sizes of all letters, in points."""
    sizes: set[float] = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(
            visitor_text=lambda text, _, matrix, __, size: sizes.add(abs(size * matrix[3])) if text.strip() else None
        )
    return sizes


def test_large_print_has_no_small_letters(reading: Callable, december: ProgrammeDocument) -> None:
    with reading(december, "en") as reader:
        assert min(sizes_in(large_print(reader, december))) >= 14


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_the_letters_at_the_door_can_be_read_from_a_step_away_however_full_the_month(
    app: Flask, december: ProgrammeDocument, paper: str
) -> None:
    crowd = tuple(
        replace(one, uid=f"{one.uid}-{tag}", languages=(tag,)) for tag in ("vi", "so") for one in december.sessions
    )
    full = replace(december, sessions=(*december.sessions, *crowd))
    (place,) = places_of([full])

    with app.app_context():
        pdf = door_poster(place, full, paper=paper)

    said = " ".join(pages(pdf))
    assert min(sizes_in(pdf)) > 10.9
    assert [words for words in ("Soomaali", "English", "Tiếng Việt", "12 / 2026") if words not in said] == []


# The desk


def test_the_sheet_of_today_says_what_was_moved_and_cancelled(reading: Callable, december: ProgrammeDocument) -> None:
    with reading(december, "en") as reader:
        (text,) = pages(typeset("today", today_data(reader)))

    expected = [
        "Thursday 10 December",
        "10:00–12:00",
        "Quiet room",
        "Cancelled",
        "New",
        "Moved to another day",
        "français",
    ]
    assert [words for words in expected if words not in text] == []


def test_the_sheet_of_a_closed_day_says_why(reading: Callable, december: ProgrammeDocument) -> None:
    with reading(december, "en", date(2026, 12, 25)) as reader:
        (text,) = pages(typeset("today", today_data(reader)))

    assert "Closed today · Christmas" in text


# Files


def test_the_same_month_gives_the_same_bytes_and_says_its_language_and_title(
    reading: Callable, december: ProgrammeDocument
) -> None:
    with reading(december, "ar") as reader:
        once = large_print(reader, december)
        with typesetting():
            again = large_print(reader, december)
        once_more = large_print(reader, december)

    pdf = pypdf.PdfReader(io.BytesIO(once))
    assert once == again == once_more
    assert pdf.trailer["/Root"]["/Lang"] == "ar"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"ديسمبر 2026 · {december.bureau.name.in_('ar')}"


def test_what_no_font_can_write_stops_no_sheet(reading: Callable) -> None:
    name = LocalisedText({"en": 'Help 🙂 at 日本 #strong[x] " \\ $y$ <script>'})
    month = a_programme(bureau=a_bureau(name=name, languages=("en",)))

    with reading(month, "en") as reader:
        (text,) = pages(poster(reader, month, paper="a3"))

    assert 'Help at ?? #strong[x] " \\ $y$ <script>' in text


def test_sheets_are_made_for_this_month_and_later_and_known_by_what_they_say(
    reading: Callable, december: ProgrammeDocument
) -> None:
    def drafted(document: ProgrammeDocument, today: date) -> dict[str, Draft]:
        with reading(document, "en", today) as reader:
            return {draft.path.removeprefix("en/golden-river/"): draft for draft in print_drafts(reader)}

    here, tomorrow = drafted(december, TENTH), drafted(december, date(2026, 12, 11))
    first, *others = december.sessions
    cancelled = replace(first, sequence=1, change="cancelled", modified=DECEMBER_5.replace(hour=12))
    less = drafted(replace(december, sessions=(cancelled, *others)), TENTH)

    month = {f"2026-12/{name}.pdf" for name in ("poster", "poster-a4", "poster-large", "month-overview")}
    assert here.keys() == month | {"today.pdf"}
    assert {path for path, draft in here.items() if draft.sources != tomorrow[path].sources} == {"today.pdf"}
    assert {path for path, draft in here.items() if draft.sources != less[path].sources} == month | {"today.pdf"}
    assert drafted(december, date(2027, 1, 2)).keys() == {"today.pdf"}


def test_a_sheet_says_something_else_only_where_it_tells_of_what_changed(
    reading: Callable, december: ProgrammeDocument
) -> None:
    def said(document: ProgrammeDocument) -> dict[str, object]:
        with reading(document, "ar") as reader:
            return {draft.path.rpartition("/")[2]: draft.says() for draft in print_drafts(reader) if draft.says}

    ours = next(one for one in december.sessions if "ar" in one.languages and one.day > TENTH and not one.change)
    theirs = next(one for one in december.sessions if one.services == ("job-search",) and one.languages == ("uk", "ru"))

    def without(one: PublishedSession) -> ProgrammeDocument:
        gone = replace(one, sequence=1, change="cancelled", modified=DECEMBER_5.replace(hour=12))
        return replace(
            december,
            number=3,
            published_at=gone.modified,
            sessions=tuple(gone if s is one else s for s in december.sessions),
        )

    before = said(december)
    changed = [{name for name, now in said(without(one)).items() if now != before[name]} for one in (ours, theirs)]

    posters = {"poster.pdf", "poster-a4.pdf", "poster-large.pdf"}
    assert changed == [posters | {"month-overview.pdf"}, {"month-overview.pdf"}]


def test_a_sheet_that_cannot_be_set_says_so_and_the_next_one_is_set(
    reading: Callable, december: ProgrammeDocument
) -> None:
    with pytest.raises(NotTypeset, match="no such sheet"):
        typeset("no such sheet", {})

    with reading(december, "en", date(2026, 12, 26)) as reader:
        assert typeset("today", today_data(reader)).startswith(b"%PDF")


def test_the_poster_for_the_door_lies_beside_those_of_single_languages(december: ProgrammeDocument) -> None:
    (place,) = places_of([december])
    context = PlaceContext(place=place, today=TENTH, base_url="", environment=None, asset=str)

    paths = [draft.path for draft in door_drafts(context)]

    assert paths == [f"mul/golden-river/{DECEMBER}/poster.pdf", f"mul/golden-river/{DECEMBER}/poster-a4.pdf"]
