"""What is protected in a report and why, for the desk: never for the public, since the true numbers may stand beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from bureau.reports.domain.cells import Counts
from bureau.reports.domain.document import Report
from bureau.web import formats

from .names import DIMENSIONS, MEASURES
from .shown import Figure
from .tables import Grid, grids_of


@dataclass(frozen=True, slots=True)
class Place:
    """A figure as it is shown, and the true number."""

    figure: Figure
    true: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table: how many of its numbers are shown as they stand, as bands, or not at all, and the furthest from the truth."""

    grid: Grid
    plain: int
    bands: int
    hidden: int
    furthest: int
    places: tuple[tuple[Place | None, ...], ...]


def protected_tables(report: Report, true: Counts, language: str) -> list[Protected]:
    """Each table that counts people, beside the truth; to be called with the language as that of ``gettext``."""
    return [_protected(report, grid, true) for grid in grids_of(report, language) if grid.table.counts_people]


def table_title(measure: str, dimensions: Sequence[str]) -> str:
    """Consultations · Service × Language: what a table of a plan holds."""
    return formats.dotted((str(MEASURES[measure]), " × ".join(str(DIMENSIONS[name]) for name in dimensions)))


def _protected(report: Report, grid: Grid, true: Counts) -> Protected:
    figures = [one for row in grid.figures for one in row if one]
    hidden = sum(1 for one in figures if one.hidden)
    bands = sum(1 for one in figures if not one.hidden and (one.band or one.value is None))
    return Protected(
        grid=grid, plain=len(figures) - bands - hidden, bands=bands, hidden=hidden,
        furthest=max((_away(one.value, true.get(one.at, 0)) for one in figures), default=0),
        places=tuple(tuple(Place(one, true.get(one.at, 0)) if one else None for one in row) for row in grid.figures),
    )  # fmt: skip


def _away(shown: int | None, true: int) -> int:
    return 0 if shown is None else abs(shown - true)
