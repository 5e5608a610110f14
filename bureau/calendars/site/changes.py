"""What changed since each month was published, as an Atom feed (RFC 4287) in the reader's language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from flask_babel import gettext
from markupsafe import Markup, escape

from bureau.calendars.domain import files
from bureau.calendars.domain.files import Draft
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession
from bureau.web import formats

from .events import day_url, description_of
from .reader import Reader

FILE = "changes.atom"
KEPT = 100
"""The feed holds this many changes, the newest; a reader of feeds keeps those that it has seen."""

_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that became known at ``updated``; ``key`` is the same for the same thing at every publication."""

    key: str
    kind: str
    title: str
    words: str
    href: str
    updated: datetime


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
    return _feed(reader, entries[:KEPT], updated=entries[0].updated if entries else since).encode()


def _of_session(reader: Reader, session: PublishedSession) -> Entry:
    services = " · ".join(reader.says(reader.place.services[code].name) for code in session.services)
    hours = formats.said_hours(session.starts, session.ends, reader.language)
    when = formats.listed((formats.day_long(session.day, reader.language), hours), reader.language)
    return Entry(
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


def _of_month(reader: Reader, document: ProgrammeDocument) -> Entry:
    month = formats.month_name(document.month, reader.language)
    return Entry(
        key=str(document.month),
        kind="published",
        title=str(gettext("The programme for %(month)s is published", month=month)),
        words=reader.says(reader.place.bureau.about),
        href=reader.url(files.month_address(document.month)),
        updated=document.first_published_at,
    )


def _feed(reader: Reader, entries: Iterable[Entry], *, updated: datetime) -> Markup:
    itself = reader.base_url + files.HOME.path(reader.language, reader.place.bureau.code) + FILE
    name = reader.says(reader.place.bureau.name)
    return _FEED.format(
        language=reader.language,
        title=_safe(str(gettext("Changes · %(bureau)s", bureau=name))),
        name=_safe(name),
        itself=itself,
        page=reader.url(files.HOME),
        id=_id(itself),
        updated=_instant(updated),
        entries=Markup("").join(_entry(one, itself) for one in entries),
    )


def _entry(one: Entry, feed: str) -> Markup:
    return _ENTRY.format(
        id=_id(f"{feed}#{one.key}"),
        title=_safe(one.title),
        words=_safe(one.words),
        href=one.href,
        kind=one.kind,
        updated=_instant(one.updated),
    )


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _safe(words: str) -> Markup:
    return escape(_UNSPEAKABLE.sub("", words))


_FEED = Markup("""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<author><name>{name}</name></author>
<link rel="self" type="application/atom+xml" href="{itself}"/>
<link rel="alternate" type="text/html" hreflang="{language}" href="{page}"/>
<generator>Bureau</generator>
{entries}</feed>
""")
_ENTRY = Markup("""<entry>
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<link rel="alternate" type="text/html" href="{href}"/>
<category term="{kind}"/>
<content type="text">{words}</content>
</entry>
""")
