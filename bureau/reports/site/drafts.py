"""The pages of the published reports as drafts of the public site, in one language."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.site.reader import Reader
from bureau.calendars.site.variants import with_variants
from bureau.kernel.month import Month
from bureau.reports.domain.public import PublicReport

from . import pages
from .feed import feed_draft

Writer = Callable[[Reader], Iterator[Draft]]


def writers_of(reports: Sequence[PublicReport]) -> list[Writer]:
    """Who writes the pages of these reports; nobody where there are none."""

    def report_drafts(reader: Reader) -> Iterator[Draft]:
        """A page for each report, their list, and their feed."""
        for one in reports:
            address = files.report_address(Month.parse(one.month))
            draft = _draft(reader, address, (one.mark,), partial(_month, reader, one))
            yield from with_variants(reader, draft, address)
        marks = tuple(one.mark for one in reports)
        yield from with_variants(
            reader, _draft(reader, files.REPORTS, marks, partial(_archive, reader, reports)), files.REPORTS
        )
        yield feed_draft(reader, reports)

    return [report_drafts] if reports else []


def _draft(reader: Reader, address: files.Address, sources: tuple[object, ...], make: Callable[[], bytes]) -> Draft:
    path = address.file(reader.language, reader.place.bureau.code)
    return Draft(path=path, sources=(*reader.frame, *sources), make=make)


def _month(reader: Reader, report: PublicReport) -> bytes:
    return pages.month_page(reader, report.load())


def _archive(reader: Reader, reports: Sequence[PublicReport]) -> bytes:
    return pages.archive_page(reader, [one.load() for one in reports])
