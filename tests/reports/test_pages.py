"""What the public reads of a report: every number is a published cell, in every language, picture and table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.calendars.domain.place import places_of
from bureau.calendars.domain.variants import VARIANTS
from bureau.calendars.site import jalali
from bureau.calendars.site.reader import Reader, public_environment
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.reports.domain.bundle import bundle_of, release_from
from bureau.reports.domain.cells import Cell, Coordinates
from bureau.reports.domain.document import Indicator, NotedFigure, Report, Withdrawal, Words
from bureau.reports.domain.periods import frequency_of
from bureau.reports.domain.public import PublicReport
from bureau.reports.site.charts.chart import Chart, Column, Row
from bureau.reports.site.charts.drawing import draw
from bureau.reports.site.drafts import writers_of
from bureau.reports.site.months import period_name
from bureau.reports.site.shown import figure_of, in_month
from bureau.reports.site.words import draft_words, drafts_of
from bureau.web import formats
from bureau.web.languages import LANGUAGES
from tests.factories.programmes import a_programme
from tests.factories.reports import a_report

MONTH = "2026-12"
FACT = re.compile("noted/|/sessions-|/spoken-|/covered")
NUMBER = re.compile(r"\d+(?:[\u00a0\u202f,. ]\d{3})*")
PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", "\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.fixture(scope="module")
def report(app: Flask) -> Report:
    """December with its quarter, its year and the December before; what was written down; codes of donors."""
    noted = (NotedFigure(code="events", number=3), NotedFigure(code="satisfied", number=22, of=26))
    name = LocalisedText({"en": "Times that somebody was helped", "bg": "Оказана помощ"})
    indicator = Indicator(code="O.2.3", donor="AMIF", name=name, at=Coordinates(MONTH, "consultations"))
    return replace(a_report(app, MONTH, months=13), noted=noted, indicators=(indicator,))


def files_of(app: Flask, language: str, *reports: Report) -> dict[str, bytes]:
    """The pages and feeds of these reports in a language, with the variants of it."""
    public = [PublicReport(month=one.month, mark=one.month, load=lambda one=one: one) for one in reports]
    with app.app_context(), force_locale(LANGUAGES[language].locale):
        (place,) = places_of([a_programme()])
        reader = Reader(
            place=place, language=language, today=date(2027, 1, 8), base_url="http://localhost",
            environment=public_environment(lambda name: f"/static/{name}"),
            reports=tuple(Month.parse(one.month) for one in reports),
        )  # fmt: skip
        drafts = (draft for write in writers_of(public) for draft in write(reader))
        return {one.path: one.make() for one in drafts if one.path.endswith((".html", ".atom"))}


class Numbers(HTMLParser):
    """The numbers of a report's page: those that say which cell they are, those of alternative texts, and all others."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.marked: list[tuple[str, str, str]] = []
        self.told: list[str] = []
        self.others: list[str] = []
        self._stack: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It holds no words."""

    def handle_data(self, data: str) -> None:
        words = data.translate(PLAIN).strip()
        tags = [tag for tag, _ in self._stack]
        if not re.search(r"\d", words) or "time" in tags:
            return
        mark = next((attrs for _, attrs in reversed(self._stack) if "data-at" in attrs), None)
        if mark is not None:
            machine = mark.get("value") or mark.get("data-value") or ""
            self.marked.append((mark["data-at"] or "", machine, words))
        elif tags[-1:] in (["desc"], ["title"]):
            self.told.append(words)
        else:
            self.others.append(words)


def article(page: bytes) -> str:
    """What the page is about, without the frame."""
    (found,) = re.findall(r"<article.*</article>", page.decode(), re.DOTALL)
    return str(found)


def at(key: str) -> Coordinates:
    """The cell that a number says it is."""
    month, measure, *codes = key.split("/")
    return Coordinates(month, measure, **dict(code.split("=", 1) for code in codes))


@pytest.fixture(scope="module")
def cells(report: Report) -> dict[Coordinates, Cell]:
    """The cells as the open data have them."""
    return bundled(report)


def bundled(report: Report) -> dict[Coordinates, Cell]:
    """The cells as the open data have them."""
    releases = (*report.earlier, report.release)
    return {place: cell for one in releases for place, cell in release_from(bundle_of(one)).cells.items()}


def wrong_numbers(page: bytes, report: Report, cells: dict[Coordinates, Cell], language: str) -> Iterator[str]:
    """The numbers of a page that are no cell, or not the one that they say they are."""
    numbers = Numbers(article(page))
    shown = {number for *_, words in numbers.marked for number in NUMBER.findall(words)}
    for key, machine, words in numbers.marked:
        if key.startswith("noted/"):
            if (key, machine) not in noted_in(report) or words != machine:
                yield f"{key}: {words}"
            continue
        figure = figure_of(report, at(key))
        value = cells[at(key)].value
        said = re.split("–| إلى | تا ", words)
        expected = [str(figure.low), str(figure.high)] if figure and figure.band else [f"{value}"]
        if machine != str(value) or [re.sub(r"\D", "", one) for one in said] != expected:
            yield f"{key}: {words}"
    names = names_of(report, language)
    known = re.compile("|".join(map(re.escape, (*dates_of(report, language), *names))), re.IGNORECASE)
    for words in (*numbers.told, *numbers.others):
        if not any(words in name for name in names):
            yield from (one for one in NUMBER.findall(known.sub("", words)) if one not in shown)


def noted_in(report: Report) -> set[tuple[str, str]]:
    """What was written down by hand, as a page marks it."""
    found = {(f"noted/{one.code}", str(one.number)) for one in report.noted}
    return found | {("noted/feedback", str(one.of)) for one in report.noted if one.of is not None}


def names_of(report: Report, language: str) -> list[str]:
    """Names and codes that hold a digit, the longest first: up to 15 minutes is no figure."""
    donors = [one.code for one in report.indicators]
    codes = (code for one in report.release.dimensions.values() for code in one.codes)
    return sorted(
        {*donors, *(name for one in codes if re.search(r"\d", name := one.labels.get(language, "")))},
        key=len,
        reverse=True,
    )


def dates_of(report: Report, language: str) -> list[str]:
    """The dates that a page may name."""
    periods = {table.period for one in (*report.earlier, report.release) for table in one.tables} - {MONTH[:4]}
    found = [formats.day_full(report.published_on, language), *(period_name(one, language) for one in periods)]
    if language == "fa":  # the pages by the other calendar give both
        months = (one for one in periods if frequency_of(one) == "month")
        found += [jalali.worded("full", str(report.published_on), None)]
        found += [jalali.worded("month", one, None) for one in months]
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize("language", ["bg", "en", "fr", "uk", "ru", "ar", "fa"])
def test_every_number_of_a_page_is_a_cell_of_the_open_data(
    app: Flask, report: Report, cells: dict[Coordinates, Cell], language: str
) -> None:
    pages = {
        path: page for path, page in files_of(app, language, report).items() if path.endswith(f"{MONTH}/index.html")
    }

    assert len(pages) == 1 + sum(1 for one in VARIANTS if one.language == language)
    for page in pages.values():
        assert len(Numbers(article(page)).marked) > 800
        assert list(wrong_numbers(page, report, cells, language)) == []


def test_a_number_that_is_no_cell_is_noticed(app: Flask, report: Report, cells: dict[Coordinates, Cell]) -> None:
    page = files_of(app, "en", report)[f"en/golden-river/report/{MONTH}/index.html"]
    total = in_month(report, MONTH, "consultations")
    assert total is not None

    other = page.replace(f">{total.value}<".encode(), b">421<")
    loose = page.replace(b"</article>", b"<p>77 people</p></article>")

    assert list(wrong_numbers(other, report, cells, "en"))
    assert list(wrong_numbers(loose, report, cells, "en")) == ["77"]


def test_no_small_number_is_written_anywhere(app: Flask, report: Report) -> None:
    page = files_of(app, "en", report)[f"en/golden-river/report/{MONTH}/index.html"]

    people = [words for key, _, words in Numbers(article(page)).marked if not FACT.search(key)]

    assert {"0–4", "1–9"} <= set(people)
    assert {int(words.replace(",", "")) % 5 for words in people if "–" not in words} == {0}


def test_hidden_numbers_are_one_sign_with_its_meaning(app: Flask) -> None:
    hiding = a_report(app, MONTH, months=1, method="suppression")

    page = files_of(app, "en", hiding)[f"en/golden-river/report/{MONTH}/index.html"]

    assert b'<span aria-hidden="true">\xc3\x97</span><span class="vh">not shown</span>' in page
    assert "× means: this number is not shown.".encode() in page
    assert b"0\xe2\x80\x934" not in page


def test_a_report_that_was_taken_back_says_so_first(app: Flask, report: Report) -> None:
    gone = replace(report, withdrawn=Withdrawal(on=date(2027, 2, 1), note=LocalisedText({"en": "Counted twice."})))

    files = files_of(app, "en", gone)

    page = files[f"en/golden-river/report/{MONTH}/index.html"]
    words = article(page)
    assert b'<meta name="description" content="This report was withdrawn on 1 February 2027.">' in page
    assert words.index("withdrawn on 1 February 2027") < words.index("Counted twice.") < words.index("<h1>")
    assert "Withdrawn" in article(files["en/golden-river/report/index.html"])
    assert b"Counted twice." in files["en/golden-river/report/reports.atom"]


def test_what_people_wrote_stands_in_their_place_and_nothing_of_it_is_markup(app: Flask, report: Report) -> None:
    words = Words(
        summary=LocalisedText({"en": "A calm month."}), story=LocalisedText({"bg": "Дойдоха <b>много</b> хора."})
    )

    page = article(files_of(app, "en", report.reworded(words))[f"en/golden-river/report/{MONTH}/index.html"])

    assert "<p>A calm month.</p>" in page
    assert '<p lang="bg" dir="auto">Дойдоха &lt;b&gt;много&lt;/b&gt; хора.</p>' in page
    assert "What we learned" not in page


def test_what_was_written_down_stands_beside_what_was_counted(app: Flask, report: Report) -> None:
    noted = replace(report, noted=(NotedFigure(code="events", number=3),))

    page = article(files_of(app, "en", noted)[f"en/golden-river/report/{MONTH}/index.html"])

    assert '<data class="num" value="3" data-at="noted/events"><bdi>3</bdi></data>' in page
    assert "Mentions in the media" not in page


def test_what_fewer_than_ten_people_said_is_told_nowhere(app: Flask, report: Report) -> None:
    few = replace(report, noted=(NotedFigure(code="satisfied", number=7, of=9),))

    page = article(files_of(app, "en", few)[f"en/golden-river/report/{MONTH}/index.html"])

    assert "noted/" not in page
    assert "feedback" not in page


def test_a_report_leads_to_those_before_and_after_it_and_to_its_year(app: Flask, report: Report) -> None:
    before = replace(report, month="2026-11", release=report.earlier[-1], earlier=report.earlier[:-1])

    files = files_of(app, "en", before, report)

    first, last = (article(files[f"en/golden-river/report/{one}/index.html"]) for one in ("2026-11", MONTH))
    assert f'<a rel="next" href="/en/golden-river/report/{MONTH}/">' in first
    assert '<a rel="prev" href="/en/golden-river/report/2026-11/">' in last
    assert 'rel="prev"' not in first
    assert '<a href="/en/golden-river/report/#y2026">' in last


def test_the_list_tells_each_report_by_its_cells_but_not_what_was_withdrawn(
    app: Flask, report: Report, cells: dict[Coordinates, Cell]
) -> None:
    gone = Withdrawal(on=date(2027, 2, 1), note=LocalisedText({"en": "Counted twice."}))
    before = replace(report, month="2026-11", release=report.earlier[-1], earlier=report.earlier[:-1], withdrawn=gone)

    page = files_of(app, "en", before, report)["en/golden-river/report/index.html"]

    marked = {key for key, *_ in Numbers(article(page)).marked}
    assert {key.split("/")[0] for key in marked} == {MONTH}
    assert {at(key).measure for key in marked} == {"consultations", "attendances", "unmet", "sessions-held"}
    assert list(wrong_numbers(page, report, cells, "en")) == []


def test_without_reports_nothing_is_written(app: Flask) -> None:
    assert files_of(app, "en") == {}


def test_no_page_has_style_or_script_of_its_own(app: Flask, report: Report) -> None:
    page = article(files_of(app, "ar", report)[f"ar/golden-river/report/{MONTH}/index.html"])

    assert not re.search(r"<script|<style| style=| on\w+=", page)


def test_a_chart_is_mirrored_for_languages_from_right_to_left(app: Flask, report: Report) -> None:
    figure = in_month(report, MONTH, "consultations")
    row = Row(label="Legal & more", figures=(figure,))
    chart = Chart(name="x", kind="bars", title="Needs", about="", columns=(Column(label="December"),), rows=(row,))

    with app.app_context(), force_locale("en"):
        left, right = draw(chart, "en"), draw(chart, "ar")

    assert "Legal &amp; more" in left
    assert re.findall(r'<text class="" x="(\d+)"[^>]*text-anchor="(\w+)"', left) == [("0", "start")]
    assert re.findall(r'<text class="" x="(\d+)"[^>]*text-anchor="(\w+)"', right) == [("320", "end")]


def test_drafted_words_compare_only_what_surely_differs(app: Flask, report: Report) -> None:
    def with_total(release_index: int, value: int, into: Report) -> Report:
        place = Coordinates((into.earlier[release_index] if release_index < 0 else into.release).id, "consultations")
        if release_index >= 0:
            return replace(into, release=replace(into.release, cells={**into.release.cells, place: Cell(value)}))
        changed = replace(into.earlier[-1], cells={**into.earlier[-1].cells, place: Cell(value)})
        return replace(into, earlier=(*into.earlier[:-1], changed))

    with app.app_context():
        told = [
            draft_words(with_total(0, now, with_total(-1, before, report)), "en").summary
            for now, before in ((100, 105), (100, 90), (90, 100), (5, 100), (0, 100))
        ]

    assert told[0].startswith("December 2026: 100 consultations. That is about as much as in the month before.")
    assert "more than in the month before" in told[1]
    assert "less than in the month before" in told[2]
    assert told[3].startswith("December 2026: a few consultations.")
    assert told[4].startswith("December 2026: fewer than five consultations.")


def test_words_are_drafted_in_every_language_of_the_report(app: Flask, report: Report) -> None:
    with app.app_context():
        words = drafts_of(report)

    assert words.summary.missing(report.languages) == ()
    assert words.lessons.missing(report.languages) == ()
