"""A month's figures beside those of the month before, as they are shown: a difference only where it is surely one."""

from collections.abc import Iterator
from dataclasses import dataclass

from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ShownTable

from .names import DIMENSIONS, Names
from .shown import Figure, figure_of
from .tables import headings


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A figure and the same of the month before. ``depth`` is 0 for all together, 1 for its parts, 2 for theirs."""

    label: str
    depth: int
    now: Figure
    before: Figure | None

    @property
    def difference(self) -> int | None:
        """How much more or less is shown, if the truth has surely gone that way."""
        if self.before is None or self.now.value is None or self.before.value is None:
            return None
        sure = self.now.above(self.before) or self.before.above(self.now)
        return self.now.value - self.before.value if sure else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A measure by one dimension, all together left out."""

    measure: str
    by: str
    rows: tuple[Beside, ...]

    @property
    def differences(self) -> int:
        """How many have surely become more or less."""
        return sum(1 for one in self.rows if one.difference)


def totals(report: Report, before: str, language: str) -> list[Beside]:
    """Each measure, all together."""
    names = Names(report, language)
    measures = dict.fromkeys(one.measure for one in report.release.tables if one.period == report.month)
    found = (_beside(report, before, Coordinates(report.month, one), names("MEASURE", one)) for one in measures)
    return [one for one in found if one]


def compared(report: Report, before: str, language: str) -> list[Group]:
    """Every measure by every dimension that it is told apart by; to be called with the language as that of ``gettext``."""
    names, found = Names(report, language), dict[tuple[str, str], Group]()
    for table in report.release.tables:
        if table.period == report.month:
            for dimension in table.dimensions:
                found.setdefault((table.measure, dimension), _group(report, before, names, table, dimension))
    return [one for one in found.values() if one.rows]


def _group(report: Report, before: str, names: Names, table: ShownTable, dimension: str) -> Group:
    return Group(
        measure=names("MEASURE", table.measure), by=str(DIMENSIONS[dimension]),
        rows=tuple(_rows(report, before, names, table, dimension)),
    )  # fmt: skip


def _rows(report: Report, before: str, names: Names, table: ShownTable, dimension: str) -> Iterator[Beside]:
    for heading in headings(report, names, table, dimension):
        at = Coordinates(report.month, table.measure).at(**{dimension.lower(): heading.code})
        row = _beside(report, before, at, heading.label, heading.depth) if heading.depth else None
        if row is not None and (row.now.size or row.now.hidden or (row.before and row.before.size)):
            yield row


def _beside(report: Report, before: str, at: Coordinates, label: str, depth: int = 0) -> Beside | None:
    now, then = figure_of(report, at), figure_of(report, at.at(time_period=before))
    return None if now is None else Beside(label=label, depth=depth, now=now, before=then)
