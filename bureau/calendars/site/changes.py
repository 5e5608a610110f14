"""What changed since each month was published, as an Atom feed (RFC 4287) in the reader's language."""

from collections.abc import Iterable, Iterator
from functools import partial

from flask_babel import gettext

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.web import formats

from . import atom
from .events import day_url, description_of
from .reader import Reader

FILE = "changes.atom"
KEPT = 100
"""The feed holds this many changes, the newest; a reader of feeds keeps those that it has seen."""


def changes_draft(reader: Reader) -> Iterator[Draft]:
    """The one feed of changes of a bureau in a language."""
    sessions, months = _changed(reader), _months(reader)
    published = [(str(one.month), one.first_published_at.isoformat()) for one in months]
    yield Draft(
        path=files.HOME.file(reader.language, reader.place.bureau.code, FILE),
        sources=(reader.place.marks.names, reader.place.marks.sessions(sessions), published),
        make=partial(_write, reader, sessions, months),
    )


def changes_href(reader: Reader) -> str:
    """Where the feed of changes lies, as linked to from the bureau's pages."""
    return f"{files.HOME.path(reader.language, reader.place.bureau.code)}{FILE}"


def _changed(reader: Reader) -> Sessions:
    """The sessions of last month and later that differ from what was first published."""
    first = Month.of(reader.today).shifted(-1).first
    return tuple(one for one in reader.place.sessions if one.change and one.day >= first)


def _months(reader: Reader) -> list[ProgrammeDocument]:
    first = Month.of(reader.today).shifted(-1)
    return [document for month, document in reader.place.programmes.items() if month >= first]


def _write(reader: Reader, sessions: Sessions, months: Iterable[ProgrammeDocument]) -> bytes:
    entries = [_of_session(reader, one) for one in sessions] + [_of_month(reader, one) for one in months]
    entries.sort(key=lambda one: (one.updated, one.key), reverse=True)
    since = max(one.first_published_at for one in reader.place.programmes.values())
    name = reader.says(reader.place.bureau.name)
    feed = atom.Feed(
        language=reader.language, name=name, title=str(gettext("Changes · %(bureau)s", bureau=name)),
        itself=reader.base_url + changes_href(reader), page=reader.url(files.HOME),
        updated=entries[0].updated if entries else since,
    )  # fmt: skip
    return atom.written(feed, entries[:KEPT])


def _of_session(reader: Reader, session: PublishedSession) -> atom.Entry:
    services = " · ".join(reader.says(reader.place.services[code].name) for code in session.services)
    hours = formats.said_hours(session.starts, session.ends, reader.language)
    when = formats.listed((formats.day_long(session.day, reader.language), hours), reader.language)
    return atom.Entry(
        key=f"{session.uid}/{session.sequence}",
        kind=session.change or "",
        title=_title(session, services),
        words=f"{formats.capital(when)}\n{description_of(reader, session)}",
        href=day_url(reader, session),
        updated=session.modified,
    )


def _title(session: PublishedSession, services: str) -> str:
    if session.change == "cancelled":
        return str(gettext("Cancelled: %(service)s", service=services))
    if session.change == "moved":
        return str(gettext("Moved: %(service)s", service=services))
    if session.change == "new":
        return str(gettext("New: %(service)s", service=services))
    return str(gettext("Changed: %(service)s", service=services))


def _of_month(reader: Reader, document: ProgrammeDocument) -> atom.Entry:
    month = formats.month_name(document.month, reader.language)
    return atom.Entry(
        key=str(document.month),
        kind="published",
        title=str(gettext("The programme for %(month)s is published", month=month)),
        words=reader.says(reader.place.bureau.about),
        href=reader.url(files.month_address(document.month)),
        updated=document.first_published_at,
    )
