"""A log as a table: what each line says, and all that is wrong in it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused

from .bands import BANDS
from .entries import Entry, Known, ensure_entry

COLUMNS = (
    "ref", "date", "organisation", "service", "language", "interpretation", "visit_kind", "status", "sex", "age_band",
    "waiting_band", "outcome", "unmet",
)  # fmt: skip
NEEDED = COLUMNS[:5]
LONGEST_REF = 200
MOST_PROBLEMS = 200
"""So many are told; who has more of them has one mistake in many lines."""
FIRST_DAY = date(2000, 1, 1)
YES, NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


class UnknownColumn(Refused):
    """The table has a column that the log has not: nothing else is kept of anybody."""

    code: ClassVar[str] = "unknown_log_column"


class MissingColumn(Refused):
    """The table lacks a column that every entry needs."""

    code: ClassVar[str] = "missing_log_column"


class RefTwice(Refused):
    """Two lines of the table have the same ref; ``line`` is the first of them."""

    code: ClassVar[str] = "ref_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in one field; ``line`` as a spreadsheet counts, ``column`` its name (empty: the whole line)."""

    line: int
    column: str
    refusal: Refused


@dataclass(slots=True, kw_only=True)
class LogTable:
    """A table on its way through: entries by organisation, and what is wrong. With one problem none of it is taken."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: int = 0

    @property
    def number(self) -> int:
        """How many entries were read."""
        return sum(map(len, self.entries.values()))


def read_table(lines: Iterable[Sequence[str]], known: Known, organisations: Iterable[str], *, today: date) -> LogTable:
    """Read the lines (the first names the columns) for these organisations; no further than ``MOST_PROBLEMS``."""
    table, rows = LogTable(), iter(lines)
    columns = _named(next(rows, ()))
    table.problems += _head(columns)
    if table.problems:
        return table
    reading = _Reading(columns=columns, known=known, organisations=frozenset(organisations), today=today)
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        table.lines += 1
        try:
            organisation, entry = reading.line(number, cells)
            table.entries.setdefault(organisation, []).append(entry)
        except Refused as refusal:
            table.problems.append(Problem(line=number, column=refusal.field or "", refusal=refusal))
            if len(table.problems) >= MOST_PROBLEMS:
                break
    return table


def _named(head: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, without the empty ones that spreadsheets add on the right."""
    names = [name.casefold() for name in head]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _head(columns: Sequence[str]) -> Iterator[Problem]:
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            yield Problem(line=1, column=name, refusal=UnknownColumn(value=name, known=", ".join(COLUMNS)))
    for name in NEEDED:
        if name not in columns:
            yield Problem(line=1, column=name, refusal=MissingColumn(value=name))


@dataclass(slots=True, kw_only=True)
class _Reading:
    columns: tuple[str, ...]
    known: Known
    organisations: frozenset[str]
    today: date
    seen: dict[str, int] = field(default_factory=dict)

    def line(self, number: int, cells: Sequence[str]) -> tuple[str, Entry]:
        """The line's organisation and entry; refuses by field."""
        if any(cells[len(self.columns) :]):
            raise UnknownColumn(value="", known=", ".join(COLUMNS))
        values = dict(zip(self.columns, cells, strict=False))
        organisation = values.get("organisation", "")
        if organisation not in self.organisations:
            raise Invalid(field="organisation", reason="unknown", value=organisation)
        entry = Entry(
            ref=self._ref(number, values.get("ref", "")),
            kind="unmet" if _yes(values.get("unmet", "")) else "consultation",
            day=_day(values.get("date", "")),
            service=values.get("service", ""),
            language=values.get("language", ""),
            status=values.get("status") or None,
            bands=_bands(values),
        )
        ensure_entry(entry, self.known, today=self.today, since=FIRST_DAY)
        return organisation, entry

    def _ref(self, number: int, words: str) -> str:
        if not words:
            raise Invalid(field="ref", reason="required")
        if len(words) > LONGEST_REF:
            raise Invalid(field="ref", reason="too_long", limit=LONGEST_REF)
        first = self.seen.setdefault(words, number)
        if first != number:
            raise RefTwice(field="ref", value=words, line=first)
        return ref_of(words)


def ref_of(words: str) -> str:
    """What is kept of a file's own ref: enough to know it again, and nothing of what somebody may have written there."""
    return f"file:{hashlib.sha256(words.encode()).hexdigest()[:40]}"


def _yes(words: str) -> bool:
    if words.casefold() not in YES | NO:
        raise Invalid(field="unmet", reason="choice", value=words)
    return words.casefold() in YES


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Invalid(field="date", reason="date", value=words) from error


def _bands(values: Mapping[str, str]) -> dict[str, str]:
    return {name: values[name] for name in BANDS if values.get(name)}
