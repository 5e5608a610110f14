"""What a page that stays open knows of the board, so that it is told only what has changed since.

Most slots of a month are plain: nobody is in them, nobody closed them, they are yet to come. Only of the others anything
is kept, read, and sent to and fro.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, groupby

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
NUMBER = frozenset(LETTERS)
MOST = 20_000
"""So many slots no page shows; an address that says so was tampered with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How many slots a month has, and how each looks that is not plain: who is in it, in which version, whether it is
    closed or has begun, in short.
    """

    number: int
    special: Mapping[int, str]


def look(session: int | None, version: int | None, *, closed: bool, begun: bool) -> str:
    """What one slot looks like: another text where it looks different, an empty one where it is plain."""
    taken = "" if session is None else f"{session}.{version}"
    return f"{taken}{'closed' if closed else ''}{'past' if begun else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The slots of a page, as runs of their numbers, and the mark of each that was not plain when it was drawn."""

    runs: tuple[range, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)

    @property
    def slots(self) -> frozenset[int]:
        """Their numbers."""
        return frozenset(chain(*self.runs))

    def drawn(self, looks: Looks) -> "Shown":
        """The same slots as they look now."""
        here = self.slots
        return replace(self, marks={slot: mark(one) for slot, one in looks.special.items() if slot in here})


def showing(slots: Iterable[int], looks: Looks) -> Shown:
    """A page of these slots."""
    in_order = enumerate(sorted(slots))
    runs = (tuple(slot for _, slot in run) for _, run in groupby(in_order, key=lambda one: one[1] - one[0]))
    return Shown(runs=tuple(range(run[0], run[-1] + 1) for run in runs)).drawn(looks)


@lru_cache(maxsize=20_000)
def mark(state: str) -> str:
    """A few letters that differ when the slot looks different."""
    return _digest(state, size=3)


def mark_of(looks: Looks) -> str:
    """A few letters that differ when any slot of the month does."""
    return _digest(f"{looks.number} {sorted(looks.special.items())}", size=9)


def unlike(looks: Looks, shown: Shown) -> set[int]:
    """The slots that look different than on the page, and of those that it does not show all that are not plain."""
    marked = shown.marks
    new = {slot for slot, one in looks.special.items() if marked.get(slot) != mark(one)}
    return new | (marked.keys() - looks.special.keys())


def written(shown: Shown) -> str:
    """What a page shows, short enough for an address: ``3f~2s.7a~4!3h-a1B2.-d4E5``.

    First the runs, by the first number and how many follow one another; then the marks. A slot's number is written only
    where it is not the one after the slot before.
    """
    runs = ".".join(f"{_base36(run.start)}~{_base36(len(run))}" for run in shown.runs)
    return f"{runs}!{'.'.join(_marks(shown.marks))}"


def _marks(marks: Mapping[int, str]) -> Iterator[str]:
    before = None
    for slot in sorted(marks):
        number = "" if before is not None and slot == before + 1 else _base36(slot)
        yield f"{number}-{marks[slot]}"
        before = slot


def read(text: str) -> Shown:
    """What was ``written``; a page without slots where an address was tampered with."""
    runs, _, marks = text.partition("!")
    try:
        return Shown(runs=_runs_in(runs), marks=_marks_in(marks))
    except ValueError:
        return Shown()


def _runs_in(text: str) -> tuple[range, ...]:
    pairs = [part.split("~") for part in text.split(".")] if text else []
    runs = tuple(range(first, first + many) for first, many in (map(_number, pair) for pair in pairs))
    if sum(map(len, runs)) > MOST:
        raise ValueError(text)
    return runs


def _marks_in(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    slot = 0
    for part in text.split(".") if text else ():
        number, shown = part.split("-", 1)
        slot = _number(number) if number else slot + 1
        found[slot] = shown
    return found


def _number(text: str) -> int:
    if not text or len(text) > 12 or not NUMBER.issuperset(text):
        raise ValueError(text)
    return int(text, 36)


def _base36(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = LETTERS[rest] + letters
    return letters or "0"


def _digest(text: str, *, size: int) -> str:
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=size).digest()).decode()
