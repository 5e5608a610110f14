"""The reports as an Atom feed (RFC 4287) in the reader's language."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from flask_babel import gettext
from markupsafe import Markup

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.web import formats

from .pages import feed_href
from .words import draft_words
from .written import taken_back


def feed_draft(reader: Reader, reports: Sequence[PublicReport]) -> Draft:
    """The feed of a bureau's reports in a language."""
    marks = tuple(one.mark for one in reports)
    return Draft(
        path=files.REPORTS.file(reader.language, reader.place.bureau.code, "reports.atom"),
        sources=(reader.place.marks.names, *marks),
        make=partial(_write, reader, reports),
    )


def _write(reader: Reader, reports: Sequence[PublicReport]) -> bytes:
    loaded = [one.load() for one in reversed(reports)]
    itself = reader.base_url + feed_href(reader)
    return _FEED.format(
        language=reader.language,
        id=_id(itself),
        title=formats.dotted((gettext("Monthly reports"), reader.says(reader.place.bureau.name))),
        name=reader.says(reader.place.bureau.name),
        updated=_instant(max(_changed(one) for one in loaded)),
        itself=itself,
        page=reader.url(files.REPORTS),
        entries=Markup("").join(_entry(reader, itself, one) for one in loaded),
    ).encode()


def _entry(reader: Reader, feed: str, report: Report) -> Markup:
    month = Month.parse(report.month)
    told = [words for _, words in taken_back(report, reader.language)]
    words = report.words.summary.in_(reader.language) or draft_words(report, reader.language).summary
    return _ENTRY.format(
        id=_id(f"{feed}#{report.month}"),
        title=formats.dotted((gettext("Monthly report"), formats.month_name(month, reader.language))),
        updated=_instant(_changed(report)),
        published=_instant(report.published_on),
        href=reader.url(files.report_address(month)),
        words=" ".join(told) or words,
    )


def _changed(report: Report) -> date:
    """The last day on which something about it is known to have changed."""
    return max(report.published_on, report.withdrawn.on) if report.withdrawn else report.published_on


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


_FEED = Markup("""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<author><name>{name}</name></author>
<link rel="self" type="application/atom+xml" href="{itself}"/>
<link rel="alternate" type="text/html" hreflang="{language}" href="{page}"/>
{entries}</feed>
""")
_ENTRY = Markup("""<entry>
<id>{id}</id>
<title>{title}</title>
<published>{published}</published>
<updated>{updated}</updated>
<link rel="alternate" type="text/html" href="{href}"/>
<content type="text">{words}</content>
</entry>
""")
