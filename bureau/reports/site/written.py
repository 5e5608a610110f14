"""What stands in a report beside its tables: figures that somebody wrote down, donors' indicators, why it was taken back."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Report
from bureau.reports.domain.series import LEAST_ANSWERS
from bureau.web import formats

from .shown import Figure, figure_of

NOTED = {
    "events": lazy_gettext("Events"),
    "media": lazy_gettext("Mentions in the media"),
    "satisfied": lazy_gettext("Were content, of those who gave feedback"),
}
"""What each is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure with what it is; ``of`` is what it is a part of."""

    label: str
    figure: Figure
    of: Figure | None = None

    def words(self, language: str) -> str:
        """14, or 14 of 20."""
        number = self.figure.words(language)
        if self.of is None:
            return number
        return str(gettext("%(number)s of %(all)s", number=number, all=self.of.words(language)))


def noted_of(report: Report) -> list[Line]:
    """The figures that nobody logs; feedback of fewer than ten people is told nowhere."""
    return [
        Line(
            label=str(NOTED[one.code]),
            figure=_plain(report, one.number),
            of=None if one.of is None else _plain(report, one.of),
        )
        for one in report.noted
        if one.code in NOTED and (one.of is None or one.of >= LEAST_ANSWERS)
    ]


def _plain(report: Report, number: int) -> Figure:
    return Figure(Coordinates(report.month, ""), number, number, number)


def indicators_of(report: Report, language: str) -> list[Line]:
    """Numbers of the release by the codes of those who ask for them; what the plan has not is left out."""
    found = ((one, figure_of(report, one.at)) for one in report.indicators)
    return [
        Line(label=formats.dotted((one.donor, one.code, one.name.in_(language))), figure=figure)
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
