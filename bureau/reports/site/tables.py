"""The tables of a report as grids: rows and columns with their names, and the figure that stands in each place."""

from collections.abc import Iterator
from dataclasses import dataclass

from bureau.reports.domain.cells import AXIS, COLUMNS, TOTAL, Coordinates
from bureau.reports.domain.dimensions import Dimension
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ShownTable
from bureau.web import formats

from .months import period_name
from .names import DIMENSIONS, Names
from .shown import Figure, figure_of


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a row or a column; ``depth`` is 0 for all together, 1 for its parts, 2 for theirs."""

    code: str
    label: str
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: rows are its first dimension, columns its second. One of a single dimension has one column."""

    table: ShownTable
    measure: str
    period: str
    by: tuple[str, ...]
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    figures: tuple[tuple[Figure | None, ...], ...]

    @property
    def title(self) -> str:
        """Consultations · Service × Language · December 2026."""
        return formats.dotted((self.measure, " × ".join(self.by), self.period))

    @property
    def lines(self) -> Iterator[tuple[Heading, tuple[Figure | None, ...]]]:
        """Each row with its figures."""
        return zip(self.rows, self.figures, strict=True)


def grids_of(report: Report, language: str) -> list[Grid]:
    """All tables of the report, in the order of its plan; to be called with the language as that of ``gettext``."""
    names = Names(report, language)
    return [_grid(report, names, table) for table in report.release.tables]


def _grid(report: Report, names: Names, table: ShownTable) -> Grid:
    down, *across = table.dimensions
    rows = headings(report, names, table, down)
    period = period_name(table.period, names.language)
    columns = headings(report, names, table, across[0]) if across else (Heading(TOTAL, formats.capital(period)),)
    figures = tuple(
        tuple(figure_of(report, _place(table, (row.code, column.code))) for column in columns) for row in rows
    )
    by = tuple(str(DIMENSIONS[name]) for name in table.dimensions)
    return Grid(
        table=table, measure=names("MEASURE", table.measure), period=period, by=by, rows=rows, columns=columns,
        figures=figures,
    )  # fmt: skip


def headings(report: Report, names: Names, table: ShownTable, name: str) -> tuple[Heading, ...]:
    """The codes that a table has of a dimension, with what they are called; parts below what they are part of."""
    dimension = report.release.dimensions[name]
    mine = set(table.codes(dimension))
    return tuple(one for one in tree_of(dimension, names) if one.code in mine)


def tree_of(dimension: Dimension, names: Names) -> Iterator[Heading]:
    """All codes of a dimension, each followed by its parts."""

    def below(code: str, depth: int) -> Iterator[Heading]:
        yield Heading(code, names(dimension.id, code), depth)
        for part in dimension.children.get(code, ()):
            yield from below(part, depth + 1)

    for one in dimension.codes:
        if one.parent is None:
            yield from below(one.code, 0)


def _place(table: ShownTable, codes: tuple[str, ...]) -> Coordinates:
    place = [table.period, table.measure, *[TOTAL] * (len(COLUMNS) - 2)]
    for name, code in zip(table.dimensions, codes, strict=False):  # one dimension has no code of its column
        place[AXIS[name]] = code
    return Coordinates(*place)
