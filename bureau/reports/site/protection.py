"""What is protected in a report: table by table, for the desk. The truth stands nowhere beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bureau.reports.domain.document import Report
from bureau.web import formats

from .names import DIMENSIONS, MEASURES
from .tables import Grid, grids_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table: how many of its numbers are shown as they stand, as bands, or not at all."""

    grid: Grid
    plain: int
    bands: int
    hidden: int


def protected_tables(report: Report, language: str) -> list[Protected]:
    """Each table that counts people; to be called with the language as that of ``gettext``."""
    return [_protected(grid) for grid in grids_of(report, language) if grid.table.counts_people]


def table_title(measure: str, dimensions: Sequence[str]) -> str:
    """Consultations · Service × Language: what a table of a plan holds."""
    return formats.dotted((str(MEASURES[measure]), " × ".join(str(DIMENSIONS[name]) for name in dimensions)))


def _protected(grid: Grid) -> Protected:
    figures = [one for row in grid.figures for one in row if one]
    hidden = sum(1 for one in figures if one.hidden)
    bands = sum(1 for one in figures if not one.hidden and (one.band or one.value is None))
    return Protected(grid=grid, plain=len(figures) - bands - hidden, bands=bands, hidden=hidden)
