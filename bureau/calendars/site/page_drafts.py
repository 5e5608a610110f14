"""The pages of a bureau in one language, each with what it is made from."""

from collections.abc import Iterator
from functools import partial

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.files import Address, Draft
from bureau.kernel.month import Month

from . import pages
from .reader import Reader


def page_drafts(reader: Reader) -> Iterator[Draft]:
    """Home, every month, and every page of next dates."""
    yield _home(reader)
    for month in reader.place.months(reader.today):
        yield _month(reader, month)
    for subject in pages.subjects(reader):
        yield _listing(reader, subject)


def _home(reader: Reader) -> Draft:
    place, marks = reader.place, reader.place.marks
    coming = selection.upcoming(place.sessions, reader.today)
    sources = (*reader.frame, reader.today.isoformat(), marks.opening, marks.months, marks.sessions(coming))
    return Draft(path=_path(reader, files.HOME), sources=sources, make=partial(pages.home, reader))


def _month(reader: Reader, month: Month) -> Draft:
    place, today = reader.place, reader.today
    given = sorted({tag for one in selection.taking_place(place.sessions) for tag in one.languages})
    near = (month.shifted(-1), month.shifted(1))
    turned_to = [str(one) for one in place.months(today) if one in near]
    sources = (*reader.frame, reader.day_in(month), place.marks.month(month), given, turned_to)
    return Draft(
        path=_path(reader, files.month_address(month)), sources=sources, make=partial(pages.month, reader, month)
    )


def _listing(reader: Reader, subject: pages.Subject) -> Draft:
    coming = selection.upcoming(subject.sessions, reader.today)
    sources = (*reader.frame, reader.place.marks.sessions(coming), reader.day_among(coming))
    return Draft(path=_path(reader, subject.address), sources=sources, make=partial(pages.listing, reader, subject))


def _path(reader: Reader, address: Address) -> str:
    return address.file(reader.language, reader.place.bureau.code)
