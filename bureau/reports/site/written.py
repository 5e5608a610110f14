"""What stands in a report beside its tables: figures that somebody wrote down, donors' indicators, why it was taken back."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from markupsafe import Markup, escape

from bureau.kernel.localised import LocalisedText
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import NotedFigure, Report
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
class Noted:
    """A figure that nobody logs; ``of`` is what it is a part of."""

    label: str
    figure: Figure
    of: Figure | None = None

    def words(self, language: str) -> str:
        """14, or 14 of 20."""
        number = self.figure.words(language)
        if self.of is None:
            return number
        return str(gettext("%(number)s of %(all)s", number=number, all=self.of.words(language)))

    def html(self, language: str) -> Markup:
        """The same in a page."""
        number = self.figure.html(language)
        if self.of is None:
            return number
        return escape(gettext("%(number)s of %(all)s")) % {"number": number, "all": self.of.html(language)}


def noted_of(report: Report) -> list[Noted]:
    """The figures that nobody logs; feedback of fewer than ten people is told nowhere."""
    told = {one.code: one for one in report.noted if one.of is None or one.of >= LEAST_ANSWERS}
    return [_noted(str(label), told[code]) for code, label in NOTED.items() if code in told]


def _noted(label: str, one: NotedFigure) -> Noted:
    of = None if one.of is None else _plain("feedback", one.of)
    return Noted(label=label, figure=_plain(one.code, one.number), of=of)


def _plain(code: str, number: int) -> Figure:
    return Figure(Coordinates("noted", code), number, number, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A number of the release by the code of a donor who asks for it."""

    donor: str
    code: str
    name: LocalisedText
    figure: Figure

    def label(self, language: str) -> str:
        """Donor, code and name in a line."""
        return formats.dotted((self.donor, self.code, self.name.in_(language)))


def indicators_of(report: Report) -> list[Asked]:
    """What donors ask for; what the plan has not is left out."""
    found = ((one, figure_of(report, one.at)) for one in report.indicators)
    return [Asked(donor=one.donor, code=one.code, name=one.name, figure=figure) for one, figure in found if figure]


def paragraphs(text: LocalisedText, language: str) -> list[tuple[str, str]]:
    """What people wrote, paragraph by paragraph, each with the language that it is in."""
    tag = text.language_of(language)
    return [(tag, one.strip()) for one in text.in_(language).splitlines() if one.strip()]


def taken_back(report: Report, language: str) -> Iterator[tuple[str, str]]:
    """That the report was withdrawn, when and why, each with its language; nothing where it was not."""
    gone = report.withdrawn
    if gone is not None:
        yield language, gettext("This report was withdrawn on %(date)s.", date=formats.day_full(gone.on, language))
        yield from paragraphs(gone.note, language)
