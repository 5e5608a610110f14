"""Figures as people see them: a number, a band where it is small, or one sign where nothing is shown."""

from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from bureau.reports.domain.cells import COLUMNS, TOTAL, Cell, Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import months_of
from bureau.reports.domain.plan import FACTS
from bureau.reports.domain.release import Release
from bureau.web import formats

HIDDEN_SIGN = "×"
_BANDED = 10
"""Rounded numbers below this are shown as the band that they may stand for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published cell: its value, or what it lies between; ``low`` and ``high`` are what a reader may take for true."""

    at: Coordinates
    value: int | None
    low: int
    high: int | None
    band: bool = False

    @property
    def hidden(self) -> bool:
        """Whether nothing is shown of it."""
        return self.value is None and self.high is None

    @property
    def size(self) -> int:
        """How much is drawn."""
        return self.value if self.value is not None else self.high or 0

    @property
    def key(self) -> str:
        """Where it stands in the open data: ``2026-12/consultations/language=ar``."""
        pairs = zip(COLUMNS[2:], self.at[2:], strict=True)
        codes = [f"{name.lower()}={code}" for name, code in pairs if code != TOTAL]
        return "/".join((self.at.time_period, self.at.measure, *codes))

    def words(self, language: str) -> str:
        """As written in the language: 1,250, or 0–4, or the sign."""
        if self.hidden:
            return HIDDEN_SIGN
        if self.band or self.value is None:
            return f"{formats.number(self.low, language)}–{formats.number(self.high or 0, language)}"
        return formats.number(self.value, language)

    def said(self, language: str) -> str:
        """The same for those who hear it."""
        return str(gettext("not shown")) if self.hidden else self.words(language)

    def html(self, language: str) -> Markup:
        """The same in a page, with the cell that it is."""
        if self.hidden:
            sign = Markup('<span aria-hidden="true">{}</span><span class="vh">{}</span>')
            return sign.format(HIDDEN_SIGN, gettext("not shown"))
        marked = Markup('<data class="num" value="{}" data-at="{}"><bdi>{}</bdi></data>')
        return marked.format(self.machine, self.key, self.words(language))

    @property
    def machine(self) -> str:
        """The cell as the open data have it."""
        return f"{self.low}-{self.high}" if self.value is None else str(self.value)

    def above(self, other: "Figure") -> bool:
        """Whether it is surely more than the other, whatever the true numbers are."""
        return other.high is not None and not self.hidden and self.low > other.high


def figure_of(report: Report, at: Coordinates) -> Figure | None:
    """What was published of a cell; None where the plan has no such cell."""
    for release in (report.release, *reversed(report.earlier)):
        cell = release.cells.get(at)
        if cell is not None:
            return _figure(release, at, cell)
    return None


def in_month(report: Report, month: str, measure: str, **codes: str) -> Figure | None:
    """What was published of a measure in a month, for these codes."""
    return figure_of(report, Coordinates(month, measure, **codes))


def _figure(release: Release, at: Coordinates, cell: Cell) -> Figure:
    if cell.value is None:
        return Figure(at, None, cell.low or 0, cell.high)
    away = 0 if at.measure in FACTS else release.max_dev * len(months_of(at.time_period))
    band = bool(away) and cell.value < _BANDED
    return Figure(at, cell.value, max(0, cell.value - away), cell.value + away, band)
