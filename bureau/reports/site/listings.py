"""The figures of a report in short lists, to stand side by side on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from bureau.reports.domain.cells import TOTAL, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import ending_with
from bureau.web import formats

from .months import period_name
from .names import DIMENSIONS, Names
from .shown import Figure, figure_of
from .tables import Heading, tree_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table for paper; ``left`` are the names of the rows that hold nothing but the lowest numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Heading, tuple[Figure | None, ...]], ...]
    left: tuple[str, ...] = ()


def listings_of(report: Report, language: str) -> list[Listing]:
    """Each measure by each of its dimensions: the month, and the quarter and the year beside it where they are there."""
    names = Names(report, language)
    return [_listing(report, names, measure, name) for measure, name in _pairs(report)]


def _pairs(report: Report) -> list[tuple[str, str]]:
    """What is counted by what, each once, in the order of the plan; the sums of a table of facts say nothing more."""
    tables = (one for one in report.release.tables if one.counts_people or len(one.dimensions) < 2)
    return list(dict.fromkeys((one.measure, name) for one in tables for name in one.dimensions))


def _listing(report: Report, names: Names, measure: str, name: str) -> Listing:
    dimension = report.release.dimensions[name]
    periods = [one for one in ending_with(report.month) if figure_of(report, Coordinates(one, measure)) is not None]
    lines = [
        (one, tuple(figure_of(report, _at(period, measure, name, one.code)) for period in periods))
        for one in tree_of(dimension, names)
    ]
    kept, left = _worth_reading([line for line in lines if any(line[1])])
    return Listing(
        title=formats.dotted((names("MEASURE", measure), str(DIMENSIONS[name]))), rows=kept, left=left,
        columns=tuple(formats.capital(period_name(one, names.language)) for one in periods),
    )  # fmt: skip


def _at(period: str, measure: str, name: str, code: str) -> Coordinates:
    return Coordinates(period, measure).at(**{name.lower(): code})


def _worth_reading(
    lines: Sequence[tuple[Heading, tuple[Figure | None, ...]]],
) -> tuple[tuple[tuple[Heading, tuple[Figure | None, ...]], ...], tuple[str, ...]]:
    """The lines with the total and those that hold more than the lowest numbers, and the names of the others."""
    kept = [line for line in lines if line[0].code == TOTAL or any(map(_more_than_least, line[1]))]
    names = (line[0].label for line in lines if line not in kept)
    return tuple(kept), tuple(dict.fromkeys(names))


def _more_than_least(figure: Figure | None) -> bool:
    return figure is not None and (figure.hidden or figure.value is None or figure.value > 0)
