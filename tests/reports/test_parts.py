"""What a report's page is made of: charts, longer periods, tables that cross two dimensions, and room for words."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from bureau.reports.domain.cells import Cell, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import COVERED, SPOKEN_HELD, SPOKEN_PLANNED
from bureau.reports.site.charts.chart import SHOWN, Chart, Column, Row
from bureau.reports.site.charts.choosing import charts_of, line_of
from bureau.reports.site.charts.drawing import draw, told
from bureau.reports.site.charts.lettering import width_of, wrapped
from bureau.reports.site.headlines import headlines_of
from bureau.reports.site.parts import longer_of
from bureau.reports.site.shown import Figure
from tests.factories.reports import a_report

MONTH = "2026-12"
NEW = (COVERED, SPOKEN_HELD, SPOKEN_PLANNED)
"""What was not told from the beginning."""
LETTERS = ["Pomegranate Women’s Circle", "временна закрила", "النساء «الرمّان»", "self-help-and-mutual-support"]


@pytest.fixture(scope="module")
def report(app: Flask) -> Report:
    """December with its quarter, its year and the December before."""
    return a_report(app, MONTH, months=13)


def charts(app: Flask, report: Report) -> dict[str, Chart]:
    with app.app_context(), force_locale("en"):
        return {one.name: one for one in charts_of(report, "en")}


def a_figure(value: int) -> Figure:
    return Figure(Coordinates(MONTH, "consultations"), value, value, value)


def a_chart(*rows: Row) -> Chart:
    return Chart(name="x", kind="groups", title="", about="", columns=(), rows=rows)


def test_five_to_eight_charts_tell_the_month_and_each_row_of_them_has_a_figure(app: Flask, report: Report) -> None:
    found = charts(app, report)

    assert list(found) == ["needs", "months", "languages", "covered", "people", "course", "vain", "sessions"]
    assert all(row.is_heading or row.figures[0] for one in found.values() for row in one.rows)


def test_the_first_report_of_all_tells_languages_as_bars_and_has_no_line(app: Flask) -> None:
    found = charts(app, a_report(app, MONTH, months=1))

    assert "months" not in found
    assert found["languages"].kind == "bars"


def test_what_older_documents_do_not_know_is_left_out(app: Flask, report: Report) -> None:
    known = {at: cell for at, cell in report.release.cells.items() if at.measure not in NEW}
    older = replace(report, earlier=(), release=replace(report.release, cells=known))

    found = charts(app, older)

    assert "covered" not in found
    assert found["both"].title == "Needs and languages"
    assert [row.label for row in found["sessions"].rows if row.is_heading] == ["Organisation"]


def test_the_languages_that_nobody_spoke_at_a_session_are_named(app: Flask, report: Report) -> None:
    silent = {at for at in report.release.cells if at.measure == SPOKEN_HELD and at.language in ("ar", "fr")}
    cells = {at: Cell(0) if at in silent else cell for at, cell in report.release.cells.items()}

    finding = charts(app, replace(report, release=replace(report.release, cells=cells)))["covered"].finding

    assert finding.startswith("No session in: ")
    assert {"Arabic", "French"} <= set(finding.removeprefix("No session in: ").split(", "))


def test_a_picture_has_the_first_rows_of_each_group_and_what_comes_last_but_no_parts_of_rows() -> None:
    def row(number: int, **more: object) -> Row:
        return replace(Row(label=str(number), figures=(a_figure(number),)), **more)

    many = [row(number) for number in range(SHOWN + 3)]
    chart = a_chart(
        Row(label="A", figures=()), *many, row(99, last=True), Row(label="B", figures=()), row(1), row(2, level=1)
    )

    drawn = [one.label for one in chart.drawn]

    assert drawn == ["A", *(str(number) for number in range(SHOWN)), "99", "B", "1"]
    assert told(chart, "en").startswith("A. 0: 0. 1: 1.")


def test_the_quarter_and_the_year_stand_in_the_month_that_completes_them(app: Flask, report: Report) -> None:
    november = replace(report, month="2026-11", release=report.earlier[-1], earlier=report.earlier[:-1])

    with app.app_context(), force_locale("en"):
        december, before = longer_of(report, "en"), longer_of(november, "en")

    assert [(one.name, one.period.label) for one in december] == [
        ("quarter", "4th quarter 2026"), ("year", "2026"), ("month", "December 2026"),
    ]  # fmt: skip
    assert [one.name for one in before] == ["month"]
    assert [len(one.tables) for one in december] == [4, 4, 4]
    assert all(row.depth < 2 for one in december for table in one.tables for row, _ in table.rows)


def test_a_quarter_is_told_beside_the_one_before_it(app: Flask, report: Report) -> None:
    with app.app_context(), force_locale("en"):
        first = headlines_of(report, "en", "2026-Q4")[0]

    assert first.label == "Consultations"
    assert [(column.label, figure.at.time_period) for column, figure in first.beside] == [
        ("3rd quarter 2026", "2026-Q3"),
    ]  # fmt: skip


def test_rows_and_columns_of_nothing_are_left_out_of_a_crossed_table(app: Flask, report: Report) -> None:
    with app.app_context(), force_locale("en"):
        (table, *_) = longer_of(report, "en")[-1].tables
        nothing = {at for at in report.release.cells if at.organisation == "open-gate" and at.time_period == MONTH}
        cells = {at: Cell(0) if at in nothing else cell for at, cell in report.release.cells.items()}
        (less, *_) = longer_of(replace(report, release=replace(report.release, cells=cells)), "en")[-1].tables

    names = {row.code for row, _ in table.rows} - {row.code for row, _ in less.rows}
    assert names == {"open-gate"}
    assert not less.whole


def test_a_month_without_a_number_leaves_a_gap_in_the_line(app: Flask) -> None:
    known = {f"2026-{month:02}": a_figure(month) for month in (1, 2, 3, 5, 7, 8)}

    with app.app_context(), force_locale("en"):
        chart = line_of("x", known, about="", language="en")
        assert chart is not None
        picture = draw(chart, "en")

    assert [row.short for row in chart.rows] == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"]
    assert picture.count("<polyline") == 3
    assert [one for one in re.findall(r">(\w+)</text>", picture) if one.isalpha()] == ["Aug", "May", "Feb"]


def test_names_of_columns_stand_in_turn_high_and_low_and_a_line_leads_down_from_the_high_ones(app: Flask) -> None:
    columns = tuple(
        Column(label=one) for one in ("Arabic", "Kurdish (Kurmanji)", "Dari", "Kurdish (Sorani)", "Pashto", "Urdu")
    )
    chart = replace(a_chart(Row(label="Legal", figures=(a_figure(3),) * 6)), kind="heat", columns=columns)

    with app.app_context(), force_locale("en"):
        picture = draw(chart, "en")

    lines = re.findall(r'<text class="v"[^>]* y="(\d+)"[^>]*>([^<\d]+)</text>', picture)
    assert [(words, int(y)) for y, words in lines] == [
        ("Arabic", 12), ("Kurdish", 27), ("(Kurmanji)", 42), ("Dari", 12), ("Kurdish", 27), ("(Sorani)", 42),
        ("Pashto", 12), ("Urdu", 42),
    ]  # fmt: skip
    assert picture.count('<rect class="faint"') == 3


def test_a_word_that_is_parted_leaves_no_single_letter_behind() -> None:
    assert wrapped("abcdefghijkl", width_of("abcdefghijk")) == ["abcdefghi", "jkl"]


def test_a_sign_keeps_to_the_word_that_it_is_tied_to() -> None:
    tied = "«\N{NO-BREAK SPACE}Tour"

    assert wrapped(f"Conseil {tied}", width_of("Conseil «")) == ["Conseil", tied]


@pytest.mark.parametrize("words", LETTERS)
def test_words_are_wrapped_within_their_room_and_none_is_lost(words: str) -> None:
    lines = wrapped(words, 90)

    assert all(width_of(line) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
