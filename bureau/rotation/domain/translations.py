"""What a programme does not say in one of the bureau's languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from bureau.kernel.localised import LocalisedText

from .programme import ProgrammeDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslated:
    """The texts that residents who read ``language`` would see in another one, each once."""

    language: str
    texts: tuple[LocalisedText, ...]


def untranslated(document: ProgrammeDocument) -> tuple[Untranslated, ...]:
    """For each language of the bureau that lacks anything, what it lacks."""
    texts = tuple(dict.fromkeys(_fingerprinted(text) for text in _texts(document) if text))
    found = (
        Untranslated(language=tag, texts=tuple(LocalisedText(dict(text)) for text in texts if tag not in dict(text)))
        for tag in document.bureau.languages
    )
    return tuple(one for one in found if one.texts)


def _fingerprinted(text: LocalisedText) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.texts.items()))


def _texts(document: ProgrammeDocument) -> Iterator[LocalisedText]:
    place = document.bureau
    yield from (place.name, place.address, place.welcome, place.find_us)
    yield from (category.name for category in document.categories)
    yield from (room.name for room in document.rooms)
    yield from (organisation.name for organisation in document.organisations)
    for service in document.services:
        yield from (service.name, service.description, service.bring)
    for closure in document.closures:
        yield closure.reason
    for session in document.sessions:
        if not session.cancelled:
            yield session.note
