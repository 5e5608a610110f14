"""The page of a report and the list of reports, within the frame of the public site."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from bureau.calendars.domain import files
from bureau.calendars.site.pages.frame import Page, render
from bureau.calendars.site.reader import Reader
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ATTENDANCES, CONSULTATIONS, HELD, PLANNED, REFERRALS, UNMET
from bureau.web import formats

from .charts import Chart, Column, draw
from .files import downloads
from .shown import Figure, figure_of, in_month
from .telling import Names, charts_of, month_before, month_column, year_before
from .words import draft_words

HEADLINES = (CONSULTATIONS, ATTENDANCES, UNMET, REFERRALS, HELD, PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A figure that stands at the top, with the same of the month before and of a year before."""

    label: str
    now: Figure
    beside: tuple[tuple[Column, Figure], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart with its picture."""

    chart: Chart
    picture: Markup


def month_page(reader: Reader, report: Report) -> bytes:
    """The report of a month, as a mayor reads it in two minutes."""
    language, month = reader.language, Month.parse(report.month)
    told = formats.month_name(month, language)
    drafted = draft_words(report, language)
    lede = paragraphs(report.words.summary, language) or [(language, drafted.summary)]
    page = Page(
        title=formats.dotted((gettext("Monthly report"), told)),
        description=lede[0][1],
        address=files.report_address(month),
        feed=files.HOME,
    )
    return render(
        reader, "reports/public/month.html", page,
        report=report, shown=month, published=reader.dates.full(report.published_on), lede=lede,
        story=paragraphs(report.words.story, language), lessons=paragraphs(report.words.lessons, language),
        headlines=headlines_of(report, language), charts=drawn_charts(report, language),
        noted={one.code: one.number for one in report.noted}, downloads=downloads(report), hidden=_hidden(report),
        bands=_bands(report), withdrawn=_withdrawn(reader, report), reports=reader.href(files.REPORTS),
        feed_of_reports=feed_href(reader), base=reader.href(files.report_address(month)),
    )  # fmt: skip


def archive_page(reader: Reader, reports: Sequence[Report]) -> bytes:
    """All reports, the newest first."""
    title = gettext("Monthly reports")
    page = Page(
        title=title,
        description=f"{title} · {reader.says(reader.place.bureau.name)}",
        address=files.REPORTS,
        feed=files.HOME,
    )
    newest_first = sorted(reports, key=lambda one: one.month, reverse=True)
    return render(
        reader, "reports/public/archive.html", page, feed_of_reports=feed_href(reader),
        reports=[_listed(reader, one) for one in newest_first],
    )  # fmt: skip


def drawn_charts(report: Report, language: str) -> list[Drawn]:
    """The charts as pictures; to be called with the language as that of ``gettext``."""
    return [Drawn(chart=one, picture=draw(one, language)) for one in charts_of(report, language)]


def headlines_of(report: Report, language: str) -> list[Headline]:
    """What is counted, with what it was before."""
    names = Names(report, language)
    earlier = [month for month in (month_before(report), year_before(report)) if month]
    found = []
    for measure in HEADLINES:
        now = in_month(report, report.month, measure)
        if now is None or not (now.size or now.hidden):
            continue
        beside = ((month_column(month, language), in_month(report, month, measure)) for month in earlier)
        told = tuple((column, figure) for column, figure in beside if figure)
        found.append(Headline(label=names("MEASURE", measure), now=now, beside=told))
    return found


def paragraphs(text: LocalisedText, language: str) -> list[tuple[str, str]]:
    """What people wrote, paragraph by paragraph, each with the language that it is in."""
    tag = text.language_of(language)
    return [(tag, one.strip()) for one in text.in_(language).splitlines() if one.strip()]


def feed_href(reader: Reader) -> str:
    """Where the feed of reports lies."""
    return f"{files.REPORTS.path(reader.language, reader.place.bureau.code)}reports.atom"


def _hidden(report: Report) -> bool:
    return report.release.method == "suppression"


def _bands(report: Report) -> tuple[Figure, ...]:
    """One figure told as 0–4 and one told as 1–9, for the legend; none where nothing is rounded."""
    found: dict[int, Figure] = {}
    for at in report.release.cells:
        figure = figure_of(report, at) if at.time_period == report.month else None
        if figure and figure.band and figure.value is not None:
            found.setdefault(figure.value, figure)
    return tuple(found[value] for value in sorted(found))


def _withdrawn(reader: Reader, report: Report) -> tuple[str, list[tuple[str, str]]] | None:
    gone = report.withdrawn
    return None if gone is None else (reader.dates.full(gone.on), paragraphs(gone.note, reader.language))


def _listed(reader: Reader, report: Report) -> dict[str, object]:
    month = Month.parse(report.month)
    return {
        "month": reader.dates.month(month),
        "href": reader.href(files.report_address(month)),
        "published": reader.dates.full(report.published_on),
        "withdrawn": report.withdrawn is not None,
        "consultations": in_month(report, report.month, CONSULTATIONS),
    }
