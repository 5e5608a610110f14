"""Tables of insiders as files, each marked in its head and on every printed page as not for publication."""

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bureau.kernel.text import no_formula

Line = tuple[str | int, ...]
HEAD_LINE = 4
"""Above it stand the mark, what the table is, and how exact it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table in the reader's words; the last line holds the sums."""

    mark: str
    title: str
    note: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    right_to_left: bool = False


def table_csv(sheet: Sheet) -> bytes:
    """As text."""
    text = StringIO()
    writer = csv.writer(text)
    for words in (sheet.mark, sheet.title, sheet.note):
        writer.writerow([no_formula(words)])
    writer.writerow([no_formula(one) for one in sheet.head])
    writer.writerows([_plain(one) for one in line] for line in sheet.lines)
    return text.getvalue().encode("utf-8-sig")


def table_xlsx(sheet: Sheet) -> bytes:
    """As a workbook; its head stays in sight, and its mark is printed on every page."""
    book, file = Workbook(), BytesIO()
    page = book.worksheets[0]
    page.sheet_view.rightToLeft = sheet.right_to_left
    for words in (sheet.mark, sheet.title, sheet.note):
        page.append([no_formula(words)])
    page.append([no_formula(one) for one in sheet.head])
    for line in sheet.lines:
        page.append([_plain(one) for one in line])
    page["A1"].font = Font(bold=True, color="FFB00020", size=14)
    page["A2"].font = Font(bold=True)
    for row in (page[HEAD_LINE], page[page.max_row]):
        for cell in row:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = f"B{HEAD_LINE + 1}"
    page.print_title_rows = f"{HEAD_LINE}:{HEAD_LINE}"
    page.column_dimensions["A"].width = 36
    for number in range(2, len(sheet.head) + 1):
        page.column_dimensions[get_column_letter(number)].width = 14
    for part in (page.oddHeader, page.oddFooter):
        if part is not None:
            part.center.text = sheet.mark.replace("&", "&&")
    book.save(file)
    return file.getvalue()


def _plain(value: str | int) -> str | int:
    return no_formula(value) if isinstance(value, str) else value
