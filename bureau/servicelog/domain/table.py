"""A log as a table: what each line says, and all that is wrong in it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import ClassVar, ParamSpec, TypeVar

from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.month import Month
from bureau.kernel.privacy import found_in

from .bands import BANDS
from .entries import MOST_ATTENDANCES, Entry, Known, counts_in, faults_in
from .refs import LONGEST_REF, ensure_ref_names_nobody, ref_of

COLUMNS = (
    "ref", "date", "organisation", "service", "language", "interpretation", "visit_kind", "status", "sex", "age_band",
    "waiting_band", "outcome", "unmet",
)  # fmt: skip
GROUP = "group"
"""A column that a table has only where groups met: how many came. Without it a line is one person."""
EVERY_COLUMN = (*COLUMNS, GROUP)
NEEDED = COLUMNS[:5]
MOST_PROBLEMS = 5_000
"""So many are told; who has more of them has one mistake in many lines."""
FIRST_DAY = date(2000, 1, 1)
YES, NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})

Arguments = ParamSpec("Arguments")
Taken = TypeVar("Taken")


class UnknownColumn(Refused):
    """The table has a column that the log has not: nothing else is kept of anybody."""

    code: ClassVar[str] = "unknown_log_column"


class MissingColumn(Refused):
    """The table lacks a column that every entry needs."""

    code: ClassVar[str] = "missing_log_column"


class RefTwice(Refused):
    """Two lines of the table have the same ref; ``line`` is the first of them."""

    code: ClassVar[str] = "ref_twice"


class RefElsewhere(Refused):
    """Another organisation of the bureau has counted something under this ref."""

    code: ClassVar[str] = "ref_elsewhere"


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
    at: dict[str, int] = field(default_factory=dict)
    """The line of each ref."""
    known: set[str] = field(default_factory=set)
    """The refs of those that were counted before."""

    @property
    def number(self) -> int:
        """How many entries were read."""
        return sum(map(len, self.entries.values()))

    @property
    def full(self) -> bool:
        """Whether there may be more wrong than is told."""
        return len(self.problems) >= MOST_PROBLEMS

    def every(self) -> Iterator[tuple[str, Entry]]:
        """Each entry with its organisation's code."""
        return ((code, entry) for code, entries in self.entries.items() for entry in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The entries of one month's days: in which month they count, how many are new, and how many were counted before."""

    month: str
    counts_in: str
    new: int
    known: int


def where_it_counts(table: LogTable, closed: Collection[Month]) -> list[Where]:
    """Month by month, what taking the table in would come to."""
    every: Counter[tuple[int, int]] = Counter()
    known: Counter[tuple[int, int]] = Counter()
    for _, entry in table.every():
        month = entry.day.year, entry.day.month
        every[month] += 1
        known[month] += entry.ref in table.known
    return [
        Where(
            month=str(Month(*month)), counts_in=str(counts_in(Month(*month).first, closed)),
            new=number - known[month], known=known[month],
        )
        for month, number in sorted(every.items())
    ]  # fmt: skip


def read_table(lines: Iterable[Sequence[str]], known: Known, organisations: Iterable[str], *, today: date) -> LogTable:
    """Read the lines (the first names the columns) for these organisations; no further than ``MOST_PROBLEMS``."""
    table, rows = LogTable(), iter(lines)
    columns = _named(next(rows, ()))
    table.problems += _head(columns)
    if table.problems:
        return table
    reading = _Reading(columns=columns, known=known, organisations=frozenset(organisations), today=today, at=table.at)
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        table.lines += 1
        organisation, entry, wrong = reading.line(number, cells)
        if wrong:
            table.problems += (_problem(number, refusal) for refusal in wrong)
            if table.full:
                break
        else:
            table.entries.setdefault(organisation, []).append(entry)
    return table


def _problem(line: int, refusal: Refused) -> Problem:
    """What is wrong; what was typed is told with it only if it names nobody, since the list of problems is kept a while."""
    value = refusal.params.get("value")
    if isinstance(value, str) and _tells(value):
        refusal.params["value"] = "…"
    return Problem(line=line, column=refusal.field or "", refusal=refusal)


@lru_cache(maxsize=1024)
def _tells(value: str) -> bool:
    return len(value) > LONGEST_REF or bool(found_in(value, today=FIRST_DAY))


def _named(head: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, without the empty ones that spreadsheets add on the right."""
    names = [name.casefold() for name in head]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _head(columns: Sequence[str]) -> Iterator[Problem]:
    for name in columns:
        if name not in EVERY_COLUMN or columns.count(name) > 1:
            yield _problem(1, _unknown(name))
    for name in NEEDED:
        if name not in columns:
            yield _problem(1, MissingColumn(field=name, value=name))


def _unknown(name: str) -> UnknownColumn:
    return UnknownColumn(field="…" if _tells(name) else name, value=name, known=", ".join(EVERY_COLUMN))


def cells_of(organisation: str, entry: Entry) -> list[str]:
    """An entry as a line of a table with every column."""
    said = {
        **entry.bands, "ref": entry.ref, "date": entry.day.isoformat(), "organisation": organisation,
        "service": entry.service, "language": entry.language, "status": entry.status or "",
        "unmet": "1" if entry.kind == "unmet" else "", GROUP: str(entry.number) if entry.kind == "group" else "",
    }  # fmt: skip
    return [said.get(name, "") for name in EVERY_COLUMN]


@dataclass(slots=True, kw_only=True)
class _Reading:
    columns: tuple[str, ...]
    known: Known
    organisations: frozenset[str]
    today: date
    at: dict[str, int]

    def line(self, number: int, cells: Sequence[str]) -> tuple[str, Entry, list[Refused]]:
        """The line's organisation and entry, and everything that is wrong in it."""
        wrong: list[Refused] = []
        if any(cells[len(self.columns) :]):
            wrong.append(_unknown(""))
        values = dict(zip(self.columns, cells, strict=False))
        organisation = values.get("organisation", "")
        if organisation not in self.organisations:
            wrong.append(Invalid(field="organisation", reason="unknown", value=organisation))
        kind, attended = _tried(wrong, _kind, values.get("unmet", ""), values.get(GROUP, "")) or ("consultation", 1)
        entry = Entry(
            ref=_tried(wrong, self._ref, number, values.get("ref", "")) or "none",
            kind=kind,
            number=attended,
            day=_tried(wrong, _day, values.get("date", "")) or self.today,
            service=values.get("service", ""),
            language=values.get("language", ""),
            status=values.get("status") or None,
            bands=_bands(*(values.get(name, "") for name in BANDS)),
        )
        wrong += faults_in(entry, self.known, today=self.today, since=FIRST_DAY)
        return organisation, entry, wrong

    def _ref(self, number: int, words: str) -> str:
        if not words:
            raise Invalid(field="ref", reason="required")
        if len(words) > LONGEST_REF:
            raise Invalid(field="ref", reason="too_long", limit=LONGEST_REF)
        ensure_ref_names_nobody(words)
        kept = ref_of(words)
        first = self.at.setdefault(kept, number)
        if first != number:
            raise RefTwice(field="ref", value=words, line=first)
        return kept


def _tried(
    wrong: list[Refused],
    part: Callable[Arguments, Taken],
    *values: Arguments.args,
    **named: Arguments.kwargs,
) -> Taken | None:
    """What a part of the line says; if it is refused, that is noted and the next part is read all the same."""
    try:
        return part(*values, **named)
    except Refused as refusal:
        wrong.append(refusal)
        return None


def _kind(unmet: str, attended: str) -> tuple[str, int]:
    if unmet.casefold() not in YES | NO:
        raise Invalid(field="unmet", reason="choice", value=unmet)
    if not attended:
        return ("unmet" if unmet.casefold() in YES else "consultation"), 1
    number = int(attended) if attended.isdecimal() and len(attended) <= 3 else 0
    if number == 0 or unmet.casefold() in YES:
        raise Invalid(field=GROUP, reason="number", low=1, high=MOST_ATTENDANCES)
    return "group", number


@lru_cache(maxsize=4096)
def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Invalid(field="date", reason="date", value=words) from error


@lru_cache(maxsize=4096)
def _bands(*values: str) -> Mapping[str, str]:
    """What else was asked; rows that say the same share it."""
    return {name: value for name, value in zip(BANDS, values, strict=True) if value}
