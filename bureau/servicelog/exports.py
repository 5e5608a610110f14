"""The log as files for spreadsheets: what was counted, and the empty table that is filled in."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bureau.kernel.text import no_formula
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.domain.referrals import OUTSIDE, ReferralSeen
from bureau.servicelog.domain.table import COLUMNS, EVERY_COLUMN, FIRST_DAY, GROUP, cells_of
from bureau.servicelog.domain.telling import Told

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE = "yyyy-mm-dd"
TEXT = "@"
NUMBERS = frozenset({"unmet", GROUP})
TEMPLATE_LINES = 5_000
"""For so many lines the empty table offers codes to choose from."""
_SHEET = "xl/worksheets/sheet1.xml"
_SIZE = re.compile(rb"<dimension[^>]*/>")
"""How large the sheet is said to be, which is so no more once rows are written into it."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Counted = Iterable[tuple[str, Entry]]
"""Entries with their organisations' codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What may stand in a column: codes and what they mean, in the reader's language."""

    column: str
    codes: Mapping[str, str]


def columns_of(*, groups: bool) -> Sequence[str]:
    """The columns of a table: those of the import; attendances only where groups met."""
    return EVERY_COLUMN if groups else COLUMNS


def write_csv(file: IO[bytes], entries: Counted, *, groups: bool) -> None:
    """The entries as text, line by line."""
    columns = columns_of(groups=groups)
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    for code, entry in entries:
        writer.writerow(no_formula(cell) for cell in cells_of(code, entry)[: len(columns)])
    text.detach()


def write_xlsx(file: IO[bytes], entries: Counted, *, groups: bool, right_to_left: bool) -> None:
    """The same as a workbook; its rows are written one by one, so that it never lies in memory as a whole."""
    columns, frame, model = columns_of(groups=groups), BytesIO(), Workbook()
    sheet = model.worksheets[0]
    _head(sheet, columns, right_to_left=right_to_left)
    style = sheet.column_dimensions[get_column_letter(columns.index("date") + 1)].style_id
    model.save(frame)
    with ZipFile(frame) as empty, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as book:
        for name in empty.namelist():
            with book.open(name, "w") as part:
                if name != _SHEET:
                    part.write(empty.read(name))
                    continue
                before, end, after = _SIZE.sub(b"", empty.read(name)).partition(b"</sheetData>")
                part.write(before)
                for row in _rows(entries, columns, style):
                    part.write(row)
                part.write(end + after)


def _head(sheet: Worksheet, columns: Sequence[str], *, right_to_left: bool) -> None:
    sheet.title = "log"
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "B2"
    for number, name in enumerate(columns, start=1):
        cell = sheet.cell(1, number, name)
        cell.font = Font(bold=True)
        wide = sheet.column_dimensions[get_column_letter(number)]
        wide.width = 26 if name == "ref" else 14
        wide.number_format = DATE if name == "date" else "General" if name in NUMBERS else TEXT


def _rows(entries: Counted, columns: Sequence[str], style: int) -> Iterator[bytes]:
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    for number, (code, entry) in enumerate(entries, start=2):
        cells = zip(letters, columns, cells_of(code, entry), strict=False)
        written = (_cell(f"{letter}{number}", name, words, entry, style) for letter, name, words in cells if words)
        yield f'<row r="{number}">{"".join(written)}</row>'.encode()


def _cell(at: str, name: str, words: str, entry: Entry, style: int) -> str:
    """A day as a day, a number as a number, words as words that no spreadsheet takes for a formula."""
    if name == "date":
        return f'<c r="{at}" s="{style}"><v>{_counted_from_1900(entry.day)}</v></c>'
    if name in NUMBERS:
        return f'<c r="{at}"><v>{words}</v></c>'
    plain = escape(_NOT_IN_XML.sub("", no_formula(words)))
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def _counted_from_1900(day: date) -> int:
    """As spreadsheets count days, with the 29 February 1900 that never was."""
    return (day - date(1899, 12, 30)).days


