"""What a resident reads, page by page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import icalendar
import pytest

from bureau.calendars.domain.place import places_of
from bureau.calendars.domain.variants import VARIANTS
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES
from tests.calendars.conftest import NOW
from tests.factories.programmes import DECEMBER, a_block, a_bureau, a_programme, a_session

Site = Mapping[str, bytes]
Render = Callable[..., Site]


def small(month: Month = DECEMBER, *, languages: tuple[str, ...] = ("en",), **changes: Any) -> ProgrammeDocument:
    """A programme whose site is written in few languages, which is quicker."""
    return a_programme(month, **{"bureau": a_bureau(languages=languages), **changes})


class Parsed(HTMLParser):
    """Links, anchors, texts and attributes of a page."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All the words, with single blanks."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]


def page(site: Site, address: str, language: str = "en") -> Parsed:
    """The page at an address below the bureau."""
    return Parsed(site[f"{language}/golden-river/{address}index.html"])


def feed(site: Site, address: str, language: str = "en") -> icalendar.Calendar:
    """The feed beside a page."""
    return icalendar.Calendar.from_ical(site[f"{language}/golden-river/{address}calendar.ics"])


SEGMENTS = {**{tag: tag for tag in LANGUAGES}, **{one.segment: one.tag for one in VARIANTS}}
"""The first part of addresses, and how the pages below it state their language."""
LOOKED_AT = ("en", "ar", "fa-jalali")
KINDS = (
    "", "easy/", "accessibility/", "2026-12/", "2027-01/", "need/legal/", "service/women-safe/", "language/fa/",
    "language/fa/legal/", "language/vi/", "organisation/open-gate/", "month/language/ar/", "month/need/housing/",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Parsed]:
    """A page of each kind from left to right, from right to left, and with other digits and dates."""
    front = ("index.html", *(f"{tag}/index.html" for tag in LOOKED_AT if tag in LANGUAGES))
    paths = (*front, *(f"{tag}/golden-river/{kind}index.html" for tag in LOOKED_AT for kind in KINDS))
    return {path: Parsed(site[path]) for path in paths}


# Every page


def test_every_page_states_its_language_direction_description_and_one_heading(
    pages: dict[str, Parsed],
) -> None:
    for path, parsed in pages.items():
        (html,) = parsed.all("html")
        segment = path.split("/")[0] if "/" in path else "en"
        assert (html["lang"], html["dir"]) == (SEGMENTS[segment], LANGUAGES[segment[:2]].direction), path
        assert len(parsed.all("h1")) == 1, path
        if path.count("/") > 1:
            assert [one["content"] for one in parsed.all("meta") if one.get("name") == "description"] != [""], path


def test_every_page_names_itself_and_its_six_sisters_in_other_languages(pages: dict[str, Parsed]) -> None:
    for path, parsed in pages.items():
        if path.count("/") < 2:
            continue
        links = parsed.all("link")
        (canonical,) = [one["href"] for one in links if one["rel"] == "canonical"]
        alternates = {one["hreflang"]: one["href"] for one in links if "hreflang" in one}
        below = path.removesuffix("index.html").split("/", 1)[1]
        expected = {tag: f"http://localhost/{tag}/{below}" for tag in LANGUAGES}
        assert alternates == {**expected, "x-default": f"http://localhost/bg/{below}"}, path
        assert canonical == expected[path.split("/")[0][:2]]


def test_every_link_leads_to_a_page_a_feed_or_an_anchor_that_is_there(site: Site, pages: dict[str, Parsed]) -> None:
    broken = []
    for path, parsed in pages.items():
        for link in {one["href"] for one in parsed.all("a")}:
            target = urlsplit(urljoin(f"/{path}", link))
            if target.scheme in {"tel", "mailto", "sms", "webcal"} or target.netloc or target.path == "/desk/":
                continue
            file = unquote(target.path[1:]) + ("index.html" if target.path.endswith("/") else "")
            if file not in site or (target.fragment and f'id="{target.fragment}"' not in site[file].decode()):
                broken.append((path, link))

    assert broken == []


def test_a_page_brings_no_script_or_style_inside_and_asks_nobody_else(pages: dict[str, Parsed]) -> None:
    for path, parsed in pages.items():
        loaded = [
            one.get("src") or one.get("href") or ""
            for tag, one in parsed.tags
            if tag in {"script", "link", "img"} and one.get("type") != "application/ld+json"
        ]
        foreign = [one for one in loaded if not one.startswith(("/", "http://localhost/"))]
        inline = [name for _, one in parsed.tags for name in one if name == "style" or name.startswith("on")]
        assert (foreign, inline, parsed.all("style"), parsed.all("form")) == ([], [], [], []), path


