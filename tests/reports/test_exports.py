"""The files of a report say what its page says: every number in them is a published cell."""

from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask_babel import force_locale
from openpyxl import load_workbook

from bureau.reports.domain.bundle import release_from
from bureau.reports.site.files.bundle import bundle_zip
from bureau.reports.site.files.workbook import workbook
from tests.factories.reports import a_report


@pytest.mark.parametrize("method", ["rounding", "suppression"])
def test_the_open_data_are_the_release_and_the_same_bytes_every_time(app: Flask, method: str) -> None:
    report = a_report(app, months=1, method=method)

    packed = bundle_zip(report)

    with ZipFile(BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert release_from(files).cells == report.release.cells
    assert packed == bundle_zip(report)


@pytest.mark.parametrize(("language", "method"), [("bg", "rounding"), ("ar", "rounding"), ("en", "suppression")])
def test_the_workbook_has_a_sheet_for_each_table_and_real_numbers(app: Flask, language: str, method: str) -> None:
    report = a_report(app, months=1, method=method)

    with app.app_context(), force_locale(language):
        packed = workbook(report, language)
        again = workbook(report, language)

    assert packed == again
    book = load_workbook(BytesIO(packed))

    sheets = book.worksheets
    assert len(sheets) == len(report.release.tables) + 1
    assert {sheet.sheet_view.rightToLeft for sheet in sheets} == {language == "ar"}
    for sheet, table in zip(sheets[1:], report.release.tables, strict=True):
        told = [cell.value for row in sheet.iter_rows(min_row=3, min_col=2) for cell in row if cell.value is not None]
        cells = [report.release.cells[at] for at in report.release.coordinates(table)]
        assert Counter(one if isinstance(one, int) else None for one in told) == Counter(one.value for one in cells)
        assert sheet.freeze_panes == "B3"


def test_a_small_number_of_a_workbook_is_shown_as_its_band(app: Flask) -> None:
    report = a_report(app, months=1)

    with app.app_context(), force_locale("en"):
        book = load_workbook(BytesIO(workbook(report, "en")))

    shown = {
        cell.value: cell.number_format for row in book.worksheets[1].iter_rows(min_row=3, min_col=2) for cell in row
    }
    assert (shown[0], shown[5]) == ('"0–4"', '"1–9"')
    assert shown[max(one for one in shown if one is not None)] == "General"
