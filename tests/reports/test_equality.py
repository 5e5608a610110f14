"""Every number of every file beside a report's page is the cell of the open data that it stands for.

The long form of this takes every language, method and kind of month: ``make audit ARGS=report``. The page itself is read
by ``test_pages``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.kernel.localised import LocalisedText
from bureau.kernel.typeset import typeset
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Indicator, NotedFigure, Report
from bureau.reports.site.files.bundle import bundle_zip
from bureau.reports.site.files.paper import TEMPLATE, report_data
from bureau.reports.site.files.posts import posts_text
from bureau.reports.site.files.table_csv import table_csv
from bureau.reports.site.files.workbook import workbook
from bureau.web.languages import LANGUAGES
from tests.factories.reports import a_report
from tests.reports.in_words import BASE, wrong_in_feed, wrong_in_head, wrong_in_post, wrong_in_posts, wrong_in_words
from tests.reports.on_page import wrong_in_tables
from tests.reports.on_paper import Paper, wrong_in_alternatives
from tests.reports.test_pages import article, files_of
from tests.reports.truth import Open, opened, wrong_in_table, wrong_in_workbook

EVERY = tuple(LANGUAGES)
MONTHS = {"rounding": 12, "suppression": 3}
"""December completes the quarter, and by one of the methods the year."""
Given = tuple[Report, list[bytes]]


@pytest.fixture(scope="module")
def december(app: Flask) -> dict[str, Given]:
    """A December by each method, with the bundles of the months that it knows."""
    reports = {
        method: with_more(a_report(app, "2026-12", months=months, method=method)) for method, months in MONTHS.items()
    }
    return {method: (report, bundles_of(report)) for method, report in reports.items()}


def with_more(report: Report) -> Report:
    """With what stands in a report beside its tables: figures that somebody noted, a donor's indicator."""
    legal = Coordinates(report.month, "consultations", service="category-legal")
    return replace(
        report,
        noted=(NotedFigure(code="events", number=3), NotedFigure(code="satisfied", number=14, of=17)),
        indicators=(Indicator(code="SO1.3", donor="AMIF", name=LocalisedText({"en": "Legal help"}), at=legal),),
    )


def bundles_of(report: Report) -> list[bytes]:
    """The open data of each month that the report knows, its own last."""
    return [bundle_zip(replace(report, release=one)) for one in (*report.earlier, report.release)]


@contextmanager
def reading(app: Flask, given: Given, language: str) -> Iterator[tuple[Report, Open]]:
    """The report and its open data, everything worded in that language."""
    report, bundles = given
    with app.app_context(), force_locale(LANGUAGES[language].locale):
        yield report, opened(bundles, language)


@pytest.mark.parametrize("language", EVERY)
def test_words_and_alternative_texts_tell_the_cells_of_the_open_data(
    app: Flask, december: dict[str, Given], language: str
) -> None:
    with reading(app, _own_month(december["rounding"]), language) as (report, truth):
        wrong = [
            *wrong_in_words(report, truth), *wrong_in_post(report, truth), *wrong_in_alternatives(report, truth),
        ]  # fmt: skip

    assert wrong == []
    assert truth.checked > 40


def _own_month(given: Given) -> Given:
    """The report beside the two months before it."""
    report, bundles = given
    return replace(report, earlier=report.earlier[-2:]), bundles[-3:]


@pytest.mark.parametrize(("method", "language"), [("rounding", "ar"), ("suppression", "bg")])
def test_tables_tell_the_cells_of_the_open_data(
    app: Flask, december: dict[str, Given], method: str, language: str
) -> None:
    with reading(app, _own_month(december[method]), language) as (report, truth):
        wrong = [
            *wrong_in_table(table_csv(report, language), truth),
            *wrong_in_workbook(workbook(report, language), truth),
        ]

    assert wrong == []
    assert truth.checked > 1500


@pytest.mark.parametrize(("method", "language"), [("rounding", "bg"), ("suppression", "fa")])
def test_a_pdf_read_back_tells_the_cells_of_the_open_data(
    app: Flask, december: dict[str, Given], method: str, language: str
) -> None:
    with reading(app, december[method], language) as (report, truth):
        wrong = list(Paper(paper(report, language), report, truth).wrong())

    assert wrong == []
    assert truth.checked > 1000


def paper(report: Report, language: str) -> bytes:
    """The report as a PDF."""
    return typeset(TEMPLATE, report_data(report, language, BASE))


def test_a_number_that_is_another_than_in_the_open_data_is_noticed_in_every_file(
    app: Flask, december: dict[str, Given]
) -> None:
    given = _own_month(a_month_of(december["rounding"]))
    with reading(app, given, "en") as (report, truth):
        total, need = (
            truth.place(report.month, "consultations", **codes) for codes in ({}, {"SERVICE": "category-legal"})
        )
        files = table_csv(report, "en"), workbook(report, "en"), paper(report, "en")
        pages = files_of(app, "en", report)
        page, feed = (
            pages[f"en/golden-river/report/{name}"] for name in (f"{report.month}/index.html", "reports.atom")
        )
        own = replace(report, earlier=())
        assert [*wrong_in_head(page, report, truth), *wrong_in_feed(feed.decode(), own, truth)] == []
        assert list(wrong_in_tables(article(page), report, truth)) == []
        assert list(wrong_in_posts(posts_text(report, BASE, "en"), report, truth)) == []
        for place in (total, need):
            truth.say_otherwise(place)

        wrong = {
            "words": list(wrong_in_words(report, truth)),
            "table": list(wrong_in_table(files[0], truth)),
            "workbook": list(wrong_in_workbook(files[1], truth)),
            "alternatives": list(wrong_in_alternatives(report, truth)),
            "paper": list(Paper(files[2], report, truth).wrong()),
            "page": list(wrong_in_tables(article(page), report, truth)),
            "head": list(wrong_in_head(page, report, truth)),
            "feed": list(wrong_in_feed(feed.decode(), own, truth)),
            "posts": list(wrong_in_posts(posts_text(report, BASE, "ar"), report, truth)),
        }

    assert {name for name, found in wrong.items() if not found} == set()
    assert any("headline" in one for one in wrong["paper"])
    assert any("needs" in one for one in wrong["paper"])
    assert any("SERVICE" in one for one in wrong["paper"])


def a_month_of(given: Given) -> Given:
    """The month before, which completes nothing."""
    report, bundles = given
    before = replace(
        report, month=report.earlier[-1].id, release=report.earlier[-1], earlier=report.earlier[:-1], indicators=()
    )
    return before, bundles[:-1]
