"""The calendar feeds beside the pages."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from bureau.calendars import ical
from bureau.calendars.domain import files, selection
from bureau.calendars.domain.files import Address, Draft
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedSession
from bureau.web import formats

from . import pages
from .events import event_of, head_of
from .reader import Reader


def feed_drafts(reader: Reader) -> Iterator[Draft]:
    """A feed for every page of dates."""
    place, today = reader.place, reader.today
    feeds = _Feeds(reader)
    yield feeds.draft(files.HOME, place.bureau.name, _since(place.sessions, today))
    for month in place.months(today):
        document = place.programmes.get(month)
        yield feeds.draft(files.month_address(month), month, document.sessions if document else ())
    for subject in pages.subjects(reader):
        yield feeds.draft(subject.address, subject.name, _since(subject.sessions, today))


class _Feeds:
    """Writes each session once for all the feeds of its language."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def draft(self, address: Address, name: LocalisedText | Month, sessions: Sessions) -> Draft:
        """The feed beside the page at ``address``."""
        reader = self._reader
        marks = reader.place.marks
        title = str(name) if isinstance(name, Month) else reader.says(name)
        sources = (marks.names, title, marks.sessions(sessions), None if sessions else _newest(reader))
        path = address.feed(reader.language, reader.place.bureau.code)[1:]
        return Draft(path=path, sources=sources, make=partial(self._write, address, name, sessions))

    def _write(self, address: Address, name: LocalisedText | Month, sessions: Sessions) -> bytes:
        reader = self._reader
        title = formats.month_name(name, reader.language) if isinstance(name, Month) else reader.says(name)
        return ical.write(head_of(reader, address, title, sessions), map(self._fragment, sessions))

    def _fragment(self, session: PublishedSession) -> bytes:
        written: bytes = self._reader.piece("event", session, lambda: ical.fragment(event_of(self._reader, session)))
        return written


def _newest(reader: Reader) -> str:
    """What an empty feed gives as the time of its last change."""
    return max(programme.first_published_at for programme in reader.place.programmes.values()).isoformat()


def _since(sessions: Sessions, today: date) -> Sessions:
    """Those of last month and later: a subscriber keeps what was, and the feed does not grow for ever."""
    return selection.since(sessions, Month.of(today).shifted(-1).first)
