"""What stands in a report beside its tables: figures that somebody wrote down, donors' indicators, why it was taken back."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Report
from bureau.web import formats

from .shown import Figure, figure_of

NOTED = {"events": lazy_gettext("Events"), "media": lazy_gettext("Mentions in the media")}
"""What each is called; answers to feedback are told as a share, and only together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure with what it is; ``key`` is where it stands: a cell of the open data, or the report itself."""

    label: str
    figure: Figure
    key: str


def noted_of(report: Report, language: str) -> list[Line]:
    """The figures that nobody logs."""
    return [
        Line(label=str(NOTED[one.code]), figure=_plain(one.code, one.number, report), key=f"noted/{one.code}")
        for one in report.noted
        if one.code in NOTED
    ]


def _plain(code: str, number: int, report: Report) -> Figure:
    return Figure(Coordinates(report.month, code), number, number, number)


def indicators_of(report: Report, language: str) -> list[Line]:
    """Numbers of the release by the codes of those who ask for them; what the plan has not is left out."""
    found = ((one, figure_of(report, one.at)) for one in report.indicators)
    return [
        Line(label=formats.dotted((one.donor, one.code, one.name.in_(language))), figure=figure, key=figure.key)
        for one, figure in found
        if figure is not None
    ]


def taken_back(report: Report, language: str) -> Iterator[str]:
    """That the report was withdrawn, when and why; nothing where it was not."""
    gone = report.withdrawn
    if gone is None:
        return
    yield str(gettext("This report was withdrawn on %(date)s.", date=formats.day_full(gone.on, language)))
    yield from (one.strip() for one in gone.note.in_(language).splitlines() if one.strip())
