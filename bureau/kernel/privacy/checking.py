"""The check of a short free text: what in it may tell who somebody is."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from .addresses import addresses_in, homes_in, streets_in
from .contacts import contacts_in
from .dates import births_in
from .findings import DISGUISED, NAME, NO_NAMES, SCRIPT, UNREADABLE, Finding, Names, Seen, merged
from .names import listed_names_in, names_in
from .numbers import numbers_in
from .places import known_in_place, street_ends, street_may_stand
from .reading import SCRIPTS, WORD, Reading, read, script_of

_LETTERS = re.compile(r"[^\W\d_]")
_FLAGS = re.compile(r"[\U0001f1e6-\U0001f1ff]{3,}")


def found_in(text: str, *, today: date, names: Names = NO_NAMES) -> tuple[Finding, ...]:
    """Everything in ``text`` that may tell who somebody is. A check that fails has found something: it never lets pass."""
    return _found(_seen, text, today, names)


def found_in_place(text: str, *, today: date, names: Names = NO_NAMES) -> tuple[Finding, ...]:
    """The same of a place where somebody is sent: an institution may be called after a person, and its street may stand behind it."""
    return _found(_seen_in_place, text, today, names)


def _found(
    see: Callable[[Reading, date, Names], Iterator[Seen]], text: str, today: date, names: Names
) -> tuple[Finding, ...]:
    try:
        reading = read(text)
        seen = list(see(reading, today, names))
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


def _seen_in_place(reading: Reading, today: date, names: Names) -> Iterator[Seen]:
    text, streets = reading.text, street_may_stand(reading)
    yield from _letters(reading)
    yield from contacts_in(text)
    yield from numbers_in(text, today)
    yield from births_in(text, today)
    yield from homes_in(text)
    of_its_own = []
    for kind, first, last in streets_in(text):
        if streets is not None and first >= streets:
            of_its_own.append((first, street_ends(text, last)))
        else:
            yield kind, first, last
    for kind, first, last in names_in(reading, known_in_place(reading, names)):
        if kind != NAME or not any(start <= first and last <= end for start, end in of_its_own):
            yield kind, first, last


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
