"""The public site of the bureaux, from their programmes: every page and every feed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial

from flask_babel import force_locale

from bureau.calendars import ical
from bureau.calendars.domain import files
from bureau.calendars.domain.files import Address, PublicFile, UnchangedFile
from bureau.calendars.domain.place import Place, places_of
from bureau.calendars.domain.selection import Sessions
from bureau.calendars.site import chooser, pages
from bureau.calendars.site.events import event_of, head_of
from bureau.calendars.site.past import PastMonths
from bureau.calendars.site.reader import Asset, Reader, public_environment, written_languages
from bureau.kernel.clock import local_date
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.web import formats
from bureau.web.languages import LANGUAGES


def site_files(
    documents: Iterable[ProgrammeDocument],
    *,
    now: datetime,
    base_url: str,
    asset: Asset,
    bureau: str | None = None,
    version: str = "",
    known: Mapping[str, str] | None = None,
) -> Iterator[PublicFile | UnchangedFile]:
    """Every page and feed that ``documents``, the programmes in force, give at ``now``: the same each time of a day.

    With ``bureau``, only that bureau's pages and the ones above all bureaux. ``version`` is that of the program;
    ``known`` are the files that exist, path → mark of what they were made from: those that would come out the same
    are not made again.
    """
    environment = public_environment(asset)
    past = PastMonths(version=f"{version} {base_url} {asset('')}", known=known or {})
    places = places_of(documents)
    for place in places:
        if bureau not in {None, place.bureau.code}:
            continue
        for language in written_languages(place):
            today = local_date(now, place.bureau.timezone)
            reader = Reader(place=place, language=language, today=today, base_url=base_url, environment=environment)
            yield from _in_language(reader, past)
    if places:
        yield from chooser.front_pages(places, environment)


def number_of_files(documents: Iterable[ProgrammeDocument], *, now: datetime) -> int:
    """How many files ``site_files`` gives for every bureau, to show progress by."""
    places = places_of(documents)
    front = {language for place in places for language in written_languages(place)}
    return sum(map(partial(_number, now=now), places)) + len(front) + bool(front)


def _number(place: Place, *, now: datetime) -> int:
    subjects = len(place.categories) + len(place.services) + len(place.languages) + len(place.organisations)
    months = place.months(local_date(now, place.bureau.timezone))
    return 2 * len(written_languages(place)) * (1 + len(months) + subjects)


def languages_of(documents: Iterable[ProgrammeDocument]) -> dict[str, tuple[str, ...]]:
    """Each bureau that has a public site, with the languages it is written in, its default first."""
    return {place.bureau.code: written_languages(place) for place in places_of(documents)}


def _in_language(reader: Reader, past: PastMonths) -> Iterator[PublicFile | UnchangedFile]:
    place, today = reader.place, reader.today
    with force_locale(LANGUAGES[reader.language].locale):
        feeds = _Feeds(reader)
        yield _page(reader, files.HOME, pages.home(reader))
        yield feeds.file(files.HOME, reader.says(place.bureau.name), _since(place.sessions, today))
        for month in place.months(today):
            yield from past.unless_unchanged(reader, month, partial(_month, reader, feeds, month))
        for subject in pages.subjects(reader):
            yield _page(reader, subject.address, pages.listing(reader, subject))
            yield feeds.file(subject.address, reader.says(subject.name), _since(subject.sessions, today))


def _month(reader: Reader, feeds: "_Feeds", month: Month) -> Iterator[PublicFile]:
    document = reader.place.programmes.get(month)
    address = files.month_address(month)
    yield _page(reader, address, pages.month(reader, month))
    yield feeds.file(address, formats.month_name(month, reader.language), document.sessions if document else ())


class _Feeds:
    """Writes each session once for all the feeds of its language."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._written: dict[str, bytes] = {}

    def file(self, address: Address, title: str, sessions: Sessions) -> PublicFile:
        """The feed beside the page at ``address``."""
        content = ical.write(
            head_of(self._reader, address, title, sessions), (self._fragment(session) for session in sessions)
        )
        return PublicFile(path=address.feed(*self._where())[1:], content=content)

    def _fragment(self, session: PublishedSession) -> bytes:
        if session.uid not in self._written:
            self._written[session.uid] = ical.fragment(event_of(self._reader, session))
        return self._written[session.uid]

    def _where(self) -> tuple[str, str]:
        return self._reader.language, self._reader.place.bureau.code


def _page(reader: Reader, address: Address, content: bytes) -> PublicFile:
    return PublicFile(path=f"{reader.href(address)[1:]}index.html", content=content)


def _since(sessions: Sessions, today: date) -> Sessions:
    """Those of last month and later: a subscriber keeps what was, and the feed does not grow for ever."""
    first = Month.of(today).shifted(-1).first
    return tuple(session for session in sessions if session.day >= first)
