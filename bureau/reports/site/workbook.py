"""The tables of a report as a workbook in one language: a sheet for each, real numbers, and what they mean."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bureau.kernel.month import Month
from bureau.kernel.text import no_formula
from bureau.reports.domain.cells import AXIS, Coordinates
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ShownTable
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .bundle import zipped
from .shown import Figure, figure_of

BOLD = Font(bold=True)
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
LONGEST_TITLE = 31
_PROPERTIES = "docProps/core.xml"
_SAVED = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")


def workbook(report: Report, language: str) -> bytes:
    """All tables of the month; to be made with that language as the one of ``gettext``.

    A rounded number keeps its value in the cell and is shown as the band that it may stand for.
    """
    book = Workbook()
    about = book.worksheets[0]
    about.title = _title(gettext("Monthly report"), 0)
    for line in _about(report, language):
        about.append([line])
    about["A1"].font = BOLD
    about.column_dimensions["A"].width = 100
    for number, table in enumerate(report.release.tables, start=1):
        _write(book.create_sheet(_title(_name(report, table, language), number)), report, table, language)
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = LANGUAGES[language].direction == "rtl"
    return _without_time(book)


def _without_time(book: Workbook) -> bytes:
    """The same bytes whenever it is made: a workbook says when it was saved, in a line and in its archive."""
    packed = BytesIO()
    book.save(packed)
    with ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[_PROPERTIES] = _SAVED.sub(b"", files[_PROPERTIES])
    return zipped(files)


def _about(report: Report, language: str) -> Iterator[str]:
    month = formats.month_name(Month.parse(report.month), language)
    yield no_formula(formats.dotted((report.name.in_(language), gettext("Monthly report"), month)))
    if report.release.method == "rounding":
        yield gettext(
            "Numbers of people are rounded to fives so that no person can be recognised. The columns still add up."
        )
    else:
        yield gettext("Small numbers are not shown, and some others with them, so that no person can be recognised.")
    yield gettext(
        "A consultation is one time that somebody was helped with one thing. Persons are not counted: nobody is asked for a name."
    )


def _name(report: Report, table: ShownTable, language: str) -> str:
    return label(report.release.dimensions["MEASURE"], table.measure, language)


def _title(words: str, number: int) -> str:
    """A sheet's name: no sign that a workbook does not bear, no more letters than it has room for, none twice."""
    plain = _NOT_IN_TITLES.sub(" ", words)
    return f"{number} {plain}"[:LONGEST_TITLE] if number else plain[:LONGEST_TITLE]


def label(dimension: Dimension, code: str, language: str) -> str:
    """What a code is called in a language, else in English, else the code."""
    labels = next(one.labels for one in dimension.codes if one.code == code)
    return labels.get(language) or labels.get("en") or code


def _write(sheet: Worksheet, report: Report, table: ShownTable, language: str) -> None:
    """Rows are the first dimension, columns the second; a table of one dimension has one column of numbers."""
    dimensions = [report.release.dimensions[name] for name in table.dimensions]
    down, across = dimensions[0], dimensions[1] if len(dimensions) > 1 else None
    columns = (
        [one for one in across.codes if _is_shown(report, table, down.codes[0].code, one.code)] if across else [None]
    )
    sheet.append([_name(report, table, language)])
    sheet.append(["", *(label(across, one.code, language) if across and one else table.period for one in columns)])
    for row in down.codes:
        places = [_place(table, row.code, one.code if one else None) for one in columns]
        if places[0] in report.release.cells:
            sheet.append([no_formula(label(down, row.code, language))])
            for number, at in enumerate(places, start=2):
                _fill(sheet, (sheet.max_row, number), figure_of(report, at), language)
    sheet.freeze_panes = "B3"
    for cells in (sheet[1], sheet[2]):
        for cell in cells:
            cell.font, cell.alignment = BOLD, Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 36
    for number in range(2, len(columns) + 2):
        sheet.column_dimensions[get_column_letter(number)].width = 14


def _is_shown(report: Report, table: ShownTable, row: str, column: str) -> bool:
    return _place(table, row, column) in report.release.cells


def _place(table: ShownTable, row: str, column: str | None) -> Coordinates:
    place = list(Coordinates(table.period, table.measure))
    place[AXIS[table.dimensions[0]]] = row
    if column is not None:
        place[AXIS[table.dimensions[1]]] = column
    return Coordinates(*place)


def _fill(sheet: Worksheet, where: tuple[int, int], figure: Figure | None, language: str) -> None:
    if figure is None:
        return
    cell = sheet.cell(*where, figure.words(language) if figure.value is None else figure.value)
    if figure.band and figure.value is not None:
        cell.number_format = f'"{figure.words(language)}"'
