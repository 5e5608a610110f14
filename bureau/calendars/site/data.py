"""Open data: what is published as files for other programs, in HSDS and as a table of each month."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time
from functools import partial
from io import StringIO

from flask_babel import force_locale

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.place import Place
from bureau.kernel.month import Month
from bureau.kernel.text import no_formula
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from . import hsds
from .contexts import PlaceContext, SiteContext
from .events import day_url
from .hsds import Directory, Node, Share, written
from .reader import Reader

TABLE = "programme.csv"
COLUMNS = (
    "uid", "sequence", "modified", "status", "date", "starts", "ends", "starts_at", "ends_at", "was_date", "was_starts",
    "services", "service_names", "needs", "need_names", "organisation", "organisation_name", "room", "room_name",
    "languages", "note", "url",
)  # fmt: skip


def table_drafts(reader: Reader) -> Iterator[Draft]:
    """The sessions of every published month as a table, withdrawn ones too."""
    for month, document in reader.place.programmes.items():
        yield Draft(
            path=files.month_address(month).file(reader.language, reader.place.bureau.code, TABLE),
            sources=(reader.place.marks.names, reader.place.marks.month(month)),
            make=partial(_table, reader, document),
        )


def table_href(reader: Reader, month: Month) -> str:
    """Where the table of a month lies, as linked to from its page."""
    return f"{reader.href(files.month_address(month))}{TABLE}"


def place_drafts(context: PlaceContext) -> Iterator[Draft]:
    """The services and organisations of one bureau, as lists, and everything in one file."""
    directory = Directory(place=context.place, today=context.today, base_url=context.base_url)
    folder = f"hsds/{context.place.bureau.code}"
    sources = _sources(directory)
    yield _draft(f"{folder}/services.json", sources, directory, lambda: hsds.page(hsds.listed_services(directory)))
    yield _draft(f"{folder}/organizations.json", sources, directory, lambda: hsds.page(directory.organisations()))
    yield _draft(
        f"{folder}/complete.json", sources, directory, lambda: hsds.page(map(directory.service, directory.offers))
    )


def site_drafts(site: SiteContext) -> Iterator[Draft]:
    """The same of all the bureaux, at the addresses of the HSDS interface, with a file for each service."""
    shares = [share_of(one, site) for one in site.places]
    sources = tuple(one.mark for one in shares)
    for name in hsds.LISTS:
        yield Draft(path=f"hsds/{name}.json", sources=sources, make=partial(_list, shares, name))
    yield Draft(path="hsds/index.json", sources=(), make=lambda: written(_ABOUT))
    seen: set[str] = set()
    for share in shares:
        yield from _single_services(share)
        yield from _single_organisations(share.directory, seen)


def share_of(place: Place, site: SiteContext) -> Share:
    """What a bureau adds to the files of all: worked out once, as long as nothing is published there."""
    directory = Directory(place=place, today=site.today(place), base_url=site.base_url)
    return place.once(("share", Month.of(directory.today), site.base_url), lambda: Share(directory))


def _single_services(share: Share) -> Iterator[Draft]:
    directory = share.directory
    for offer, known in share.known:
        sources = directory.place.marks.names, known
        yield _draft(f"hsds/services/{offer.id}.json", sources, directory, partial(directory.service, offer))


def _single_organisations(directory: Directory, seen: set[str]) -> Iterator[Draft]:
    """Each organisation once, however many bureaux it works in."""
    for code in dict.fromkeys(one.organisation for one in directory.offers):
        if code not in seen:
            seen.add(code)
            path = f"hsds/organizations/{directory.organisation_id(code)}.json"
            yield _draft(path, (directory.place.marks.names,), directory, partial(directory.organisation, code))


def _list(shares: Iterable[Share], name: str) -> bytes:
    """The nodes of all the bureaux, each once."""
    found: dict[str, bytes] = {}
    for share in shares:
        for number, node in share.written(name):
            found.setdefault(number, node)
    return written(hsds.page_of(len(found)))[:-1] + b',"contents":[' + b",".join(found.values()) + b"]}"


def _sources(directory: Directory) -> tuple[object, ...]:
    first = Month.of(directory.today).first
    marks = directory.place.marks
    return marks.names, marks.sessions(selection.upcoming(directory.place.sessions, first))


def _draft(path: str, sources: tuple[object, ...], directory: Directory, node: Callable[[], Node]) -> Draft:
    def make() -> bytes:
        with force_locale(LANGUAGES[directory.language].locale):
            return written(node())

    return Draft(path=path, sources=sources, make=make)


_ABOUT = {
    "version": hsds.VERSION,
    "profile": "https://docs.openreferral.org/en/v3.0.0/",
    "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json",
}


def _table(reader: Reader, document: ProgrammeDocument) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for session in document.sessions:
        writer.writerow(reader.piece("row", session, partial(_row, reader, session)))
    return text.getvalue().encode("utf-8-sig")  # spreadsheets know by the mark that it is UTF-8


def _row(reader: Reader, session: PublishedSession) -> tuple[str, ...]:
    return tuple(map(no_formula, _cells(reader, session)))


def _cells(reader: Reader, session: PublishedSession) -> tuple[str, ...]:
    place, say = reader.place, reader.says
    services = [place.services[code] for code in session.services]
    needs = [code for code in dict.fromkeys(one.category for one in services) if code in place.categories]
    return (
        session.uid,
        str(session.sequence),
        _instant(session.modified),
        session.change or "",
        session.day.isoformat(),
        formats.clock(session.starts),
        formats.clock(session.ends),
        _instant(session.starts_at),
        _instant(session.ends_at),
        session.was_day.isoformat() if session.was_day else "",
        _clock(session.was_starts),
        " ".join(session.services),
        " · ".join(say(one.name) for one in services),
        " ".join(needs),
        " · ".join(say(place.categories[code].name) for code in needs),
        session.organisation,
        say(place.organisations[session.organisation].name),
        session.room,
        say(place.rooms[session.room].name),
        " ".join(session.languages),
        say(session.note),
        day_url(reader, session),
    )


def _clock(wall: time | None) -> str:
    return formats.clock(wall) if wall else ""


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
