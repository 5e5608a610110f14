"""The page of a report and the list of reports, within the frame of the public site."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from flask_babel import gettext
from markupsafe import Markup

from bureau.calendars.domain import files
from bureau.calendars.domain.variants import variants_of
from bureau.calendars.site.pages.frame import Page, render
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import ATTENDANCES, CONSULTATIONS, HELD, UNMET
from bureau.web import formats

from .charts.choosing import line_of
from .charts.drawing import draw
from .definitions import definitions_of, method_of
from .files import downloads
from .headlines import headlines_of
from .names import Names
from .parts import longer_of, parts_of
from .shown import Figure, in_month
from .words import lede_of
from .written import indicators_of, noted_of, paragraphs, taken_back

LISTED = (CONSULTATIONS, ATTENDANCES, UNMET, HELD)
"""What the list of reports tells of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The reports of a year, the newest first, and a line through their months."""

    number: int
    line: Markup
    reports: tuple[dict[str, object], ...]


def month_page(reader: Reader, report: Report) -> bytes:
    """The report of a month, as a mayor reads it in two minutes."""
    language, month = reader.language, Month.parse(report.month)
    told = formats.month_name(month, language)
    title, lede = formats.dotted((gettext("Monthly report"), told)), lede_of(report, language)
    _, description = next(chain(taken_back(report, language), lede), ("", title))
    page = Page(
        title=title,
        description=description,
        address=files.report_address(month),
        feed=files.HOME,
    )
    before, after = (_linked(reader, one) for one in neighbours(reader, month))
    return render(
        reader, "reports/public/month.html", page,
        report=report, shown=month, published=reader.dates.full(report.published_on), lede=lede,
        story=paragraphs(report.words.story, language), lessons=paragraphs(report.words.lessons, language),
        headlines=headlines_of(report, language), noted=noted_of(report), downloads=downloads(report),
        method=method_of(report), hidden=report.release.method == "suppression", definitions=definitions_of(report),
        parts=parts_of(report, language), longer=longer_of(report, language), indicators=indicators_of(report),
        withdrawn=_withdrawn(reader, report),
        reports=reader.href(files.REPORTS), feed_of_reports=feed_href(reader), solar=_solar(language),
        base=reader.href(files.report_address(month)), before=before, after=after,
    )  # fmt: skip


def neighbours(reader: Reader, month: Month) -> tuple[Month | None, Month | None]:
    """The months of the reports before and after that one."""
    before = max((one for one in reader.reports if one < month), default=None)
    return before, min((one for one in reader.reports if one > month), default=None)


def _linked(reader: Reader, month: Month | None) -> tuple[Month, str] | None:
    return None if month is None else (month, reader.href(files.report_address(month)))


def _solar(language: str) -> bool:
    """Whether readers of the language may choose another calendar."""
    return any(one.persian for one in variants_of(language))


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
    by_year = groupby(newest_first, key=lambda one: one.month[:4])
    return render(
        reader, "reports/public/archive.html", page, feed_of_reports=feed_href(reader), solar=_solar(reader.language),
        years=[_year(reader, int(number), list(of)) for number, of in by_year],
    )  # fmt: skip


def _year(reader: Reader, number: int, reports: Sequence[Report]) -> Year:
    """With a line through those that stand."""
    valid = [one for one in reversed(reports) if one.withdrawn is None]
    figures = {one.month: in_month(one, one.month, CONSULTATIONS) for one in valid}
    about = Names(reports[0], reader.language)("MEASURE", CONSULTATIONS)
    line = line_of(f"y{number}", figures, about=about, language=reader.language)
    drawn = draw(line, reader.language) if line else Markup()
    return Year(number=number, line=drawn, reports=tuple(_listed(reader, one) for one in reports))


def feed_href(reader: Reader) -> str:
    """Where the feed of reports lies."""
    return f"{files.REPORTS.path(reader.language, reader.place.bureau.code)}reports.atom"


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
        "figures": [] if report.withdrawn else list(_told(report, reader.language)),
    }


def _told(report: Report, language: str) -> Iterable[tuple[str, Figure]]:
    names = Names(report, language)
    for measure in LISTED:
        figure = in_month(report, report.month, measure)
        if figure is not None and (figure.size or figure.hidden):
            yield formats.capital(names("MEASURE", measure)), figure