def test_the_same_day_gives_the_same_bytes(render: Render) -> None:
    programme = small()

    assert render(programme, now=NOW + timedelta(hours=9)) == render(programme)


def test_every_address_of_the_contract_has_a_page_and_a_feed_in_seven_languages(
    site: Site, programme: ProgrammeDocument
) -> None:
    (place,) = places_of([programme])
    below = {
        "", "2026-12/", "2027-01/",
        *(f"need/{one.code}/" for one in programme.categories), *(f"service/{one.code}/" for one in programme.services),
        *(f"language/{one.tag}/" for one in programme.languages),
        *(f"language/{tag}/{need}/" for tag, need in place.index.pairs),
        *(f"organisation/{one.code}/" for one in programme.organisations),
    }  # fmt: skip
    expected = {
        f"{tag}/golden-river/{one}{file}"
        for tag in LANGUAGES
        for one in below
        for file in ("index.html", "calendar.ics")
    }

    assert expected <= set(site)


def test_variants_have_every_page_and_no_feed_or_other_file_of_their_own(site: Site) -> None:
    for variant in VARIANTS:
        plain = {path for path in site if path.startswith(f"{variant.language}/golden-river/")}
        other = {
            path.replace(variant.segment, variant.language, 1) for path in site if path.startswith(variant.segment)
        }

        assert other == {path for path in plain if path.endswith("/index.html")}


# Home


def test_home_says_when_the_bureau_is_open_today_without_a_claim_that_ages(site: Site) -> None:
    home = page(site, "")

    shown = re.sub(r"<span[^>]* hidden>.*?</span>", "", site["en/golden-river/index.html"].decode())
    assert "Open today" in shown
    assert "10:00–12:00 · 13:00–17:00" in home.text
    assert "Open now" not in shown


def test_home_gives_the_script_what_is_true_from_hour_to_hour(site: Site) -> None:
    html = site["en/golden-river/index.html"].decode()

    noon = int(datetime(2026, 12, 9, 10, tzinfo=UTC).timestamp())
    states = re.findall(r'<span data-from="(\d+)" data-to="(\d+)" hidden>([^<]+)</span>', html)
    assert (str(noon - 7200), str(noon), "Open now, until 12:00") in states
    assert [words for _, _, words in states] == [
        "Opens today at 10:00", "Open now, until 12:00", "Closed now, open again at 13:00", "Open now, until 17:00",
        "Closed for today",
    ]  # fmt: skip


def test_home_on_a_closed_day_says_why_and_when_it_opens_again(render: Render) -> None:
    christmas = date(2026, 12, 25)
    site = render(small(closed=[christmas]), now=datetime(2026, 12, 25, 9, tzinfo=UTC))

    home = page(site, "")

    assert "Closed today , Christmas" in home.text
    assert "Monday 28 December 10:00–12:00 · 13:00–17:00" in home.text


def test_home_lists_today_in_the_readers_language_before_the_others(site: Site) -> None:
    html = site["ar/golden-river/index.html"].decode()

    own, others = html.split('id="others"')
    assert "استشارة قانونية" in own
    assert 'class="chip yours" lang="ar"' in own
    assert ">українська</span>" in others


def test_a_day_without_the_readers_language_says_what_to_do(render: Render) -> None:
    programme = small(sessions=(a_session(date(2026, 12, 9), languages=("ar",)),))

    home = page(render(programme), "")

    assert "Nobody speaks your language here today. Come and ask: we look for an interpreter." in home.text


def test_a_need_shows_its_next_hours_in_the_readers_language_else_that_it_is_in_others(render: Render) -> None:
    today, tomorrow = date(2026, 12, 9), date(2026, 12, 10)
    programme = small(
        sessions=(
            a_session(today, services=("legal-asylum",), languages=("ar",)),
            a_session(tomorrow, services=("legal-asylum",), languages=("en",)),
            a_session(today, room="group", services=("housing",), languages=("ar",)),
        )
    )

    home = page(render(programme), "").text

    assert "Legal help Tomorrow 10:00–12:00" in home
    assert "Housing Today 10:00–12:00 · in other languages" in home
    assert "Work and business No date yet" in home


# The month


def test_the_month_marks_today_and_folds_past_weeks(site: Site) -> None:
    month = page(site, "2026-12/")

    days = {one["id"]: one["class"] for one in month.all("li") if one.get("id", "").startswith("d")}
    assert ("today" in days["d9"], "past" in days["d8"], "past" in days["d10"]) == (True, True, False)
    assert "fold" in {one.get("class") for one in month.all("details")}


