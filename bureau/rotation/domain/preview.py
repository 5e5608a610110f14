"""What a publication would change, as the manager reads it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from bureau.kernel.localised import LocalisedText

from .programme import ProgrammeDocument, PublishedLanguage, PublishedSession, differs

ANYHOW = "*"
"""Given by a command that publishes in spite of whatever there is; a page names what it has asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSession:
    """A session that residents would see for the first time (None), or otherwise than in the publication in force:
    ``new``, ``moved``, ``changed`` or ``cancelled``; with all its names.
    """

    change: str | None
    day: date
    starts: time
    ends: time
    was_day: date | None
    was_starts: time | None
    services: tuple[LocalisedText, ...]
    organisation: LocalisedText
    room: LocalisedText
    languages: tuple[PublishedLanguage, ...]


Group = tuple[date | LocalisedText, tuple[ChangedSession, ...]]
"""A day or an organisation, with what changes then or for it."""


def changes(before: ProgrammeDocument | None, document: ProgrammeDocument) -> tuple[ChangedSession, ...]:
    """What a reader of ``before``, the publication in force, would not know, in order of time."""
    earlier = {session.uid: session for session in before.sessions} if before else {}
    names = _Names(document)
    return tuple(
        names.changed(session, earlier.get(session.uid), first=before is None)
        for session in document.sessions
        if earlier.get(session.uid) is None or differs(earlier[session.uid], session)
    )


def by_day(changed: Iterable[ChangedSession]) -> tuple[Group, ...]:
    """The changes of each day."""
    return tuple(_grouped(changed, lambda one: one.day))


def by_organisation(changed: Iterable[ChangedSession], language: str) -> tuple[Group, ...]:
    """The changes of each organisation, by its name in ``language``."""
    ordered = sorted(changed, key=lambda one: one.organisation.in_(language).casefold())
    return tuple(_grouped(ordered, lambda one: one.organisation))


def _grouped(
    changed: Iterable[ChangedSession], key: Callable[[ChangedSession], date | LocalisedText]
) -> Iterator[Group]:
    for what, group in groupby(changed, key=key):
        yield what, tuple(group)


def counts(changed: Iterable[ChangedSession]) -> Mapping[str, int]:
    """How many are new, moved, changed, cancelled; those shown for the first time are ``first``."""
    found = Counter(one.change or "first" for one in changed)
    return {kind: found[kind] for kind in ("first", "new", "moved", "changed", "cancelled") if found[kind]}


class _Names:
    """The names that a document has for its codes."""

    def __init__(self, document: ProgrammeDocument) -> None:
        self._services = {service.code: service.name for service in document.services}
        self._organisations = {organisation.code: organisation.name for organisation in document.organisations}
        self._rooms = {room.code: room.name for room in document.rooms}
        self._languages = {language.tag: language for language in document.languages}

    def changed(self, session: PublishedSession, was: PublishedSession | None, *, first: bool) -> ChangedSession:
        """The session with its names, and where it was before."""
        moved = was is not None and (was.day, was.starts) != (session.day, session.starts)
        return ChangedSession(
            change=_change(session, was, moved=moved, first=first),
            day=session.day, starts=session.starts, ends=session.ends,
            was_day=was.day if was and moved else None, was_starts=was.starts if was and moved else None,
            services=tuple(self._services[code] for code in session.services if code in self._services),
            organisation=self._organisations.get(session.organisation, LocalisedText()),
            room=self._rooms.get(session.room, LocalisedText()),
            languages=tuple(self._languages[tag] for tag in session.languages if tag in self._languages),
        )  # fmt: skip


def _change(session: PublishedSession, was: PublishedSession | None, *, moved: bool, first: bool) -> str | None:
    if session.cancelled:
        return "cancelled"
    if was is None or was.cancelled:  # one that comes back is new to whoever read that it was cancelled
        return None if first else "new"
    return "moved" if moved else "changed"
