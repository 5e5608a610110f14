"""The tables of a report as one plain table in a language, a line for each number."""

import csv
from collections.abc import Iterator
from io import StringIO

from bureau.kernel.text import no_formula
from bureau.reports.domain.document import Report
from bureau.reports.site.shown import Figure
from bureau.reports.site.tables import Grid, grids_of

COLUMNS = (
    "table", "period", "period_name", "measure", "measure_name", "row_dimension", "row", "row_name",
    "column_dimension", "column", "column_name", "number", "shown",
)  # fmt: skip


def table_csv(report: Report, language: str) -> bytes:
    """Every number of the report; to be made with that language as the one of ``gettext``."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for grid in grids_of(report, language):
        writer.writerows(tuple(map(no_formula, line)) for line in _lines(grid, language))
    return text.getvalue().encode("utf-8-sig")  # spreadsheets know by the mark that it is UTF-8


def _lines(grid: Grid, language: str) -> Iterator[tuple[str, ...]]:
    table = grid.table
    about = (table.id, table.period, grid.period, table.measure, grid.measure)
    down, *across = table.dimensions
    for row, figures in grid.lines:
        for column, figure in zip(grid.columns, figures, strict=True):
            beside = (across[0], column.code, column.label) if across else ("", "", "")
            if figure is not None:
                yield (*about, down, row.code, row.label, *beside, *_told(figure, language))


def _told(figure: Figure, language: str) -> tuple[str, str]:
    """The number, nothing where it is hidden, and what the page writes."""
    return "" if figure.value is None else str(figure.value), figure.words(language)
