"""The published rota of a month as one immutable document: all that public pages and feeds are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSession:
    """One session as residents see it.

    ``uid`` stays for life and ``sequence`` rises with each published change (RFC 5545, 3.8.7.4). ``change`` says what
    happened since the month was first published: None, ``new``, ``moved``, ``changed`` or ``cancelled``;
    ``was_day``/``was_starts`` hold the first published time of a moved session.
    """

    uid: str
    sequence: int
    modified: datetime
    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    room: str
    organisation: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    note: LocalisedText
    change: str | None = None
    was_day: date | None = None
    was_starts: time | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it was published and will not take place."""
        return self.change == "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedService:
    """A service as the public may see it: ``name`` is the neutral one where the service is sensitive."""

    code: str
    category: str
    name: LocalisedText
    description: LocalisedText
    bring: LocalisedText
    walk_in: bool
    audience: str
    mode: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCategory:
    """A need, with the icon that stands beside its words."""

    code: str
    name: LocalisedText
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLanguage:
    """A language that services are given in."""

    tag: str
    own_name: str
    name: LocalisedText
    phrase: LocalisedText
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOrganisation:
    """A partner organisation as the public sees it."""

    code: str
    name: LocalisedText
    about: LocalisedText
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRoom:
    """A room by its public name."""

    code: str
    name: LocalisedText
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClosure:
    """A day on which the bureau is closed."""

    day: date
    reason: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBlock:
    """A stretch of a day in which the bureau is open."""

    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBureau:
    """The place as it was described when the month was published."""

    code: str
    name: LocalisedText
    city: LocalisedText
    address: LocalisedText
    welcome: LocalisedText
    about: LocalisedText
    find_us: LocalisedText
    privacy: LocalisedText
    walk_in_rule: LocalisedText
    phone: str
    phone_text: LocalisedText
    email: str
    latitude: float | None
    longitude: float | None
    timezone: str
    languages: tuple[str, ...]
    facilities: tuple[tuple[str, LocalisedText], ...]
    country: str = ""
    """ISO 3166, two letters; empty in what was published before it was written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDocument:
    """A month as it was published for the ``number``-th time."""

    bureau: PublishedBureau
    month: Month
    number: int
    published_at: datetime
    first_published_at: datetime
    categories: tuple[PublishedCategory, ...]
    services: tuple[PublishedService, ...]
    languages: tuple[PublishedLanguage, ...]
    organisations: tuple[PublishedOrganisation, ...]
    rooms: tuple[PublishedRoom, ...]
    closures: tuple[PublishedClosure, ...]
    blocks: tuple[PublishedBlock, ...]
    sessions: tuple[PublishedSession, ...]
    described_at: datetime | None = None
    """When anything but the sessions changed last; None in what was published before it was written down."""


def differs(one: PublishedSession, other: PublishedSession) -> bool:
    """Whether a resident would notice a difference between two publications of the same session."""
    return _visible(one) != _visible(other)


def _visible(session: PublishedSession) -> tuple[object, ...]:
    return (
        session.starts_at,
        session.ends_at,
        session.room,
        session.organisation,
        session.services,
        session.languages,
        dict(session.note.texts),
        session.cancelled,
    )


def republish(
    before: ProgrammeDocument | None, live: tuple[PublishedSession, ...], *, now: datetime
) -> tuple[PublishedSession, ...]:
    """The sessions of the next publication: UIDs keep, sequences rise with each change, withdrawn ones stay cancelled.

    ``live`` are today's sessions with sequence 0 and no change stated; ``before`` is the publication in force.
    """
    earlier = {session.uid: session for session in before.sessions} if before else {}
    kept = tuple(_next(earlier.get(session.uid), session, first=before is None, now=now) for session in live)
    alive = {session.uid for session in live}
    gone = tuple(_withdraw(session, now=now) for uid, session in earlier.items() if uid not in alive)
    return tuple(sorted(kept + gone, key=lambda session: (session.starts_at, session.room, session.uid)))


def _next(was: PublishedSession | None, now_is: PublishedSession, *, first: bool, now: datetime) -> PublishedSession:
    if was is None:
        return replace(now_is, modified=now, change=None if first else "new")
    same = replace(
        now_is,
        sequence=was.sequence,
        modified=was.modified,
        change=was.change,
        was_day=was.was_day,
        was_starts=was.was_starts,
    )
    if not differs(was, now_is):
        return same
    first_day, first_starts = was.was_day or was.day, was.was_starts or was.starts
    moved = (first_day, first_starts) != (now_is.day, now_is.starts)  # who moves back is where it was announced
    return replace(
        same,
        sequence=was.sequence + 1,
        modified=now,
        change="new" if was.change == "new" else "moved" if moved else "changed",
        was_day=first_day if moved else None,
        was_starts=first_starts if moved else None,
    )


def _withdraw(was: PublishedSession, *, now: datetime) -> PublishedSession:
    if was.cancelled:
        return was
    return replace(was, sequence=was.sequence + 1, modified=now, change="cancelled")


def changed_since(before: ProgrammeDocument | None, after: ProgrammeDocument) -> tuple[PublishedSession, ...]:
    """The sessions of ``after`` that a reader of ``before`` would not know."""
    earlier = {session.uid: session.sequence for session in before.sessions} if before else {}
    return tuple(session for session in after.sessions if earlier.get(session.uid) != session.sequence)


def described(document: ProgrammeDocument, before: ProgrammeDocument | None) -> ProgrammeDocument:
    """The document with the instant at which anything in it but its sessions became what it is."""
    same = before is not None and _description(before) == _description(document)
    return replace(document, described_at=before.described_at if before and same else document.published_at)


def _description(document: ProgrammeDocument) -> Any:
    first = document.first_published_at
    return to_json(replace(document, sessions=(), number=0, published_at=first, described_at=None))


def to_json(value: Any) -> Any:
    """Plain data of a document or any part of it, for the database."""
    if isinstance(value, LocalisedText):
        return dict(value.texts)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: to_json(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def from_json(data: Mapping[str, Any]) -> ProgrammeDocument:
    """The document that ``to_json`` wrote."""
    document: ProgrammeDocument = _reading(ProgrammeDocument)(data)
    return document


@cache
def _reading(kind: Any) -> Callable[[Any], Any]:
    """How a field of that type is read; found out once, since a year of a bureau has a hundred thousand fields."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if str(kind).endswith("| None"):
        read = _reading(kind.__args__[0])
        return lambda data: None if data is None else read(data)
    if getattr(kind, "__origin__", None) is tuple:
        return _reading_tuple(kind.__args__)
    fields = tuple((name, _reading(field.type)) for name, field in kind.__dataclass_fields__.items())
    return lambda data: kind(**{name: read(data[name]) for name, read in fields if name in data})


def _reading_tuple(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    each = [_reading(kind) for kind in kinds if kind is not Ellipsis]
    if kinds[-1] is Ellipsis:
        return lambda data: tuple(map(each[0], data))
    return lambda data: tuple(read(item) for read, item in zip(each, data, strict=True))


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    LocalisedText: LocalisedText.from_json,
    Month: Month.parse,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    str: str,
    int: int,
    bool: bool,
    float: float,
}
