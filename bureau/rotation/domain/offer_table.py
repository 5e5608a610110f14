"""When workers can come, as a table: a line for each block, a column for each worker; read with all that is wrong in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.text import FORMULA, no_formula

from .draft import Cells, at
from .offers import BlockKey, WorkerChoice
from .refusals import FormulaInTable, LineTwice, UnknownBlock, UnknownColumn, UnknownLevel
from .rounds import Block

DAY, WEEKDAY, STARTS, ENDS, FIRST_WORKER = range(5)
"""The columns; the weekday and the end are there for people only."""

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
_DOTTED = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})\D*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?")

Line = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in one field; ``line`` and ``column`` (from 0) as a spreadsheet counts, lines from 1."""

    line: int
    column: int
    refusal: Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """The fields of the page that a table sets, and what is wrong in it: with one problem none of it is taken."""

    cells: Cells
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class _Reading:
    """A table on its way through."""

    columns: Mapping[int, WorkerChoice]
    blocks: Mapping[BlockKey, Block]
    levels: Mapping[str, str]
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[BlockKey] = field(default_factory=set)

    def line(self, number: int, line: Line) -> None:
        """Take one line, or say what is wrong in it."""
        try:
            block = self.blocks[self._key(line)]
        except _Wrong as wrong:
            self.problems.append(Problem(line=number, column=wrong.column, refusal=wrong.refusal))
            return
        for column, worker in self.columns.items():
            self._take(number, column, at(worker.id, block.code), field_of(line, column))

    def _key(self, line: Line) -> BlockKey:
        key = _day(field_of(line, DAY)), _clock(field_of(line, STARTS))
        if key not in self.blocks:
            on_that_day = any(day == key[0] for day, _ in self.blocks)
            raise _Wrong(STARTS if on_that_day else DAY, UnknownBlock(day=key[0], starts=key[1]))
        if key in self.seen:
            raise _Wrong(DAY, LineTwice())
        self.seen.add(key)
        return key

    def _take(self, number: int, column: int, cell: str, words: str) -> None:
        level = self.levels.get(words.casefold())
        if level is not None:
            self.cells[cell] = level
            return
        refusal = FormulaInTable() if words.startswith(FORMULA) else UnknownLevel(value=words)
        self.problems.append(Problem(line=number, column=column, refusal=refusal))


class _Wrong(Exception):
    """A line that names no block."""

    def __init__(self, column: int, refusal: Refused) -> None:
        """Where, and why."""
        super().__init__(column, refusal)
        self.column, self.refusal = column, refusal


def read_table(
    lines: Sequence[Line], workers: Iterable[WorkerChoice], blocks: Iterable[Block], levels: Mapping[str, str]
) -> ReadTable:
    """What the table says. ``levels`` maps every word that may stand in it, in small letters, to its level.

    A line that is not there changes nothing; an empty field says that it is not possible.
    """
    heads = lines[0] if lines else ()
    columns, problems = _columns(heads, {no_formula(one.label): one for one in workers})
    reading = _Reading(
        columns=columns, blocks={block.key: block for block in blocks}, levels={"": "", **levels}, problems=problems
    )
    for number, line in enumerate(lines[1:], start=2):
        if any(line):
            reading.line(number, line)
    return ReadTable(cells=reading.cells, problems=tuple(reading.problems))


def _columns(heads: Line, workers: Mapping[str, WorkerChoice]) -> tuple[dict[int, WorkerChoice], list[Problem]]:
    """Whose column each is; a column without a head is a note."""
    named = {number: head for number, head in enumerate(heads) if number >= FIRST_WORKER and head}
    columns = {number: workers[no_formula(head)] for number, head in named.items() if no_formula(head) in workers}
    strange = [
        Problem(line=1, column=number, refusal=UnknownColumn(value=head))
        for number, head in named.items()
        if number not in columns
    ]
    return columns, strange


def field_of(line: Line, column: int) -> str:
    """What stands in a column; nothing where the line is shorter."""
    return line[column] if column < len(line) else ""


def _day(text: str) -> date:
    found = _ISO.fullmatch(text) or _DOTTED.fullmatch(text)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise _Wrong(DAY, Invalid(reason="date")) from error
    raise _Wrong(DAY, Invalid(reason="date"))


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise _Wrong(STARTS, Invalid(reason="time"))
    return time(int(found[1]), int(found[2] or 0))
