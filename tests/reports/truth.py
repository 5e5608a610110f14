"""The open data of a report as a stranger reads them, and every file beside its page held against them.

Nothing of the product is asked what a number should be: it is looked up in the bundle at the place where a file shows
it. What a file calls its rows and columns is looked up in the code lists.
"""

import csv
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zipfile import ZipFile

from openpyxl import load_workbook

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
HIDDEN = "×"
Numbers = tuple[int, ...]
"""What is read at a place: a number, the two ends of a band, or nothing where the number is hidden."""
Place = tuple[str, ...]
"""The codes of all dimensions, in the order of the columns."""


def said(words: object) -> Numbers:
    """The numbers of a cell of whatever file."""
    text = str(words).translate(DIGITS).translate(MARKS)
    if text == HIDDEN:
        return ()
    return tuple(int(re.sub(r"\D", "", one)) for one in re.split("–| إلى | تا ", text))


@dataclass
class Table:
    """A table as the package describes it."""

    id: str
    measure: str
    dimensions: tuple[str, ...]
    period: str
    people: bool


@dataclass
class Open:
    """The cells of a bundle and of those before it, the names of codes, and the tables of this one."""

    language: str
    tables: list[Table] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    checked: int = 0
    _cells: dict[Place, Numbers] = field(default_factory=dict)
    _values: dict[Place, str] = field(default_factory=dict)
    _tables_of: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    _codes: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, package: Mapping[str, bytes]) -> None:
        """Read a bundle; the last one that is taken is that of the report."""
        sdc = json.loads(package["datapackage.json"])["sdc"]
        self.tables = [
            Table(one["id"], one["measure"], tuple(one["dimensions"]), one["period"], one["counts_people"])
            for one in sdc["tables"]
        ]
        for row in _rows(package["codelists.csv"]):
            name = row.get(f"LABEL_{self.language}") or row["LABEL"] or row["CODE"]
            self._names[row["DIM"], row["CODE"]] = name
            self._codes[row["DIM"], self.key(name)].add(row["CODE"])
        for file, away in (("cells.csv", sdc["max_dev"]), ("facts.csv", 0)):
            for row in _rows(package[file]):
                self.columns = tuple(
                    name for name in row if name != "TABLE_ID" and not name.startswith(("OBS_", "CONF_"))
                )
                place = tuple(row[name] for name in self.columns)
                self._cells[place] = _numbers(row["OBS_VALUE"], away * _months(row["TIME_PERIOD"]))
                self._values[place] = row["OBS_VALUE"]
                self._tables_of[place].add(row["TABLE_ID"])

    def place(self, period: str, measure: str, **codes: str) -> Place:
        """Where the codes lead to; those that are not named are the total."""
        named = {"TIME_PERIOD": period, "MEASURE": measure, **codes}
        return tuple(named.get(name, "_T") for name in self.columns)

    def has(self, place: Place) -> bool:
        """Whether it is public."""
        return place in self._cells

    def at(self, places: Iterable[Place]) -> set[Numbers]:
        """What may be read there: more than one where two codes are called the same."""
        self.checked += 1
        return {self._cells[one] for one in places if one in self._cells}

    def values(self, places: Iterable[Place]) -> set[str]:
        """The numbers of these cells as they are kept; empty where one is hidden."""
        return {self._values[one] for one in places if one in self._values}

    def say_otherwise(self, place: Place) -> None:
        """A wrong truth, to see that it is noticed."""
        self._cells[place], self._values[place] = (421,), "421"

    def missing(self, found: set[tuple[str, Place]]) -> int:
        """How many cells of the report's own tables are not among those that were ``found``."""
        periods = {one.period for one in self.tables}
        own = {(table, at) for at, tables in self._tables_of.items() for table in tables if at[0] in periods}
        return len(own - found)

    def name(self, dimension: str, code: str) -> str:
        """What a code is called."""
        return self._names[dimension, code]

    def named(self, dimension: str, name: str) -> set[str]:
        """The codes that are called so."""
        return self._codes.get((dimension, self.key(name)), set())

    def key(self, name: str) -> str:
        """A name as it can be compared: a PDF keeps the letters of Arabic script, but as they stand, and twice with a mark."""
        plain = "".join(name.translate(MARKS).split()).casefold()
        if self.language not in ("ar", "fa"):
            return plain
        letters = unicodedata.normalize("NFKD", plain)
        return "".join(sorted({one for one in letters if not unicodedata.combining(one)}))


