"""The pages of a bureau in one language, each with what it is made from, and its variants."""

from collections.abc import Iterable, Iterator
from functools import partial

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.changes import changes_ahead
from bureau.calendars.domain.files import Address, Draft
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedSession

from . import pages
from .reader import Reader
from .variants import with_variants

Drafted = tuple[Address, Draft]


def page_drafts(reader: Reader) -> Iterator[Draft]:
    """Home, the same in easy language, every month, every page of next dates, every narrowed month, the statement."""
    for address, draft in _drafts(reader):
        yield from with_variants(reader, draft, address)


def _drafts(reader: Reader) -> Iterator[Drafted]:
    everything = _everything(reader)
    yield _draft(reader, files.HOME, everything, partial(pages.home, reader))
    yield _draft(reader, files.EASY, everything, partial(pages.easy, reader))
    yield _draft(reader, files.ACCESSIBILITY, (), partial(pages.accessibility, reader))
    for month in reader.place.months(reader.today):
        yield _draft(reader, files.month_address(month), _month(reader, month), partial(pages.month, reader, month))
    for subject in pages.subjects(reader):
        yield _draft(reader, subject.address, _listing(reader, subject), partial(pages.listing, reader, subject))
    for subject in pages.filters(reader):
        make = partial(pages.filtered_month, reader, subject)
        yield _draft(reader, files.in_month(subject.address), _filtered(reader, subject), make)


def _draft(reader: Reader, address: Address, sources: tuple[object, ...], make: partial[bytes]) -> Drafted:
    path = address.file(reader.language, reader.place.bureau.code)
    return address, Draft(path=path, sources=(*reader.frame, *sources), make=make)


def _everything(reader: Reader) -> tuple[object, ...]:
    """What is open, given and changed from today on."""
    place, marks = reader.place, reader.place.marks
    coming = marks.coming(place.sessions, reader.today)
    return reader.today.isoformat(), marks.opening, marks.months, coming.mark, place.index.pairs


def _month(reader: Reader, month: Month) -> tuple[object, ...]:
    place, today = reader.place, reader.today
    document = place.programmes.get(month)
    sessions = document.sessions if document else ()
    near = (month.shifted(-1), month.shifted(1))
    turned_to = [str(one) for one in place.months(today) if one in near]
    days = reader.day_in(month), reader.day_among({one.day for one in sessions}), _ends(reader, sessions)
    told = month in reader.reports
    return (*days, place.marks.month(month), place.index.given, turned_to, told, None if document else _usual(reader))


def _listing(reader: Reader, subject: pages.Subject) -> tuple[object, ...]:
    marks = reader.place.marks
    coming = marks.coming(subject.sessions, reader.today)
    opening = marks.opening if coming.cancelled else None
    return coming.mark, reader.day_among(coming.days), opening, pages.ways(reader, subject)


def _filtered(reader: Reader, subject: pages.Subject) -> tuple[object, ...]:
    marks, index = reader.place.marks, reader.place.index
    week = marks.coming(subject.sessions, selection.monday(reader.today))
    return reader.today.isoformat(), marks.opening, marks.months, week.mark, index.given, index.pairs


def _ends(reader: Reader, sessions: Iterable[PublishedSession]) -> list[str]:
    """Which changes are told."""
    return [f"{one.session.uid} {one.day}" for one in changes_ahead(sessions, reader.today)]


def _usual(reader: Reader) -> tuple[object, ...]:
    """What says by when a month is usually there."""
    first = [(str(month), one.first_published_at) for month, one in reader.place.programmes.items()]
    return reader.today.isoformat(), first
