"""What a programme does not say in one of the bureau's languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from bureau.kernel.localised import LocalisedText

from .programme import ProgrammeDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A text that residents read, and whose it is: of what ``kind`` of thing, and which of them."""

    kind: str
    code: str
    text: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslated:
    """The texts that residents who read ``language`` would see in another one, each once."""

    language: str
    texts: tuple[PublicText, ...]


def untranslated(document: ProgrammeDocument) -> tuple[Untranslated, ...]:
    """For each language of the bureau that lacks anything, what it lacks."""
    texts = {_fingerprinted(one.text): one for one in reversed([*_texts(document)]) if one.text}
    found = (
        Untranslated(language=tag, texts=tuple(one for one in reversed(texts.values()) if not one.text.texts.get(tag)))
        for tag in document.bureau.languages
    )
    return tuple(one for one in found if one.texts)


def _fingerprinted(text: LocalisedText) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.texts.items()))


def _texts(document: ProgrammeDocument) -> Iterator[PublicText]:
    place = document.bureau
    told = (place.name, place.address, place.welcome, place.about, place.find_us, place.walk_in_rule, place.privacy)
    for text in (*told, place.phone_text, *(name for _, name in place.facilities)):
        yield PublicText(kind="place", code=place.code, text=text)
    for kind, things, fields in (
        ("category", document.categories, ("name",)),
        ("room", document.rooms, ("name",)),
        ("organisation", document.organisations, ("name", "about")),
        ("service", document.services, ("name", "description", "bring")),
    ):
        yield from (
            PublicText(kind=kind, code=thing.code, text=getattr(thing, field)) for thing in things for field in fields
        )
    yield from _less_often(document)


def _less_often(document: ProgrammeDocument) -> Iterator[PublicText]:
    for one in document.languages:
        yield from (PublicText(kind="language", code=one.tag, text=text) for text in (one.name, one.phrase))
    for closure in document.closures:
        yield PublicText(kind="closure", code=closure.day.isoformat(), text=closure.reason)
    alive = (session for session in document.sessions if not session.cancelled)
    yield from (PublicText(kind="session", code=session.uid, text=session.note) for session in alive)