def opened(packages: Sequence[bytes], language: str) -> Open:
    """What the zipped bundles hold, in that order."""
    found = Open(language)
    for package in packages:
        with ZipFile(io.BytesIO(package)) as archive:
            found.take({name: archive.read(name) for name in archive.namelist()})
    return found


def wrong_in_table(content: bytes, truth: Open) -> Iterator[str]:
    """The plain table: each line says by codes which cell it is, and each cell of the report has its line."""
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    found = set()
    for line in lines:
        codes = {line["row_dimension"]: line["row"]}
        if line["column_dimension"]:
            codes[line["column_dimension"]] = line["column"]
        place = truth.place(line["period"], line["measure"], **codes)
        found.add((line["table"], place))
        if truth.at([place]) != {said(line["shown"])} or truth.values([place]) != {line["number"]}:
            yield f"{line['table']} {place}: {line['shown']}"
        for kind in ("row", "column"):
            name, told = line[f"{kind}_dimension"], line[f"{kind}_name"].removeprefix("'")
            if name and truth.key(told) != truth.key(truth.name(name, line[kind])):
                yield f"{line['table']} {place}: called {told}"
    if missing := truth.missing(found):
        yield f"{missing} cells have no line"


def wrong_in_workbook(content: bytes, truth: Open) -> Iterator[str]:
    """The workbook: a sheet for each table in its order, with the names of its rows and columns."""
    book = load_workbook(io.BytesIO(content))
    sheets = book.worksheets[1:]
    if len(sheets) != len(truth.tables):
        yield f"{len(sheets)} sheets for {len(truth.tables)} tables"
    for table, sheet in zip(truth.tables, sheets, strict=False):
        _title, heads, *rows = sheet.iter_rows()
        names = [str(cell.value).removeprefix("'") for cell in heads[1:]]
        if truth.name("MEASURE", table.measure) not in str(sheet["A1"].value):
            yield f"{sheet.title}: {sheet['A1'].value}"
        for row in rows:
            name = str(row[0].value).removeprefix("'")
            for head, cell in zip(names, row[1:], strict=True):
                shown = cell.number_format.strip('"') if "–" in cell.number_format else cell.value
                places = _places(truth, table, name, head)
                number = str(cell.value) if isinstance(cell.value, int) else ""
                if said(shown) not in truth.at(places) or number not in truth.values(places):
                    yield f"{sheet.title}, {name}, {head}: {cell.value} shown as {shown}"


def _places(truth: Open, table: Table, row: str, column: str) -> list[Place]:
    down, *across = table.dimensions
    columns = truth.named(across[0], column) if across else {""}
    return [
        truth.place(table.period, table.measure, **{down: one}, **({across[0]: other} if across else {}))
        for one in truth.named(down, row)
        for other in columns
    ]


def loose(words: str) -> Counter[int]:
    """The numbers of a sentence, in whatever order the letters stand."""
    plain = re.sub(r"(?<=\d)[\u00a0\u202f\u2009,. ](?=\d{3}(?!\d))", "", words.translate(DIGITS).translate(MARKS))
    return Counter(map(int, re.findall(r"\d+", plain)))


def _numbers(value: str, away: int) -> Numbers:
    if not value:
        return ()
    number = int(value)
    return (max(0, number - away), number + away) if away and number < 10 else (number,)


def _months(period: str) -> int:
    if "Q" in period:
        return 3
    return 1 if "-" in period else 12


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(content.decode()))
