"""The first sheet of a workbook, line by line, as plain text.

openpyxl reads what is around it (styles, common words); the cells themselves are read here, since a table of a hundred
thousand lines takes openpyxl half a minute.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import IO, Any
from xml.parsers.expat import ParserCreate

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from bureau.kernel.text import FORMULA, clean_text

CHUNK = 1 << 16
HEARD = frozenset({"v", "t"})
"""The elements of a cell in which words or numbers stand."""


def lines_of_sheet(file: IO[bytes], *, most: int) -> Iterator[list[str]]:
    """The lines as a spreadsheet counts them, those left empty too; at most so many."""
    book: Any = ExcelReader(file, read_only=True)
    book.read_manifest()
    book.read_strings()
    book.read_workbook()
    apply_stylesheet(book.archive, book.wb)
    days = frozenset(map(str, book.wb._date_formats))  # noqa: SLF001  (which styles make a number a day)
    sheet = _Sheet(book.shared_strings, days, book.wb.epoch, most)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = sheet.start, sheet.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = sheet.hear, _refuse
    with book.archive.open(_first_sheet(book)) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
            yield from sheet.taken()
            if sheet.full:
                return
    parser.Parse(b"", True)
    yield from sheet.taken()


def _first_sheet(book: Any) -> str:
    """Where in the workbook the first sheet lies that has cells."""
    for _, link in book.parser.find_sheets():
        if link.target in book.valid_files and "chartsheet" not in link.Type:
            return str(link.target)
    raise ValueError("a workbook without a sheet")


def _refuse(*_: object) -> None:
    raise ValueError("a sheet that defines words of its own")


class _Sheet:
    """What the parser tells, put together to lines."""

    def __init__(self, common: list[str], days: frozenset[str], epoch: datetime, most: int) -> None:
        """``common`` are the words that cells share, ``days`` the styles that make a number a day since ``epoch``."""
        self._common, self._days, self._epoch, self._most = common, days, epoch, most
        self._number, self._lines, self._cells = 0, list[list[str]](), list[str]()
        self._column, self._kind, self._style, self._formula = 0, "n", "0", False
        self._words, self._hearing = list[str](), False

    @property
    def full(self) -> bool:
        """Whether there are as many lines as are wanted."""
        return self._number >= self._most

    def taken(self) -> list[list[str]]:
        """The lines that are whole by now."""
        lines, self._lines = self._lines, []
        return lines

    def start(self, name: str, had: dict[str, str]) -> None:
        """An element begins."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            at = had.get("r")
            self._column = _column_of(at.rstrip("0123456789")) if at else self._column + 1
            self._kind, self._style, self._formula = had.get("t", "n"), had.get("s", "0"), False
            self._words = []
        elif name in HEARD:
            self._hearing = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._cells, self._column = [], 0
            self._skip_to(int(had.get("r", self._number + 1)))

    def hear(self, words: str) -> None:
        """Words between the elements."""
        if self._hearing:
            self._words.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in HEARD:
            self._hearing = False
        elif name == "c":
            if words := self._said():
                self._cells += [""] * (self._column - 1 - len(self._cells))
                self._cells.append(words)
        elif name == "row" and not self.full:
            self._lines.append(self._cells)
            self._number += 1

    def _skip_to(self, number: int) -> None:
        """Lines that were left empty are not in the file."""
        while self._number < number - 1 and not self.full:
            self._lines.append([])
            self._number += 1

    def _said(self) -> str:
        if self._formula:
            return FORMULA
        words = "".join(self._words)
        if self._kind == "n":
            return _number(words, self._epoch if self._style in self._days else None) if words else ""
        if self._kind == "s":
            return cleaned(self._common[int(words)])
        return words[:10] if self._kind == "d" else cleaned(words)


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    return column_index_from_string(letters)


@lru_cache(maxsize=4096)
def _number(words: str, epoch: datetime | None) -> str:
    """A number; counted from ``epoch`` a day, or an hour of it."""
    value = float(words)
    if epoch is None:
        return str(int(value)) if value.is_integer() else words
    moment = from_excel(value, epoch)
    if isinstance(moment, datetime):
        return moment.date().isoformat()
    if isinstance(moment, date):
        return moment.isoformat()
    return f"{moment:%H:%M}" if isinstance(moment, time) else words


@lru_cache(maxsize=4096)
def cleaned(words: str) -> str:
    """Most fields of a long table say what others said before."""
    return clean_text(words)
