"""The reports as an Atom feed (RFC 4287) in the reader's language."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial

from flask_babel import gettext

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.site import atom
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.reports.domain.document import Report
from bureau.reports.domain.public import PublicReport
from bureau.web import formats

from .pages import feed_href
from .words import lede_of
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
    name = reader.says(reader.place.bureau.name)
    feed = atom.Feed(
        language=reader.language, name=name, title=formats.dotted((gettext("Monthly reports"), name)),
        itself=reader.base_url + feed_href(reader), page=reader.url(files.REPORTS),
        updated=max(_changed(one) for one in loaded),
    )  # fmt: skip
    return atom.written(feed, [_entry(reader, one) for one in loaded])


def _entry(reader: Reader, report: Report) -> atom.Entry:
    month = Month.parse(report.month)
    told = [*taken_back(report, reader.language)] or lede_of(report, reader.language)
    return atom.Entry(
        key=report.month,
        title=formats.dotted((gettext("Monthly report"), formats.month_name(month, reader.language))),
        words=" ".join(words for _, words in told),
        href=reader.url(files.report_address(month)),
        updated=_changed(report),
        published=_midnight(report.published_on),
    )


def _changed(report: Report) -> datetime:
    """The last day on which something about it is known to have changed."""
    return _midnight(max(report.published_on, report.withdrawn.on) if report.withdrawn else report.published_on)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
