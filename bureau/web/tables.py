"""An uploaded table as plain lines of text, whatever program wrote it."""

import codecs
import csv
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, ClassVar
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from openpyxl.utils.exceptions import InvalidFileException

from bureau.kernel.errors import Refused

from .sheets import cleaned, lines_of_sheet

BROKEN = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError,
    RuntimeError, EOFError, ExpatError,
)  # fmt: skip
"""In so many ways a workbook that is none makes its reader stumble."""
ZIPPED = b"PK\x03\x04"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEAD = 1 << 16


class UnreadableTable(Refused):
    """The file is no table that we can read; ``reason``: ``kind``, ``letters`` or ``size``."""

    code: ClassVar[str] = "unreadable_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a table may be: bytes, bytes once unpacked, lines and columns."""

    size: int = 1 << 20
    unpacked: int = 20 << 20
    lines: int = 600
    columns: int = 100


def lines_of(file: IO[bytes], limits: Limits) -> Iterator[list[str]]:
    """The lines of an XLSX or CSV file, one after the other; refuses what is neither, or larger than the limits.

    Reads as it goes: a long file never lies in memory as a whole.
    """
    if _size(file) > limits.size:
        raise UnreadableTable(reason="size")
    packed = file.read(len(ZIPPED)) == ZIPPED
    file.seek(0)
    for number, line in enumerate(_from_xlsx(file, limits) if packed else _from_csv(file)):
        if number >= limits.lines or len(line) > limits.columns:
            raise UnreadableTable(reason="size")
        yield line


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


def _from_csv(file: IO[bytes]) -> Iterator[list[str]]:
    """Separated by what the first line is separated by: commas, semicolons or tabs."""
    start = file.read(HEAD)
    file.seek(0)
    letters = "utf-16" if start.startswith(UTF16) else "utf-8-sig"
    head = start.decode(letters, errors="replace").partition("\n")[0]
    text = io.TextIOWrapper(file, encoding=letters, newline="")
    try:
        for line in csv.reader(text, delimiter=max(",;\t", key=head.count)):
            yield [cleaned(words) for words in line]
    except UnicodeDecodeError as error:
        raise UnreadableTable(reason="letters") from error
    except csv.Error as error:
        raise UnreadableTable(reason="kind") from error
    finally:
        text.detach()  # the file stays the caller's, to be read again or closed


def _from_xlsx(file: IO[bytes], limits: Limits) -> Iterator[list[str]]:
    try:
        with ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > limits.unpacked:
                raise UnreadableTable(reason="size")
        yield from lines_of_sheet(file, most=limits.lines + 1)
    except BROKEN as error:
        raise UnreadableTable(reason="kind") from error
