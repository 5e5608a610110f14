"""A published month's log as it is told to those who may not know the small numbers of others: a log of its own, in fives.

Every table for insiders is made of it, so that all of them add up and agree with each other and with the public report,
whatever is asked for and how often. It is put together of fives, so that each number which the report shows is the one
that it shows; within that, codes meet each other as often as they did in truth, as nearly as may be.

What is told is itself a possible log: the report would show the same of it (a multiple of five stays when it is rounded), it
would be told exactly so, and no number of it is 1 to 4. So whoever adds and subtracts, own tables and reports together,
can never exclude that it is the true one, and so never conclude that a number is one of these.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from .cells import AXIS, Coordinates
from .plan import FACTS, ShownTable
from .release import Release
from .tabulating import Record, settled

BASE = 5
_NAMES = tuple(name for name in AXIS if name not in ("TIME_PERIOD", "MEASURE"))

Split = tuple[str, ...]
"""The dimensions that a table tells apart."""
Codes = tuple[str, ...]
Mark = tuple[str, str]
"""A dimension and one of its codes; NEED is one more dimension, which follows from the service, as it was published."""


def told_in_fives(records: Iterable[Record], release: Release, secret: bytes) -> list[Record]:
    """The records of a rounded release's month as they are told. Facts, which count nobody, stay exact."""
    kinds: defaultdict[str, Counter[Coordinates]] = defaultdict(Counter)
    for one in settled(records):
        kinds[one.at.measure][one.at] += one.number
    found = []
    for measure, counted in sorted(kinds.items()):
        told = counted if measure in FACTS else _Telling(measure, counted, release, secret).told()
        found += [Record(at, number) for at, number in sorted(told.items()) if number]
    return found


class _Telling:
    """One measure of a month. ``left``: how many fives of each place of each table are not told yet."""

    def __init__(self, measure: str, counted: Counter[Coordinates], release: Release, secret: bytes) -> None:
        self.counted, self.secret = counted, secret
        self.needs = release.dimensions["SERVICE"].parents
        self.left = {
            table.dimensions: self._shuffled(_fives(release, table))
            for table in release.tables
            if table.measure == measure and table.period == release.id
        }
        own = next(iter(self.left.values()), None)
        self.number = (counted.total() + BASE // 2) // BASE if own is None else own.total()
        public = {name for split in self.left for name in split}
        self.left |= {(name,): self._nearest(name) for name in _NAMES if name not in public}
        self.lack: Counter[tuple[Mark, Mark]] = Counter()
        """How many more meet in truth than are told to meet, of each two codes."""
        for at, number in counted.items():
            self._meet(self._marks(_codes(at)), -number)

    def told(self) -> Counter[Coordinates]:
        """Each kind as its multiple of five: whole fives of one kind first, then fives that are put together."""
        found: Counter[Coordinates] = Counter()
        for at in sorted(self.counted, key=self._key):
            codes = _codes(at)
            whole = min(self.counted[at] // BASE, *(left[_of(codes, split)] for split, left in self.left.items()))
            for split, left in self.left.items():
                left[_of(codes, split)] -= whole
            self._meet(self._marks(codes), whole * BASE)
            found[at] += whole * BASE
        month, measure = next(iter(self.counted))[:2]
        for five in self._put_together(self.number - found.total() // BASE):
            found[Coordinates(month, measure, *_of(five, _NAMES))] += BASE
        return found

    def _put_together(self, number: int) -> list[dict[str, str]]:
        """So many fives, each by the codes that it has; table after table says what else there is beside them."""
        fives: list[dict[str, str]] = [{} for _ in range(number)]
        known: set[str] = set()
        for split in _in_order(self.left):
            had, new = (tuple(one for one in split if (one in known) is side) for side in (True, False))
            free: defaultdict[Codes, Counter[Codes]] = defaultdict(Counter)
            for place, many in self.left[split].items():
                codes = dict(zip(split, place, strict=True))
                free[_of(codes, had)][_of(codes, new)] += many
            for five in fives:
                self._add(five, new, free[_of(five, had)])
            known.update(split)
        return fives

    def _add(self, five: dict[str, str], new: Split, free: Counter[Codes]) -> None:
        """Of what is free, that which lacks most beside what the five has."""
        had = self._marks(five)
        coming = {
            codes: [_pair(one, other) for one in had for other in self._marks(dict(zip(new, codes, strict=True)))]
            for codes, many in free.items()
            if many
        }
        best = max(coming, key=lambda codes: sum(self.lack[pair] for pair in coming[codes]))
        for pair in coming[best]:
            self.lack[pair] -= BASE
        free[best] -= 1
        five.update(zip(new, best, strict=True))

    def _nearest(self, name: str) -> Counter[Codes]:
        """The fives of a dimension that no public table has: as in truth, those raised that are nearest to the next."""
        true: Counter[Codes] = Counter()
        for at, number in self.counted.items():
            true[at[AXIS[name]],] += number
        found = self._shuffled(Counter({codes: number // BASE for codes, number in true.items()}))
        nearest = sorted(found, key=lambda codes: -(true[codes] % BASE))
        for place in range(self.number - found.total()):
            found[nearest[place % len(nearest)]] += 1
        return found

    def _marks(self, codes: Mapping[str, str]) -> list[Mark]:
        marks = list(codes.items())
        return [*marks, ("NEED", self.needs.get(codes["SERVICE"]) or "")] if "SERVICE" in codes else marks

    def _meet(self, marks: list[Mark], number: int) -> None:
        for one, other in combinations(marks, 2):
            self.lack[_pair(one, other)] -= number

    def _shuffled(self, fives: Counter[Codes]) -> Counter[Codes]:
        """The same in the order of their keys, by which the first of equals is taken."""
        return Counter({codes: fives[codes] for codes in sorted(fives, key=self._key)})

    def _key(self, codes: Codes) -> bytes:
        return hmac.digest(self.secret, "\x1f".join(codes).encode(), "sha256")


def _fives(release: Release, table: ShownTable) -> Counter[Codes]:
    """How many fives are shown at each place of a table."""
    leaves = [set(table.leaves(release.dimensions[name])) for name in table.dimensions]
    axes = [AXIS[name] for name in table.dimensions]
    found: Counter[Codes] = Counter()
    for at in release.coordinates(table):
        value = release.cells[at].value
        if value and all(at[axis] in of for axis, of in zip(axes, leaves, strict=True)):
            found[tuple(at[axis] for axis in axes)] = value // BASE
    return found


def _in_order(splits: Iterable[Split]) -> Iterator[Split]:
    """Those with two dimensions first, each after one that shares a dimension with it, where there is one."""
    rest, known = sorted(splits, key=lambda split: -len(split)), set[str]()
    while rest:
        split = next((one for one in rest if known & set(one)), rest[0])
        rest.remove(split)
        known.update(split)
        yield split


def _codes(at: Coordinates) -> dict[str, str]:
    return dict(zip(_NAMES, at[2:], strict=True))


def _of(codes: Mapping[str, str], split: Split) -> Codes:
    return tuple(codes[name] for name in split)


def _pair(one: Mark, other: Mark) -> tuple[Mark, Mark]:
    return (one, other) if one < other else (other, one)
