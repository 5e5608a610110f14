"""What a page that stays open knows of the board, so that it is told only what has changed since."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
NUMBER = frozenset(LETTERS)

States = Mapping[int, str]
"""What each slot looks like, by its number: who is in it, in which version, whether it is closed or has begun, in short."""


@lru_cache(maxsize=20_000)
def mark(state: str) -> str:
    """A few letters that differ when the slot looks different."""
    return _digest(state, size=3)


def mark_of(states: States) -> str:
    """A few letters that differ when any slot of the month does."""
    return _digest(repr(sorted(states.items())), size=9)


def unlike(states: States, seen: Mapping[int, str]) -> set[int]:
    """The slots that look different than on a page that shows ``seen``, or that it does not show."""
    return {slot for slot, state in states.items() if seen.get(slot) != mark(state)}


def written(states: States, slots: Iterable[int]) -> str:
    """What a page shows: the mark of each of these slots, short enough for an address.

    A slot's number is written only where it is not the one after the slot before: ``3f-a1B2.-d4E5``.
    """
    parts, before = [], None
    for slot in sorted(slots):
        number = "" if before is not None and slot == before + 1 else _base36(slot)
        parts.append(f"{number}-{mark(states[slot])}")
        before = slot
    return ".".join(parts)


def read(text: str) -> dict[int, str]:
    """The marks by slot, as ``written``; nothing where an address was tampered with."""
    found: dict[int, str] = {}
    slot = 0
    for part in text.split("."):
        number, dash, shown = part.partition("-")
        if not number and dash:
            slot += 1
        elif dash and len(number) <= 12 and NUMBER.issuperset(number):
            slot = int(number, 36)
        else:
            return {}
        found[slot] = shown
    return found


def _base36(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = LETTERS[rest] + letters
    return letters or "0"


def _digest(text: str, *, size: int) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=size).digest()).decode()
