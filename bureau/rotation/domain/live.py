"""What a page that stays open knows of the board, so that it is told only what has changed since."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotState:
    """What a slot looks like: who is in it, in which version, whether it is closed or has begun."""

    slot_id: int
    session_id: int | None
    version: int | None
    closed: bool
    past: bool

    @property
    def mark(self) -> str:
        """A few letters that differ when the slot looks different."""
        return _mark(self.session_id, self.version, self.closed, self.past)


@lru_cache(maxsize=20_000)
def _mark(session_id: int | None, version: int | None, closed: bool, past: bool) -> str:
    return _digest(f"{session_id}.{version}.{closed:d}.{past:d}", size=3)


def mark_of(states: Iterable[SlotState]) -> str:
    """A few letters that differ when any slot of the month does."""
    return _digest(" ".join(f"{one.slot_id}{one.mark}" for one in sorted(states, key=_number)), size=9)


def _number(state: SlotState) -> int:
    return state.slot_id


def written(states: Mapping[int, SlotState], slots: Iterable[int]) -> str:
    """What a page shows: the mark of each of these slots, short enough for an address.

    A slot's number is written only where it is not the one after the slot before: ``3f-a1B2.-d4E5``.
    """
    parts, before = [], None
    for slot in sorted(slots):
        number = "" if before is not None and slot == before + 1 else _base36(slot)
        parts.append(f"{number}-{states[slot].mark}")
        before = slot
    return ".".join(parts)


def read(text: str) -> dict[int, str]:
    """The marks by slot, as ``written``; nothing where an address was tampered with."""
    found: dict[int, str] = {}
    slot = 0
    for part in text.split("."):
        number, dash, mark = part.partition("-")
        if not dash or len(number) > 12 or not set(number) <= set(LETTERS):
            return {}
        slot = int(number, 36) if number else slot + 1
        found[slot] = mark
    return found


def _base36(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = LETTERS[rest] + letters
    return letters or "0"


def _digest(text: str, *, size: int) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=size).digest()).decode()
