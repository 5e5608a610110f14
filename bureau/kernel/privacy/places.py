"""Where somebody is sent: an office or a school can be called after a person, and it has a street that anybody may know."""

import re
from collections.abc import Iterable, Iterator

from .findings import Names
from .institutions import CALLED_AFTER, CALLED_AFTER_EASTERN, INSTITUTION, LEADS_TO, NAMED, SAINT
from .reading import WORD, Reading, formed

_INSTITUTION = re.compile(INSTITUTION, re.IGNORECASE)
_LEADS_TO = re.compile(formed(LEADS_TO), re.IGNORECASE)
_ENDS = re.compile(r"[,;:()/\n]|\s-\s|(?<=[^\W\d_]{4})\.\s")
_STREET_ENDS = re.compile(r"[,;:()/\d\n]|\s-\s")
_QUOTED = re.compile(r"[„“”«\"]([^„“”«»\"]{2,60})[“”»\"]")
_CAPITAL = r"(?-i:[A-ZА-ЯІЇЄҐ])[\w'-]+"
_CALLED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_CAPITAL}\s){{1,3}}(?={CALLED_AFTER})",
        rf"{CALLED_AFTER}\s(?:{_CAPITAL}(?:\s|$)){{1,3}}",
        rf"{NAMED}(?:{_CAPITAL}(?:\s|$)){{1,3}}",
        rf"{CALLED_AFTER_EASTERN}\s(?:(?:ابن|بن|ابو|ام)\s)?[^\W\d_]+(?:\s(?:ابن|بن|بنت)\s[^\W\d_]+)?",
    )
)
_SAINTS = re.compile(rf"{SAINT}[^\W\d_]+(?:\s{_CAPITAL})?", re.IGNORECASE)


def known_in_place(reading: Reading, names: Names) -> Names:
    """``names``, and what in this text is an institution's name; a frequent given name only where it is called after somebody."""
    institutions = list(_institutions_in(reading.text))
    parts = [reading.text[first:last] for first, last in institutions]
    words = {word for part in parts for word in WORD.findall(part.casefold())}
    phrases = {phrase.strip().casefold() for phrase in (*_called(parts), *_saints(reading.text))}
    longest_first = sorted({*names.phrases, *phrases}, key=lambda one: (-len(one), one))
    return Names(words=names.words | words, phrases=tuple(longest_first))


def street_may_stand(reading: Reading) -> int | None:
    """From where on a street is an institution's; None where no institution is named."""
    return next((first for first, _ in _institutions_in(reading.text)), None)


def street_ends(text: str, at: int) -> int:
    """Where the name of a street ends that was seen to ``at``: at a comma, a number, or a word that leads to a person."""
    ends = (match.start() for pattern in (_STREET_ENDS, _LEADS_TO) if (match := pattern.search(text, at)) is not None)
    return min(ends, default=len(text))


def _institutions_in(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text in which an institution is named."""
    for first, last in _parts(text):
        if _INSTITUTION.search(text, first, last):
            yield first, last


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """What stands between commas, and before and behind a word that leads to a person."""
    cuts = {match.end() for match in _ENDS.finditer(text)}
    cuts |= {match.end() for match in _LEADS_TO.finditer(text) if not text[match.end() : match.end() + 1].islower()}
    first = 0
    for last in sorted({*cuts, len(text)}):
        yield first, last
        first = last


def _called(parts: Iterable[str]) -> Iterator[str]:
    """What in these parts stands in quotation marks, or beside a word for a house that is called after somebody; and such words."""
    for part in parts:
        yield from (match[1] for match in _QUOTED.finditer(part))
        for pattern in (_INSTITUTION, *_CALLED):
            yield from (match[0] for match in pattern.finditer(part))


def _saints(text: str) -> Iterator[str]:
    yield from (match[0] for match in _SAINTS.finditer(text))
