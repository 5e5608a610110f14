"""The tables of a report as a workbook in one language: a sheet for each, real numbers, and what they mean."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZipFile

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bureau.kernel.month import Month
from bureau.kernel.text import no_formula
from bureau.reports.domain.document import Report
from bureau.reports.site.definitions import definitions_of, method_of
from bureau.reports.site.shown import Figure
from bureau.reports.site.tables import Grid, Heading, grids_of
from bureau.reports.site.written import indicators_of, noted_of, taken_back
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .bundle import zipped

TITLE, BOLD, FAINT = Font(bold=True, size=14), Font(bold=True), Font(color="FF4A6068")
LINK = Font(color="FF0A5A6E", underline="single")
TOTALS = PatternFill("solid", fgColor="FFF4F2EA")
BELOW = Border(bottom=Side("medium", color="FF11303A"))
TOP = Alignment(wrap_text=True, vertical="top")
HEADS = Alignment(wrap_text=True, vertical="bottom", horizontal="right")
NUMBERS = Alignment(horizontal="right", readingOrder=1)
"""A band keeps its order on a sheet that runs from right to left."""
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
LONGEST_TITLE = 31
NAMES, NUMBER, WIDEST = 38, 13, 100
"""Widths of columns."""
WIDE = 6
"""A sheet of more columns is printed on its side."""
_PROPERTIES = "docProps/core.xml"
_SAVED = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")


def workbook(report: Report, language: str) -> bytes:
    """All tables of the month; to be made with that language as the one of ``gettext``.

    A rounded number keeps its value in the cell and is shown as the band that it may stand for.
    """
    book = Workbook()
    about, grids = book.worksheets[0], grids_of(report, language)
    about.title = _title(gettext("Monthly report"), 0)
    sheets = [book.create_sheet(_title(_short(one), number)) for number, one in enumerate(grids, start=1)]
    _introduce(about, report, language, [(one.title, sheet.title) for one, sheet in zip(grids, sheets, strict=True)])
    for grid, sheet in zip(grids, sheets, strict=True):
        _write(sheet, grid, language)
    for sheet in book.worksheets:
        _lay_out(sheet, report, language)
    book.properties.title = _heading(report, language)
    book.properties.creator = report.name.in_(language)
    book.properties.language = language
    return _without_time(book)


def _without_time(book: Workbook) -> bytes:
    """The same bytes whenever it is made: a workbook says when it was saved, in a line and in its archive."""
    packed = BytesIO()
    book.save(packed)
    with ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[_PROPERTIES] = _SAVED.sub(b"", files[_PROPERTIES])
    return zipped(files)


def _heading(report: Report, language: str) -> str:
    month = formats.month_name(Month.parse(report.month), language)
    return formats.dotted((report.name.in_(language), gettext("Monthly report"), month))


def _introduce(sheet: Worksheet, report: Report, language: str, tables: Iterable[tuple[str, str]]) -> None:
    """What the numbers mean, which sheets there are, and what else the report counts."""
    _say(sheet, _heading(report, language), TITLE)
    gone = (words for _, words in taken_back(report, language))
    for line in (*gone, method_of(report), *(one.words(language) for one in definitions_of(report))):
        _say(sheet, line)
    sheet.append([])
    for title, name in tables:
        _say(sheet, title, LINK)
        sheet.cell(sheet.max_row, 1).hyperlink = f"#'{name}'!A1"
    further = [
        *((one.label, one.figure, one.of) for one in noted_of(report)),
        *((one.label(language), one.figure, None) for one in indicators_of(report)),
    ]
    if further:
        sheet.append([])
    for label, figure, of in further:
        _say(sheet, label)
        _fill(sheet, (sheet.max_row, 2), figure, language)
        _fill(sheet, (sheet.max_row, 3), of, language)
    sheet.column_dimensions["A"].width = WIDEST


def _say(sheet: Worksheet, words: str, font: Font | None = None) -> None:
    sheet.append([no_formula(words)])
    cell = sheet.cell(sheet.max_row, 1)
    cell.alignment = TOP
    if font is not None:
        cell.font = font


def _short(grid: Grid) -> str:
    return " ".join((grid.period if grid.table.derived or "-" not in grid.table.period else "", grid.measure)).strip()


def _title(words: str, number: int) -> str:
    """A sheet's name: no sign that a workbook does not bear, no more letters than it has room for, none twice."""
    plain = _NOT_IN_TITLES.sub(" ", words)
    return f"{number} {plain}"[:LONGEST_TITLE].strip() if number else plain[:LONGEST_TITLE]


def _write(sheet: Worksheet, grid: Grid, language: str) -> None:
    """A title, a line of headings, and below it a line for each row, parts within what they are part of."""
    sheet.append([no_formula(grid.title)])
    sheet["A1"].font = BOLD
    sheet.append([grid.by[0], *(no_formula(one.label) for one in grid.columns)])
    for cell in sheet[2]:
        cell.font, cell.border, cell.alignment = BOLD, BELOW, HEADS
    sheet["A2"].alignment = Alignment(vertical="bottom")
    for row, figures in grid.lines:
        _line(sheet, row, figures, grid.columns, language)
    sheet.freeze_panes = "B3"
    sheet.print_title_rows, sheet.print_title_cols = "2:2", "A:A"
    sheet.column_dimensions["A"].width = NAMES
    for number in range(2, len(grid.columns) + 2):
        sheet.column_dimensions[get_column_letter(number)].width = NUMBER


def _line(
    sheet: Worksheet, row: Heading, figures: Sequence[Figure | None], columns: Sequence[Heading], language: str
) -> None:
    sheet.append([no_formula(row.label)])
    number = sheet.max_row
    sheet.cell(number, 1).alignment = Alignment(indent=row.depth, wrap_text=True, vertical="top")
    for place, figure in enumerate(figures, start=2):
        _fill(sheet, (number, place), figure, language)
    if row.depth == 0:
        for place in range(1, len(columns) + 2):
            sheet.cell(number, place).font, sheet.cell(number, place).fill = BOLD, TOTALS


def _fill(sheet: Worksheet, where: tuple[int, int], figure: Figure | None, language: str) -> None:
    if figure is None:
        return
    cell = sheet.cell(*where, figure.words(language) if figure.value is None else figure.value)
    cell.alignment = NUMBERS
    if figure.band and figure.value is not None:
        cell.number_format = f'"{figure.words(language)}"'


def _lay_out(sheet: Worksheet, report: Report, language: str) -> None:
    """Right to left where the language is, and pages that fit a printer."""
    sheet.sheet_view.rightToLeft = LANGUAGES[language].direction == "rtl"
    sheet.page_setup.orientation = "landscape" if sheet.max_column > WIDE else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    heading = _HeaderFooterPart(_heading(report, language).replace("&", "&&"))
    sheet.oddFooter = HeaderFooterItem(left=heading, right=_HeaderFooterPart("&P / &N"))