def template_csv() -> bytes:
    """The head of the table, to be filled in."""
    text = StringIO()
    csv.writer(text).writerow(COLUMNS)
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(codes: Sequence[Codes], *, heads: Sequence[str], right_to_left: bool) -> bytes:
    """The table to be filled in, each field with its codes to choose from; a second sheet says what they mean."""
    book, file = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    _head(sheet, COLUMNS, right_to_left=right_to_left)
    meaning = book.create_sheet("codes")
    meaning.sheet_view.rightToLeft = right_to_left
    meaning.freeze_panes = "A2"
    meaning.append([no_formula(head) for head in heads])
    for letter, width in (("A", 16), ("B", 16), ("C", 44)):
        meaning[f"{letter}1"].font = Font(bold=True)
        meaning.column_dimensions[letter].width = width
    for one in codes:
        first = meaning.max_row + 1
        for code, words in one.codes.items():
            meaning.append([one.column, no_formula(code), no_formula(words)])
        if one.codes:
            _offer(sheet, one.column, f"codes!$B${first}:$B${meaning.max_row}")
    days = DataValidation(type="date", operator="greaterThanOrEqual", formula1=str(_counted_from_1900(FIRST_DAY)))
    _valid(sheet, "date", days)
    book.save(file)
    return file.getvalue()


def _offer(sheet: Worksheet, column: str, where: str) -> None:
    _valid(sheet, column, DataValidation(type="list", formula1=where, allow_blank=True))


def _valid(sheet: Worksheet, column: str, rule: DataValidation) -> None:
    letter = get_column_letter(COLUMNS.index(column) + 1)
    rule.add(f"{letter}2:{letter}{TEMPLATE_LINES + 1}")
    sheet.add_data_validation(rule)


def problems_csv(problems: Iterable[tuple[int, str, str]], heads: Sequence[str]) -> bytes:
    """What is wrong in a table, a line each: its line, its column, and why."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([no_formula(head) for head in heads])
    writer.writerows((line, no_formula(column), no_formula(words)) for line, column, words in problems)
    return text.getvalue().encode("utf-8-sig")


REFERRALS = (
    "given_on", "from", "to", "place", "service", "language", "next_date", "next_time", "state", "arrived_on",
    "closed_on", "closed_for",
)  # fmt: skip
"""What a table of referrals says; not their codes, since whoever has a code comes with a slip."""


def _referral(one: ReferralSeen) -> tuple[str, ...]:
    said = (
        one.given_on, one.giver.code, one.to.code if one.to else OUTSIDE, no_formula(one.place), one.service_code,
        one.language.tag, one.next_day, f"{one.next_time:%H:%M}" if one.next_time else None, one.state, one.arrived_on,
        one.closed_on, one.closed_for,
    )  # fmt: skip
    return tuple("" if value is None else str(value) for value in said)


def referrals_csv(referrals: Iterable[ReferralSeen]) -> bytes:
    """An organisation's referrals as text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(REFERRALS)
    writer.writerows(map(_referral, referrals))
    return text.getvalue().encode("utf-8-sig")


def referrals_xlsx(referrals: Iterable[ReferralSeen]) -> bytes:
    """The same as a workbook."""
    book, file = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "referrals"
    sheet.freeze_panes = "A2"
    sheet.append(REFERRALS)
    for one in referrals:
        sheet.append(_referral(one))
    book.save(file)
    return file.getvalue()


FIGURES = ("month", "of", "by", "code", "name", "number", "in_fives")
"""A month's figures, as exact as their page tells them."""


def figures_csv(told: Told, names: Mapping[str, Mapping[str, str]]) -> bytes:
    """A line for each number of this month and of the one before; ``names`` by split and code."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(FIGURES)
    fives, months = int(told.rounded), (told.month, told.month.shifted(-1))
    for chart in told.charts:
        for bar in chart.bars:
            name = no_formula(names[chart.split].get(bar.code, bar.code))
            for month, number in zip(months, (bar.now, bar.before), strict=True):
                writer.writerow((month, chart.kind, chart.split, bar.code, name, number, fives))
    for month, whole in zip(months, (told.now, told.before), strict=True):
        writer.writerows((month, "session", name, "", "", getattr(whole, name), 0) for name in ("planned", "held"))
    return text.getvalue().encode("utf-8-sig")
