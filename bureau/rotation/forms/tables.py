"""An uploaded table as plain lines of text, whatever program wrote it."""

import csv
import zlib
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bureau.kernel.text import clean_text
from bureau.rotation.domain.offer_table import FORMULA, Line
from bureau.rotation.domain.refusals import UnreadableTable

LARGEST = 1 << 20
LARGEST_UNPACKED = 20 << 20
MOST_LINES, MOST_COLUMNS = 600, 100
BROKEN = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError,
    RuntimeError, EOFError,
)  # fmt: skip
"""In so many ways a workbook that is none makes its reader stumble."""
ZIPPED = b"PK\x03\x04"


def lines_of(file: IO[bytes]) -> list[Line]:
    """The lines of an XLSX or CSV file; refuses what is neither, or larger than a month can be."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableTable(reason="size")
    lines = _from_xlsx(data) if data.startswith(ZIPPED) else _from_csv(data)
    if len(lines) > MOST_LINES or any(len(line) > MOST_COLUMNS for line in lines):
        raise UnreadableTable(reason="size")
    return lines


def _from_csv(data: bytes) -> list[Line]:
    """Separated by what the first line is separated by: commas, semicolons or tabs."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable(reason="letters") from error
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        return [[clean_text(words) for words in line] for line in csv.reader(StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise UnreadableTable(reason="kind") from error


def _from_xlsx(data: bytes) -> list[Line]:
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise UnreadableTable(reason="size")
        book = load_workbook(BytesIO(data), read_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS)
        return [[_words(cell.value, cell.data_type) for cell in row] for row in rows]
    except BROKEN as error:
        raise UnreadableTable(reason="kind") from error


def _words(value: object, kind: str) -> str:
    if kind == "f":
        return FORMULA
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else clean_text(str(value))
