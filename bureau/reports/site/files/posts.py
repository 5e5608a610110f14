"""A report as a post for social media: short, in each of its languages, made from its figures."""

from collections.abc import Mapping

from flask_babel import force_locale, gettext

from bureau.calendars.domain.files import report_address
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.site.words import sentences_of
from bureau.reports.site.written import taken_back
from bureau.web import formats
from bureau.web.languages import LANGUAGES

LONGEST = 280
"""So many signs have room in a post everywhere, its address included."""


def posts_of(report: Report, base_url: str) -> Mapping[str, str]:
    """A post in each language: what the figures say, as much of it as there is room for, and where the report is."""
    return {tag: post_of(report, tag, base_url) for tag in report.languages if tag in LANGUAGES}


def one_post(report: Report, base_url: str, *, first: str = "") -> str:
    """All languages in one post, ``first`` before the others."""
    posts = posts_of(report, base_url)
    return "\n\n".join(posts[tag] for tag in sorted(posts, key=lambda tag: tag != first))


def posts_text(report: Report, base_url: str, language: str) -> bytes:
    """The posts as a file of plain text, the reader's language first."""
    return f"{one_post(report, base_url, first=language)}\n".encode("utf-8-sig")  # browsers know by it that it is UTF-8


def post_of(report: Report, language: str, base_url: str) -> str:
    """The post in one language. Whole sentences only; one that is too long is left out."""
    address = base_url + report_address(Month.parse(report.month)).path(language, report.bureau)
    sentences = _withdrawn(report, language) or sentences_of(report, language) or [_of_month(report, language)]
    name = report.name.in_(language)
    said = sentences[0]
    if len(f"{name} · {said}\n{address}") <= LONGEST:
        said = formats.dotted((name, said))
    for sentence in sentences[1:]:
        if len(f"{said} {sentence}\n{address}") <= LONGEST:
            said = f"{said} {sentence}"
    return f"{said}\n{address}"


def _withdrawn(report: Report, language: str) -> list[str]:
    """Nobody is told the numbers of a report that was taken back."""
    if report.withdrawn is None:
        return []
    with force_locale(LANGUAGES[language].locale):
        _, sentence = next(taken_back(report, language))
        return [_of_month(report, language) + ".", sentence]


def _of_month(report: Report, language: str) -> str:
    with force_locale(LANGUAGES[language].locale):
        month = formats.month_name(Month.parse(report.month), language)
        return formats.dotted((str(gettext("Monthly report")), month))
