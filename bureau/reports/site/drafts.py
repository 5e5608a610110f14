"""The pages of the published reports as drafts of the public site, in one language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.site.reader import Reader
from bureau.calendars.site.variants import with_variants
from bureau.kernel.month import Month
from bureau.kernel.typeset import typeset
from bureau.reports.domain.public import PublicReport

from . import pages
from .feed import feed_draft
from .files import BUNDLE, PAPER, POSTS, TABLE, WORKBOOK
from .files.bundle import bundle_zip
from .files.paper import TEMPLATE, Data, report_data
from .files.posts import posts_text
from .files.table_csv import table_csv
from .files.workbook import workbook

Writer = Callable[[Reader], Iterator[Draft]]


def writers_of(reports: Sequence[PublicReport]) -> list[Writer]:
    """Who writes the pages of these reports; nobody where there are none."""

    def report_drafts(reader: Reader) -> Iterator[Draft]:
        """A page for each report with its files, their list, and their feed."""
        for one in reports:
            address = files.report_address(Month.parse(one.month))
            draft = _draft(reader, address, (one.mark, *_turns(reader, one)), partial(_month, reader, one))
            yield from with_variants(reader, draft, address)
            yield from _files_of(reader, one, address)
        marks = tuple(one.mark for one in reports)
        yield from with_variants(
            reader, _draft(reader, files.REPORTS, marks, partial(_archive, reader, reports)), files.REPORTS
        )
        yield feed_draft(reader, reports)

    return [report_drafts] if reports else []


def _draft(reader: Reader, address: files.Address, sources: tuple[object, ...], make: Callable[[], bytes]) -> Draft:
    path = address.file(reader.language, reader.place.bureau.code)
    return Draft(path=path, sources=(*reader.frame, *sources), make=make)


def _turns(reader: Reader, report: PublicReport) -> tuple[str, ...]:
    """The reports before and after it, which its page leads to."""
    return tuple(str(one) for one in pages.neighbours(reader, Month.parse(report.month)) if one)


def _files_of(reader: Reader, report: PublicReport, address: files.Address) -> Iterator[Draft]:
    """What lies beside the page, to be taken away."""

    def beside(name: str, make: Callable[[], bytes]) -> Draft:
        path = address.file(reader.language, reader.place.bureau.code, name)
        return Draft(path=path, sources=(report.mark, name), make=make)

    language, base_url = reader.language, reader.base_url
    paper = _Paper(lambda: report_data(report.load(), language, base_url))
    yield replace(beside(PAPER, paper.make), says=paper.says, may_wait=True)
    yield beside(WORKBOOK, lambda: workbook(report.load(), language))
    yield beside(TABLE, lambda: table_csv(report.load(), language))
    yield beside(BUNDLE, lambda: bundle_zip(report.load()))
    yield beside(POSTS, lambda: posts_text(report.load(), base_url, language))


class _Paper:
    """What a PDF says, kept from when that is asked until it is set, and no longer: a year of it would fill the memory."""

    def __init__(self, data: Callable[[], Data]) -> None:
        """Nothing is asked yet."""
        self._data = data
        self._kept: Data | None = None

    def says(self) -> Data:
        """All of it."""
        self._kept = self._data()
        return self._kept

    def make(self) -> bytes:
        """The PDF."""
        data, self._kept = self._kept or self._data(), None
        return typeset(TEMPLATE, data)


def _month(reader: Reader, report: PublicReport) -> bytes:
    return pages.month_page(reader, report.load())


def _archive(reader: Reader, reports: Sequence[PublicReport]) -> bytes:
    return pages.archive_page(reader, [one.load() for one in reports])
