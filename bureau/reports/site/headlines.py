"""The figures that stand at the top: of the month, and of the quarter and the year that it completes."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext

from bureau.kernel.month import Month
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import frequency_of, months_of, parent_of
from bureau.reports.domain.plan import ATTENDANCES, CONSULTATIONS, HELD, PLANNED, REFERRALS, UNMET
from bureau.web import formats

from .charts.chart import Column, column_of
from .names import Names
from .shown import Figure, figure_of

HEADLINES = (
    Coordinates("", CONSULTATIONS),
    Coordinates("", CONSULTATIONS, visit="first"),
    Coordinates("", ATTENDANCES),
    Coordinates("", UNMET),
    Coordinates("", REFERRALS),
    Coordinates("", REFERRALS, arrival="arrived"),
    Coordinates("", HELD),
    Coordinates("", PLANNED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A figure that stands at the top, with the same of the month before and of a year before."""

    label: str
    now: Figure
    beside: tuple[tuple[Column, Figure], ...]


def headlines_of(report: Report, language: str, period: str | None = None) -> list[Headline]:
    """What is counted in the month, or in a longer ``period``, with what it was before."""
    period, names = period or report.month, Names(report, language)
    earlier = list(_before(period))
    found = []
    for one in HEADLINES:
        now = figure_of(report, one.at(time_period=period))
        if now is None or not (now.size or now.hidden):
            continue
        beside = ((column_of(at, language), figure_of(report, one.at(time_period=at))) for at in earlier)
        told = tuple((column, figure) for column, figure in beside if figure)
        found.append(Headline(label=_label(names, one), now=now, beside=told))
    return found


def _before(period: str) -> Iterator[str]:
    """The period before, and the same a year ago."""
    months = months_of(period)
    first = Month.parse(months[0])
    for back in sorted({len(months), 12}):
        at: str = str(first.shifted(-back))
        while frequency_of(at) != frequency_of(period):
            at = parent_of(at) or at[:4]
        yield at


def _label(names: Names, at: Coordinates) -> str:
    if at.visit == "first":
        return str(gettext("First visits"))
    if at.arrival == "arrived":
        return str(gettext("Referrals that arrived"))
    return formats.capital(names("MEASURE", at.measure))
