"""What a publication would change, as the manager reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from bureau.kernel.localised import LocalisedText

from .programme import ProgrammeDocument, PublishedLanguage, PublishedSession


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSession:
    """A session that residents would see for the first time, elsewhere, otherwise or no longer, with all its names."""

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


def changes(document: ProgrammeDocument, changed: Iterable[PublishedSession]) -> tuple[ChangedSession, ...]:
    """The changed sessions with the names that the document has for their codes."""
    services = {service.code: service.name for service in document.services}
    organisations = {organisation.code: organisation.name for organisation in document.organisations}
    rooms = {room.code: room.name for room in document.rooms}
    languages = {language.tag: language for language in document.languages}
    return tuple(
        ChangedSession(
            change=session.change, day=session.day, starts=session.starts, ends=session.ends,
            was_day=session.was_day, was_starts=session.was_starts,
            services=tuple(services[code] for code in session.services if code in services),
            organisation=organisations.get(session.organisation, LocalisedText()),
            room=rooms.get(session.room, LocalisedText()),
            languages=tuple(languages[tag] for tag in session.languages if tag in languages),
        )
        for session in changed
    )  # fmt: skip
