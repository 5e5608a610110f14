"""The check of a short free text: what in it may tell who somebody is."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from .addresses import addresses_in
from .contacts import contacts_in
from .dates import births_in
from .findings import DISGUISED, NO_NAMES, SCRIPT, UNREADABLE, Finding, Names, Seen, merged
from .names import listed_names_in, names_in
from .numbers import numbers_in
from .reading import SCRIPTS, WORD, Reading, read, script_of

_LETTERS = re.compile(r"[^\W\d_]")
_FLAGS = re.compile(r"[\U0001f1e6-\U0001f1ff]{3,}")


def found_in(text: str, *, today: date, names: Names = NO_NAMES) -> tuple[Finding, ...]:
    """Everything in ``text`` that may tell who somebody is. A check that fails has found something: it never lets pass."""
    try:
        reading = read(text)
        seen = list(_seen(reading, today, names))
        return tuple(merged(_finding(reading, one) for one in seen))
    except Exception:  # whatever it was: what could not be checked is refused, and said so
        return (Finding(kind=UNREADABLE, start=0, end=len(text)),)


@lru_cache(maxsize=4096)
def words_of_nobody(text: str) -> str | None:
    """Of which kind the words are that tell who somebody is, in a text that is no sentence: capitals say nothing there.

    None where there are none. It looks for no numbers, and fails closed as ``found_in`` does.
    """
    try:
        reading = read(text)
        found = (*_letters(reading), *contacts_in(reading.text), *addresses_in(reading.text), *listed_names_in(reading))
        return found[0][0] if found else None
    except Exception:  # whatever it was
        return UNREADABLE


def _finding(reading: Reading, seen: Seen) -> Finding:
    kind, first, last = seen
    start, end = reading.span(first, last)
    return Finding(kind=kind, start=start, end=end)


def _seen(reading: Reading, today: date, names: Names) -> Iterator[Seen]:
    yield from _letters(reading)
    yield from contacts_in(reading.text)
    yield from numbers_in(reading.text, today)
    yield from births_in(reading.text, today)
    yield from addresses_in(reading.text)
    yield from names_in(reading, names)


def _letters(reading: Reading) -> Iterator[Seen]:
    """Letters that cannot be read here, and words of two scripts, as nobody writes them who has nothing to hide."""
    for match in WORD.finditer(reading.text):
        scripts = {script_of(char) for char in match[0] if _LETTERS.match(char)}
        if scripts - set(SCRIPTS):
            yield SCRIPT, match.start(), match.end()
        elif len(scripts) > 1:
            yield DISGUISED, match.start(), match.end()
    for match in _FLAGS.finditer(reading.text):
        yield DISGUISED, match.start(), match.end()
