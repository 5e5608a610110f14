"""Text as the checks read it: one form for each letter and digit, nothing invisible, and the way back to what was typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
"""What the checks can read; anything else is refused."""

_INVISIBLE = {"Cf", "Mn", "Me", "Cc"}
_ALIKE = {
    "ی": "ي", "ى": "ى", "ک": "ك", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ـ": "",
    "ё": "е", "Ё": "Е", "№": "#", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "đ": "d", "ß": "ss", "،": ",", "؛": ";", "؟": "?", "۔": ".", "٫": ".",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?…;\n«„“\"][\s«„“\"]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text as the checks see it; ``at`` tells for each of its characters where that stood in what was typed."""

    text: str
    at: tuple[int, ...]
    typed: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in what was typed that part of the text stood."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (0, len(self.typed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a reading; ``key`` is how lists know it, ``starts`` whether a sentence begins with it."""

    key: str
    start: int
    end: int
    capital: bool
    shouted: bool
    starts: bool


def read(typed: str) -> Reading:
    """The text in one form."""
    pairs = [(char, index) for index, letter in enumerate(typed) for char in _form(letter)]
    return Reading(text="".join(char for char, _ in pairs), at=tuple(index for _, index in pairs), typed=typed)


def formed(words: str) -> str:
    """Words, or a pattern, in the one form of each letter."""
    return read(words).text


def fold(words: str) -> str:
    """Words as the lists hold them."""
    return formed(words).casefold()


def _form(letter: str) -> Iterator[str]:
    for char in _ALIKE.get(letter, unicodedata.normalize("NFKC", letter)):
        if char == "\n" or unicodedata.category(char) not in _INVISIBLE:
            yield from _plain(char)


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace():
        return "\n" if char == "\n" else " "
    bare = _ALIKE.get(char, char)
    return unicodedata.normalize("NFD", bare)[:1] if "LATIN" in unicodedata.name(char, "") else bare


def words_of(reading: Reading) -> tuple[Word, ...]:
    """The words in their order."""
    return tuple(_word(reading.text, match) for match in WORD.finditer(reading.text))


def _word(text: str, match: re.Match[str]) -> Word:
    found, before = match[0], text[: match.start()]
    return Word(
        key=found.casefold(), start=match.start(), end=match.end(), capital=found[:1].isupper(),
        shouted=len(found) > 1 and found.isupper(), starts=not before.strip() or bool(_SENTENCE_ENDS.search(before)),
    )  # fmt: skip


def script_of(char: str) -> str:
    """LATIN, CYRILLIC, ARABIC, or something else."""
    return unicodedata.name(char, "UNKNOWN").split(" ", 1)[0]
