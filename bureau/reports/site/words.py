"""Drafts of a report's words, made from its figures: whole sentences in each language, for somebody to edit."""

from dataclasses import dataclass

from flask_babel import force_locale, gettext, ngettext

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report, Words
from bureau.reports.domain.plan import ATTENDANCES, CONSULTATIONS, HELD, PLANNED, REFERRALS, UNMET
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .charts.choosing import charts_of
from .months import month_before, year_before
from .shown import Figure, in_month
from .written import paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The words of one language."""

    summary: str
    story: str
    lessons: str


def draft_words(report: Report, language: str) -> Drafted:
    """What the figures say, in that language."""
    with force_locale(LANGUAGES[language].locale):
        return Drafted(
            summary=_joined(_headline(report, language), *_beside(report)),
            story=_joined(*_story(report, language)),
            lessons=_joined(*_lessons(report, language)),
        )


def lede_of(report: Report, language: str) -> list[tuple[str, str]]:
    """What matters, as people wrote it, else as the figures say it: paragraphs, each with its language."""
    drafted = draft_words(report, language).summary
    return paragraphs(report.words.summary, language) or ([(language, drafted)] if drafted else [])


def sentences_of(report: Report, language: str) -> list[str]:
    """The same sentence by sentence, what tells most first; none where not even the first can be said."""
    with force_locale(LANGUAGES[language].locale):
        first, beside, story = _headline(report, language), _beside(report), _story(report, language)
        return [first, *beside, *story, *_lessons(report, language)] if first else []


def drafts_of(report: Report) -> Words:
    """The same in all languages of the report."""
    made = {tag: draft_words(report, tag) for tag in report.languages if tag in LANGUAGES}

    def of(name: str) -> LocalisedText:
        return LocalisedText({tag: words for tag, one in made.items() if (words := getattr(one, name))})

    return Words(summary=of("summary"), story=of("story"), lessons=of("lessons"))


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _headline(report: Report, language: str) -> str:
    """How many consultations there were."""
    figure = in_month(report, report.month, CONSULTATIONS)
    month = formats.capital(formats.month_name(Month.parse(report.month), language))
    if figure is None or figure.hidden:
        return ""
    if figure.band or figure.value is None:
        return _few(figure, month)
    number = formats.number(figure.value, language)
    said = ngettext("%(month)s: %(number)s consultation.", "%(month)s: %(number)s consultations.", figure.value, month=month, number=number)  # fmt: skip
    return str(said)


def _few(figure: Figure, month: str) -> str:
    """A band in words."""
    if figure.high is not None and figure.high < 5:
        return str(gettext("%(month)s: fewer than five consultations.", month=month))
    return str(gettext("%(month)s: a few consultations.", month=month))


def _beside(report: Report) -> list[str]:
    """The month before and the year before, where they surely differ, or are told alike."""
    now, before, ago = (
        in_month(report, month, CONSULTATIONS) if month else None
        for month in (report.month, month_before(report), year_before(report))
    )
    found = []
    if now and before and not before.hidden:
        found.append(_against_month(now, before))
    if now and ago and not ago.hidden:
        found.append(_against_year(now, ago))
    return found


def _against_month(now: Figure, before: Figure) -> str:
    if now.above(before):
        return str(gettext("That is more than in the month before."))
    if before.above(now):
        return str(gettext("That is less than in the month before."))
    return str(gettext("That is about as much as in the month before."))


def _against_year(now: Figure, ago: Figure) -> str:
    if now.above(ago):
        return str(gettext("It is more than in the same month a year ago."))
    if ago.above(now):
        return str(gettext("It is less than in the same month a year ago."))
    return str(gettext("It is about as much as in the same month a year ago."))


def _story(report: Report, language: str) -> list[str]:
    """What people came for, how many came to groups and were sent on, which sessions there were."""
    found = [one.finding + "." for one in charts_of(report, language) if one.name == "needs" and one.finding]
    attendances, referrals = (in_month(report, report.month, measure) for measure in (ATTENDANCES, REFERRALS))
    if _plain(attendances):
        value, number = _told(attendances, language)
        said = ngettext("%(number)s attendance in groups.", "%(number)s attendances in groups.", value, number=number)
        found.append(str(said))
    if _plain(referrals):
        value, number = _told(referrals, language)
        said = ngettext("%(number)s referral to another place.", "%(number)s referrals to other places.", value, number=number)  # fmt: skip
        found.append(str(said))
    return [*found, *_sessions(report, language)]


def _sessions(report: Report, language: str) -> list[str]:
    planned, held = (in_month(report, report.month, measure) for measure in (PLANNED, HELD))
    if not _plain(planned) or not _plain(held):
        return []
    value, number = _told(held, language)
    _, every = _told(planned, language)
    said = ngettext("%(number)s session of %(all)s planned was held.", "%(number)s sessions of %(all)s planned were held.", value, number=number, all=every)  # fmt: skip
    return [str(said)]


def _lessons(report: Report, language: str) -> list[str]:
    """What could not be given."""
    figure = in_month(report, report.month, UNMET)
    if not _plain(figure):
        return []
    value, number = _told(figure, language)
    said = ngettext(
        "%(number)s time somebody asked for help that nobody here could give.",
        "%(number)s times somebody asked for help that nobody here could give.",
        value, number=number,
    )  # fmt: skip
    found = (one.finding + "." for one in charts_of(report, language) if one.name == "vain" and one.finding)
    return [str(said), *found]


def _plain(figure: Figure | None) -> bool:
    """Whether it is told as one number that is not nothing."""
    return figure is not None and not figure.band and bool(figure.value)


def _told(figure: Figure | None, language: str) -> tuple[int, str]:
    value = (figure.value or 0) if figure else 0
    return value, formats.number(value, language)
