"""Numbers that are written out in letters, in seven languages: where they stand in a text, and what they are.

Two and more are read, in all their forms, below a million. "One" is an article in most of the languages and is left alone,
as are ordinals (they count nobody) and words for no certain number: "both", "a pair", "hundreds of".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .number_vocabulary import VOCABULARIES, Vocabulary

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ALIKE = str.maketrans("أإآٱىيكё’ʼ", "ااااییکе''")


@dataclass(frozen=True, slots=True)
class Written:
    """A number in letters, and where it stands."""

    start: int
    end: int
    value: int


def written_numbers(text: str, language: str, months: Sequence[str] = ()) -> Iterator[Written]:
    """The numbers in letters of a text, but for days beside the name of a month, in a language that we can read."""
    if language not in VOCABULARIES:
        return
    kept = [place for place, letter in enumerate(text) if not _MARKS.match(letter)]
    plain = _plain(text)
    for found in _pattern(language, tuple(months)).finditer(plain):
        if not (found["ahead"] or found["then"]):
            start, end = found.span("number")
            yield Written(kept[start], kept[end - 1] + 1, _value(found["number"], language))


def _plain(text: str) -> str:
    """The text without what people leave out or write in two ways; each letter stays one."""
    return "".join(_alike(letter) for letter in _MARKS.sub("", text))


def _alike(letter: str) -> str:
    small = letter.translate(_ALIKE).lower()
    return small.translate(_ALIKE) if len(small) == 1 else letter


@cache
def _pattern(language: str, months: tuple[str, ...]) -> re.Pattern[str]:
    """A number, and what makes something else of it: the twenty-third, a day of a month, a day of the week."""
    of = VOCABULARIES[language]
    ordinal = rf"(?:{_plain(of.ordinal)})(?!\w)"
    named = _either(map(_plain, months))
    first = [rf"{ordinal}\s+(?:و\s*(?:ال)?)?"] if language == "ar" else []
    ahead = "|".join([rf"{named}\s+", *first])
    then = [
        rf"(?:{of.small}|{of.big}){ordinal}",
        of.not_before,
        rf"\s+(?:(?:{of.of})\s*)?{named}",
        r"\.?\s+\d{4}(?!\d)",
    ]
    return re.compile(
        rf"(?<!\w)(?P<ahead>{ahead})?{of.before}(?P<number>{_number(of, language)})(?P<then>{'|'.join(then)})?"
    )


def _number(of: Vocabulary, language: str) -> str:
    """All numbers from two on; as much of it as there is, and never a part of that."""
    units, ones = _between(of, 2, 9), _either([*_words(of, 1, 9), *_weak(of)])
    teens, tens, hundred = _between(of, 10, 19), _between(of, 20, 90), _between(of, 100, 900)
    lone, many = _between(of, 1000, 2000), _either(_plain(of.many).split())
    if language == "fr":
        teens = rf"(?:{_either(['dix'])}[\s\-‑]+{_either(['sept', 'huit', 'neuf'])}|{teens})"
    after = rf"(?:{teens}|{ones})" if language == "fr" else ones  # quatre-vingt-douze
    small = rf"{tens}(?:{of.small}{after})?|{teens}"
    if language == "ar":  # five and twenty
        small = rf"{ones}\s+{teens}|{ones}{of.small}{tens}|{small}"
    if of.hundreds:
        hundred = rf"(?:(?:{ones}[\s\-‑\u200c]+)?{_between(of, 100, 100)}|{hundred})"
    below = rf"(?:{hundred}(?:{of.big}(?:{small}|{ones}))?|{small}|%s)"
    some, any_of = below % units, below % ones
    rest = rf"(?:{of.big}{any_of})?"
    return rf"(?>{any_of}[\s\-‑\u200c]+(?:{lone}|{many}){rest}|{lone}{rest}|{some})"


def _words(of: Vocabulary, low: int, high: int) -> list[str]:
    return [word for value, words in of.forms.items() if low <= value <= high for word in _plain(words).split()]


def _weak(of: Vocabulary) -> list[str]:
    return [word for words in of.weak.values() for word in _plain(words).split()]


def _between(of: Vocabulary, low: int, high: int) -> str:
    return _either(_words(of, low, high))


def _either(words: Iterable[str]) -> str:
    """Any of these as a whole word; what is written with a hyphen may be written without."""
    escaped = (re.escape(one).replace(r"\-", r"[\s\-‑]") for one in sorted(words, key=len, reverse=True))
    found = "|".join(escaped)
    return rf"(?:{found})(?!\w)" if found else r"(?!)"


def _value(words: str, language: str) -> int:
    """What the words of a number add up to."""
    whole = part = 0
    for found in _part(language).finditer(words):
        value = _values(language)[re.sub(r"[\s‑]", "-", found[0])]
        if value == 1000:
            whole, part = whole + 1000 * (part or 1), 0
        elif value == 100 and part < 10:
            part = 100 * (part or 1)
        else:
            part += value
    return whole + part


@cache
def _part(language: str) -> re.Pattern[str]:
    return re.compile(_either(_values(language)))


@cache
def _values(language: str) -> Mapping[str, int]:
    of = VOCABULARIES[language]
    pairs = [*of.forms.items(), *of.weak.items(), (1000, of.many)]
    return {word: value for value, words in pairs for word in _plain(words).split()}