def test_changes_are_marked_by_word_and_shape(site: Site) -> None:
    html = site["en/golden-river/2026-12/index.html"].decode()

    for word, symbol in (("Cancelled", "cross"), ("New", "star"), ("Changed", "edit")):
        assert re.search(rf"#i-{symbol}\"/></svg>{word}</span>", html), word
    assert re.search(r"#i-moved\"/></svg><span>Moved here\. Before: Thursday 10 December <bdi>10:00</bdi>", html)
    assert "Last changed on 5 December." in html


def test_where_a_moved_session_was_first_the_page_says_where_it_went(site: Site) -> None:
    html = site["en/golden-river/2026-12/index.html"].decode()

    tenth = html.split('id="d10"')[1].split('id="d11"')[0]
    assert re.search(r'href="/en/golden-river/2026-12/#d11">.*?Moved to Friday 11 December, 13:00</span>', tenth)


def test_a_closed_day_gives_its_reason(site: Site) -> None:
    assert "25 Friday Closed · Christmas" in page(site, "2026-12/").text


def test_the_month_to_come_says_kindly_that_it_is_not_published(site: Site) -> None:
    coming = page(site, "2027-01/")

    assert "This month’s programme is not published yet." in coming.text
    assert {"name": "robots", "content": "noindex"} in coming.all("meta")


def test_a_month_without_open_days_still_has_a_page(render: Render) -> None:
    empty = small(sessions=(), blocks=())

    assert "Nothing is planned in this month." in page(render(empty), "2026-12/").text


FILTERS = ("month/language/ar", "month/need/legal", "service/legal-asylum", "organisation/open-gate")


def test_filters_are_links_to_real_pages(site: Site) -> None:
    links = {one["href"] for one in page(site, "2026-12/").all("a")}

    assert {f"/en/golden-river/{one}/" for one in FILTERS} <= links


def test_times_stay_in_order_in_right_to_left_pages(site: Site) -> None:
    html = site["ar/golden-river/2026-12/index.html"].decode()

    loose = re.findall(r"(?<!<bdi>)(?<!\d)\d{1,2}:\d\d–", html)
    assert loose == []


@pytest.mark.parametrize(
    ("month", "days"), [(Month(2026, 10), (24, 25, 26)), (Month(2027, 3), (27, 28, 29))], ids=["October", "March"]
)
def test_hours_keep_their_wall_time_when_the_clocks_change(render: Render, month: Month, days: tuple[int, ...]) -> None:
    dates = [month.first.replace(day=day) for day in days]
    programme = small(
        month,
        sessions=tuple(a_session(day) for day in dates),
        blocks=tuple(a_block(day, time(10), time(12)) for day in dates),
    )

    site = render(programme, now=datetime(month.year, month.number, 1, 9, tzinfo=UTC))

    assert page(site, f"{month}/").text.count("10:00–12:00") == 3
    starts = [event["DTSTART"].dt.hour for event in feed(site, f"{month}/").walk("VEVENT")]
    assert sorted(starts) == [7, 8, 8] or sorted(starts) == [7, 7, 8]


# Need, service, language, organisation


def test_a_need_lists_its_next_dates_and_what_to_bring(site: Site) -> None:
    need = page(site, "need/legal/").text

    assert "Today 10:00–12:00 Now Legal advice" in need
    assert "Your registration card and all letters and decisions from the authorities." in need
    assert "Monday 7 December" not in need


def test_a_service_says_how_to_come_and_how_long_it_takes(site: Site) -> None:
    service = page(site, "service/women-safe/").text

    assert "By appointment" in service
    assert "For women only" in service
    assert "About 60 minutes, longer with an interpreter" in service


def test_a_language_nobody_gives_yet_says_come_and_ask(site: Site) -> None:
    assert "No date in this language is published yet." in page(site, "language/vi/").text


def test_an_organisations_page_shows_only_its_sessions(site: Site) -> None:
    html = site["en/golden-river/organisation/open-gate/index.html"].decode()

    assert set(re.findall(r'<p class="small"><a href="([^"]+)"', html)) == {"/en/golden-river/organisation/open-gate/"}


# Texts in other languages than the page's


def test_a_text_without_translation_falls_back_and_says_its_language(render: Render) -> None:
    programme = small(languages=("ar",))
    only_english = replace(programme.organisations[4], name=LocalisedText({"en": "Good Well"}))
    organisations = (*programme.organisations[:4], only_english, *programme.organisations[5:])

    html = render(replace(programme, organisations=organisations))["ar/golden-river/2026-12/index.html"].decode()

    assert '<span lang="en" dir="auto">Good Well</span> <span class="small">(' in html


