"""The parts of a report's page: charts that belong together, longer periods, and tables that cross two dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import ending_with, frequency_of
from bureau.web import formats

from .charts.chart import Chart, Column, column_of
from .charts.choosing import charts_of
from .charts.drawing import draw
from .charts.shapes import heat_of
from .headlines import Headline, headlines_of
from .shown import Figure
from .tables import Grid, Heading, grids_of

NEEDS, LANGUAGES, PEOPLE, SESSIONS = "needs", "languages", "people", "sessions"
CHARTS = {
    NEEDS: ("needs", "months"), LANGUAGES: ("languages", "covered", "both"), PEOPLE: ("people", "course"),
    SESSIONS: ("vain", "sessions"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart with its picture."""

    chart: Chart
    picture: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Charts under one heading. ``columns`` are the months of their bars and of the lines in them, if they have such."""

    name: str
    title: str
    charts: tuple[Drawn, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A table of two dimensions: of services only the needs, and no rows or columns that say nothing."""

    title: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Heading, tuple[tuple[Figure | None, str], ...]], ...]
    """Each row with its figures, each with the class of its shade."""
    whole: bool
    """Whether nothing was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """The month, the quarter or the year: its name, its figures, its tables."""

    name: str
    title: str
    period: Column
    headlines: tuple[Headline, ...]
    tables: tuple[Crossed, ...]


def parts_of(report: Report, language: str) -> list[Part]:
    """The charts of the month; to be called with the language as that of ``gettext``."""
    charts = {one.name: one for one in charts_of(report, language)}
    titles = {
        NEEDS: gettext("Needs"), LANGUAGES: gettext("Languages"), PEOPLE: gettext("People"),
        SESSIONS: gettext("Sessions and gaps"),
    }  # fmt: skip
    parts = ((name, [charts[one] for one in CHARTS[name] if one in charts]) for name in CHARTS)
    return [_part(name, titles[name], found, language) for name, found in parts if found]


def _part(name: str, title: str, charts: Sequence[Chart], language: str) -> Part:
    drawn = tuple(Drawn(chart=one, picture=draw(one, language)) for one in charts)
    beside = (one.columns for one in charts if one.kind in ("bars", "groups") and len(one.columns) > 1)
    return Part(name=name, title=title, charts=drawn, columns=next(beside, ()))


def longer_of(report: Report, language: str) -> list[Longer]:
    """The quarter and the year that the month completes, and the tables of the month itself."""
    names = {"month": gettext("More tables"), "quarter": gettext("The quarter"), "year": gettext("The year")}
    grids = [one for one in grids_of(report, language) if len(one.table.dimensions) > 1 and one.table.counts_people]
    found = []
    for period in reversed(ending_with(report.month)):
        name, tables = frequency_of(period), tuple(_crossed(one) for one in grids if one.table.period == period)
        told = () if period == report.month else tuple(headlines_of(report, language, period))
        if told or tables:
            column = column_of(period, language)
            one = Longer(name=name, title=names[name], period=column, headlines=told, tables=tables)
            found.append(one)
    return sorted(found, key=lambda one: ("quarter", "year", "month").index(one.name))


def _crossed(grid: Grid) -> Crossed:
    across = [place for place, one in enumerate(grid.columns) if one.depth < 2]
    lines = [(row, [figures[place] for place in across]) for row, figures in grid.lines if row.depth < 2]
    kept = [line for line in lines if line[0].depth == 0 or any(map(_says, line[1]))]
    places = [
        place
        for place, column in enumerate(across)
        if grid.columns[column].depth == 0 or any(_says(figures[place]) for _, figures in lines)
    ]
    most = max((one.size for row, figures in kept if row.depth for one in figures[1:] if one), default=0) or 1
    return Crossed(
        title=formats.dotted((grid.measure, " × ".join(grid.by))),
        columns=tuple(grid.columns[across[place]] for place in places),
        rows=tuple(
            (row, tuple((figures[place], _shade(row, place, figures[place], most)) for place in places))
            for row, figures in kept
        ),
        whole=len(kept) == len(lines) and len(places) == len(across),
    )


def _says(figure: Figure | None) -> bool:
    return figure is not None and (figure.hidden or bool(figure.value))


def _shade(row: Heading, place: int, figure: Figure | None, most: int) -> str:
    """Darker where it is more; totals have none."""
    return heat_of(figure, most) if row.depth and place and figure else ""
