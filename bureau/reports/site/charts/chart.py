"""A chart before it is drawn: what its rows and columns are called, and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bureau.reports.domain.periods import frequency_of
from bureau.reports.site.months import period_name
from bureau.reports.site.shown import Figure

Kind = Literal["bars", "groups", "pairs", "line", "multiples", "heat"]
SHOWN = 9
"""So many rows are drawn at most, or so many below a heading; the table has all of them."""
COLUMNS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column of figures is; ``month`` where it is one."""

    label: str
    month: str | None = None


def column_of(period: str, language: str) -> Column:
    """A column of a month, a quarter or a year."""
    machine = None if frequency_of(period) == "quarter" else period
    return Column(label=period_name(period, language), month=machine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of figures is about, and its figures; None where the plan has no such cell.

    A row without figures is the heading of those below it. ``level`` is 1 for a part of the row above: it stands in the
    table only.
    """

    label: str
    figures: tuple[Figure | None, ...]
    month: str | None = None
    short: str = ""
    last: bool = False
    """Whether it comes after all others, however great it is."""
    level: int = 0
    code: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it only says what the rows below it are about."""
        return not self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart before it is drawn. The first row may be called the greatest (``sure``); ``lead`` is the column it is by."""

    name: str
    kind: Kind
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    finding: str = ""
    sure: bool = False
    lead: int = 0
    span: tuple[Column, ...] = ()
    """The first and the last month of a picture that goes through months."""

    @property
    def drawn(self) -> Sequence[Row]:
        """The rows of the picture: no parts of rows, and of each group the first ones, with what comes last."""
        found, room = list[Row](), SHOWN
        for row in self.rows:
            room = SHOWN if row.is_heading else room - (row.level == 0)
            if row.level == 0 and (room >= 0 or row.last or self.kind == "line"):
                found.append(row)
        return found