def test_markup_in_a_text_is_shown_never_obeyed(render: Render) -> None:
    programme = small()
    trick = replace(programme.sessions[0], note=LocalisedText({"en": "<script>alert(1)</script>"}))

    html = render(replace(programme, sessions=(trick,)))["en/golden-river/2026-12/index.html"].decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_site_is_written_in_the_bureaus_own_languages_only(render: Render) -> None:
    site = render(small(languages=("bg", "ar")))

    assert {path.split("/")[0] for path in site if path.endswith("/index.html")} == {"bg", "ar", "ar-arab", "mul"}


# Feeds


def test_a_feed_holds_the_sessions_of_its_page_in_the_pages_language(site: Site, programme: ProgrammeDocument) -> None:
    events = feed(site, "2026-12/", "bg").walk("VEVENT")

    assert sorted(str(event["UID"]) for event in events) == sorted(one.uid for one in programme.sessions)
    assert {event["SUMMARY"].params["LANGUAGE"] for event in events} == {"bg"}
    assert "Правен съвет" in {str(event["SUMMARY"]) for event in events}


def test_a_withdrawn_session_is_cancelled_in_every_feed_that_had_it(site: Site, programme: ProgrammeDocument) -> None:
    (gone,) = [one for one in programme.sessions if one.cancelled]

    for address in (
        "",
        "2026-12/",
        "need/legal/",
        "service/legal-asylum/",
        "language/fr/",
        "organisation/scales-voices/",
    ):
        (event,) = [one for one in feed(site, address).walk("VEVENT") if one["UID"] == gone.uid]
        assert (event["STATUS"], event["SEQUENCE"], event["DTSTART"].dt) == ("CANCELLED", 1, gone.starts_at)
        assert str(event["SUMMARY"]).startswith("Cancelled: ")


def test_a_feed_keeps_last_month_and_lets_older_ones_go(render: Render) -> None:
    months = [Month(2026, 10), Month(2026, 11), Month(2026, 12)]
    site = render(*(small(month, sessions=(a_session(month.first),)) for month in months))

    assert [event["DTSTART"].dt.month for event in feed(site, "").walk("VEVENT")] == [11, 12]


def test_an_event_links_to_its_day(site: Site) -> None:
    (event,) = [one for one in feed(site, "language/kmr/").walk("VEVENT") if one["DTSTART"].dt.day == 14]

    assert event["URL"] == "http://localhost/en/golden-river/2026-12/#d14"


def test_feeds_of_an_unpublished_month_are_empty_calendars(site: Site) -> None:
    assert feed(site, "2027-01/").walk("VEVENT") == []


# Several bureaux


def test_no_programme_no_site(render: Render) -> None:
    assert render() == {}


def test_the_front_pages_name_every_bureau_in_its_languages(render: Render) -> None:
    blue = small(bureau=a_bureau("blue-hill", languages=("bg", "en")))
    site = render(small(languages=("ar", "en")), blue)

    bureaux = ("/blue-hill/", "/golden-river/")
    links = {
        tag: [one["href"] for one in Parsed(site[f"{tag}/index.html"]).all("a") if one["href"].endswith(bureaux)]
        for tag in ("en", "ar")
    }
    assert links == {"en": ["/en/blue-hill/", "/en/golden-river/"], "ar": ["/ar/golden-river/"]}


# On a day without opening hours

SUNDAY = datetime(2026, 12, 13, 9, 30, tzinfo=UTC)


def test_on_a_closed_day_home_shows_the_next_open_day_instead_of_an_empty_box(render: Render) -> None:
    home = page(render(small(), now=SUNDAY), "")

    assert "Closed today" in home.text
    assert "Open again Tomorrow 10:00–12:00" in home.text
    assert "Next Monday 14 December 10:00–12:00" in home.text
    assert "العربية Tomorrow 10–12" in home.text
    assert not [one for one in home.all("div") if one.get("class") == "empty"]


def test_with_nothing_ahead_home_says_so(render: Render) -> None:
    empty = small(sessions=(), blocks=())

    home = page(render(empty, now=SUNDAY), "")

    assert "Nothing is planned on this day." in home.text


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، "), ("fa", "، ")])
def test_a_place_is_written_with_the_comma_of_its_language(site: Site, language: str, comma: str) -> None:
    (first, *_) = feed(site, "2026-12/", language).walk("VEVENT")

    bureau = a_bureau()
    assert str(first["LOCATION"]).endswith(comma + bureau.address.in_(language))


@pytest.mark.parametrize(("language", "heading"), [("ar", "العربية"), ("en", "العربية Arabic")])
def test_a_language_is_named_once_to_those_who_read_it(site: Site, language: str, heading: str) -> None:
    html = site[f"{language}/golden-river/language/ar/index.html"].decode()
    (first,) = re.findall(r"<h1>(.*?)</h1>", html)

    assert " ".join(re.sub("<[^>]+>", " ", first).split()) == heading
