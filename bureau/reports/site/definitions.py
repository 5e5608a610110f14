"""What the numbers of a report mean, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup, escape

from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ATTENDANCES, HELD, REFERRALS, SPOKEN_HELD, UNMET

from .shown import HIDDEN_SIGN, Figure, figure_of


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence; one about a band has a place for it."""

    sentence: str
    band: Figure | None = None

    def words(self, language: str) -> str:
        """As plain words."""
        return self.sentence if self.band is None else self.sentence % {"band": self.band.words(language)}

    def html(self, language: str) -> Markup:
        """The same in a page, the band with the cell that it is."""
        sentence = escape(self.sentence)
        return sentence if self.band is None else sentence % {"band": self.band.html(language)}


def method_of(report: Report) -> str:
    """How people are protected, in one sentence or two."""
    if report.release.method == "suppression":
        return str(
            gettext("Small numbers are not shown, and some others with them, so that no person can be recognised.")
        )
    return str(
        gettext("Numbers of people are rounded to fives so that no person can be recognised. The columns still add up.")
    )


def definitions_of(report: Report) -> list[Definition]:
    """What is counted, what the bands and the sign mean, and what never changes."""
    last = gettext("The numbers of a published month never change. What is counted late stands in the next month.")
    return [*map(Definition, _counted(report)), *_signs(report), Definition(last)]


def _counted(report: Report) -> Iterator[str]:
    measures = {table.measure for table in report.release.tables}
    yield gettext(
        "A consultation is one time that somebody was helped with one thing. Persons are not counted: nobody is asked for a name."
    )
    yield gettext(
        "Visits are not counted either: one visit may hold several consultations. “First visits” are consultations of people who said that they were here for the first time."
    )
    yield gettext(
        "Age, status and other things are asked only where they help. “Not asked” says how often they were not."
    )
    if ATTENDANCES in measures:
        yield gettext("An attendance is one person at one meeting of a group.")
    if UNMET in measures:
        yield gettext("“Asked for in vain” is what somebody needed and nobody here could give at that time.")
    if REFERRALS in measures:
        yield gettext("A referral is a slip of paper that leads somebody on to another place. No name stands on it.")
    if HELD in measures:
        yield gettext("Sessions are counted exactly: they stand in the programme, which everybody can read.")
    if SPOKEN_HELD in measures:
        yield gettext("A session in two languages counts in both, and a session for two needs counts for both.")
    if any(one.code == "satisfied" for one in report.noted):
        yield gettext("Feedback is told only where at least ten people gave some.")


def _signs(report: Report) -> Iterator[Definition]:
    for figure in bands_of(report):
        if figure.value == 0:
            yield Definition(gettext("%(band)s means: only a few, perhaps none."), figure)
        else:
            yield Definition(gettext("%(band)s means: a small number. It lies between the two."), figure)
    if report.release.method == "suppression":
        sentence = gettext(
            "%(sign)s means: this number is not shown. It may be small, or somebody could work out a small one from it.",
            sign=HIDDEN_SIGN,
        )
        yield Definition(sentence)


def bands_of(report: Report) -> tuple[Figure, ...]:
    """One figure told as 0–4 and one told as 1–9, where the month has such."""
    found: dict[int, Figure] = {}
    for at in report.release.cells:
        figure = figure_of(report, at) if at.time_period == report.month else None
        if figure and figure.band and figure.value is not None:
            found.setdefault(figure.value, figure)
    return tuple(found[value] for value in sorted(found))
