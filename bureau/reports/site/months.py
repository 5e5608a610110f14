"""Which months a report knows, and how they and longer periods are called."""

from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import frequency_of, months_of
from bureau.web import formats

MONTHS = 13
"""So many months stand in a line: a year, and the same month of the year before."""


def months_told(report: Report) -> list[str]:
    """The months that the report knows, oldest first, its own last."""
    since = str(Month.parse(report.month).shifted(1 - MONTHS))
    return [*(one.id for one in report.earlier if since <= one.id < report.month), report.month]


def month_before(report: Report) -> str | None:
    """The month before, if it was published."""
    before = str(Month.parse(report.month).shifted(-1))
    return before if before in months_told(report) else None


def year_before(report: Report) -> str | None:
    """The same month of the year before, if it was published."""
    before = str(Month.parse(report.month).shifted(-12))
    return before if before in months_told(report) else None


def period_name(period: str, language: str) -> str:
    """December 2026, 4th quarter 2026, 2026."""
    frequency = frequency_of(period)
    if frequency == "year":
        return period
    first = Month.parse(months_of(period)[0])
    if frequency == "month":
        return formats.month_name(first, language)
    return formats.quarter_name(first.first, language)
