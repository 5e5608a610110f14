"""The plan of a year: which tables are ever public. What is not in it cannot be published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from .cells import AXIS, COLUMNS, TOTAL, Coordinates
from .dimensions import Dimension
from .periods import FREQUENCIES, Frequency, ending_with, frequency_of, months_of

Method = Literal["rounding", "suppression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that may be public: one measure over some dimensions, at these frequencies.

    It holds all codes of its dimensions with all totals, or, where it is ``coarse``, only the uppermost codes (needs, not
    single services). ``counts_people`` is false for what is public anyway and
    counts no resident (sessions in the programme): it is shown as it is.
    """

    id: str
    measure: str
    dimensions: tuple[str, ...]
    frequencies: tuple[Frequency, ...] = FREQUENCIES
    counts_people: bool = True
    coarse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A table of one release: its period, and whether it is the sum of months already shown."""

    id: str
    measure: str
    dimensions: tuple[str, ...]
    period: str
    derived: bool = False
    counts_people: bool = True
    coarse: bool = False

    def codes(self, dimension: Dimension) -> list[str]:
        """The codes that the table has of one of its dimensions."""
        return [
            one.code
            for one in dimension.codes
            if not self.coarse or one.parent is None or dimension.parents[one.parent] is None
        ]

    def leaves(self, dimension: Dimension) -> list[str]:
        """Those of its codes that have none below them in the table."""
        mine = self.codes(dimension)
        return [code for code in mine if not set(dimension.children.get(code, ())) & set(mine)]

    def coordinates(self, dimensions: Mapping[str, Dimension]) -> Iterator[Coordinates]:
        """All its cells, totals first, in the order of the codes."""
        codes = [self.codes(dimensions[name]) for name in self.dimensions]
        axes = [AXIS[name] for name in self.dimensions]
        for chosen in product(*codes):
            place = [self.period, self.measure, *[TOTAL] * (len(COLUMNS) - 2)]
            for axis, code in zip(axes, chosen, strict=True):
                place[axis] = code
            yield Coordinates(*place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What may be public in a year, and how it is protected. Fixed with the year's first publication."""

    year: int
    method: Method
    tables: tuple[Table, ...]

    def tables_of(self, month: str, since: str) -> tuple[ShownTable, ...]:
        """The tables that appear with ``month``; quarter and year only if the series has all their months."""
        periods = [period for period in ending_with(month) if months_of(period)[0] >= since]
        return tuple(
            self._shown(table, period)
            for period in periods
            for table in self.tables
            if frequency_of(period) in table.frequencies
        )

    def behind(self, month: str) -> tuple[ShownTable, ...]:
        """The crossed tables of a month that are never public themselves, but whose quarter will be."""
        return tuple(
            self._shown(table, month)
            for table in self.tables
            if "month" not in table.frequencies and len(table.dimensions) > 1 and table.counts_people
        )

    def allowed(self) -> set[tuple[str, ...]]:
        """Every table that may ever be public in the year: its name as shown, and the dimensions that its cells use."""
        again = [month for month in months_of(str(self.year)) if self.method == "rounding"]  # see ``restated``
        return {
            (name, "TIME_PERIOD", "MEASURE", *table.dimensions)
            for table in self.tables
            for name in (
                *(_name(table, frequency) for frequency in table.frequencies),
                *(f"{table.id}-{month}" for month in again if table.counts_people),
            )
        }

    def without(self, table: str) -> "Plan":
        """The plan without that table."""
        return replace(self, tables=tuple(one for one in self.tables if one.id != table))

    def _shown(self, table: Table, period: str) -> ShownTable:
        frequency = frequency_of(period)
        derived = self.method == "rounding" and frequency != "month" and table.counts_people
        return ShownTable(
            id=_name(table, frequency),
            measure=table.measure, dimensions=table.dimensions, period=period, derived=derived,
            counts_people=table.counts_people, coarse=table.coarse,
        )  # fmt: skip


def restated(table: ShownTable, month: str) -> ShownTable:
    """The table of an earlier month, shown again with a code that it lacks, so that its sums can be re-added."""
    return replace(table, id=f"{table.id}-{month}", period=month)


def _name(table: Table, frequency: Frequency) -> str:
    return table.id if frequency == "month" else f"{table.id}-{frequency}"


CONSULTATIONS, UNMET, ATTENDANCES, REFERRALS = "consultations", "unmet", "attendances", "referrals"
PLANNED, HELD = "sessions-planned", "sessions-held"
SPOKEN_PLANNED, SPOKEN_HELD, COVERED = "spoken-planned", "spoken-held", "covered"
"""Sessions once for each language in them, and once for each need in each language: so that their columns add up."""
FACTS = (PLANNED, HELD, SPOKEN_PLANNED, SPOKEN_HELD, COVERED)
"""What counts no people and stands in the programme, which everybody can read."""
MEASURES = (CONSULTATIONS, UNMET, ATTENDANCES, REFERRALS, *FACTS)
"""What is measured; they are never added up, so each is a root of its own."""
BANDS = ("INTERPRETATION", "VISIT", "WAITING", "OUTCOME", "SEX", "AGE")
CROSSED = (("ORGANISATION", "SERVICE"), ("SERVICE", "LANGUAGE"), ("LANGUAGE", "STATUS"))
"""The tree of two-way tables: each has one dimension in common with the next, so that they tell nothing together
that they do not tell each by itself."""
CALMER: tuple[Frequency, ...] = ("quarter", "year")


def default_plan(year: int, method: Method) -> Plan:
    """What a bureau publishes unless it decides otherwise.

    Rounded figures are shown in full each month, and quarter and year are their sums. Where cells are hidden instead,
    the month has totals of one dimension, and crossed tables of quarter and year are by need and not by service: a
    coarse table that can be read is better than a fine one full of holes.
    """
    crossed = [_table(CONSULTATIONS, *pair) for pair in CROSSED] + [_table(UNMET, "SERVICE", "LANGUAGE")]
    single = [_table(CONSULTATIONS, name) for name in BANDS]
    single += [_table(ATTENDANCES, "SERVICE"), _table(REFERRALS, "ARRIVAL")]
    if method == "suppression":
        crossed = [replace(table, frequencies=CALMER, coarse=True) for table in crossed]
        ones = [_table(CONSULTATIONS, name) for name in ("ORGANISATION", "SERVICE", "LANGUAGE", "STATUS")]
        ones += [_table(UNMET, name) for name in ("SERVICE", "LANGUAGE")]
        crossed = [*ones, *crossed]
    return Plan(year=year, method=method, tables=(*crossed, *single, *_facts()))


def _facts() -> list[Table]:
    """What was planned and what was held: by organisation, by language, and where need and language meet."""
    by = [(PLANNED, "ORGANISATION"), (HELD, "ORGANISATION"), (SPOKEN_PLANNED, "LANGUAGE"), (SPOKEN_HELD, "LANGUAGE")]
    tables = [*(_table(measure, name) for measure, name in by), _table(COVERED, "SERVICE", "LANGUAGE")]
    return [replace(table, counts_people=False, coarse=len(table.dimensions) > 1) for table in tables]


def _table(measure: str, *dimensions: str) -> Table:
    name = "-".join((measure, *(one.lower() for one in dimensions)))
    return Table(id=name, measure=measure, dimensions=dimensions)
