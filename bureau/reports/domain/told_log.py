"""A month's log as it is told to those who may not know the small numbers of others: as a log of its own, in fives.

Every table for insiders is made of it, so that all of them add up and agree with each other, whatever is asked for and
how often. In it each kind of entry counts a multiple of five, the one just below or above the true number, and the kinds
that are raised are chosen so that sums come close to the true ones.

What is told is itself a possible log that would be told exactly so (a log in which every kind counts a multiple of five
stays as it is), and in that log no number is 1 to 4. So whoever adds and subtracts can never exclude that it is the true
one, and so never conclude that a number is one of these.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from .cells import AXIS, Coordinates
from .plan import FACTS
from .tabulating import Record, settled

BASE = 5
PASSES = 2
ALONE, TOGETHER = 3, 1
"""How much the sums of one dimension matter, beside those of two."""
_PAIRS = (
    *combinations(("ORGANISATION", "NEED", "LANGUAGE", "STATUS"), 2),
    ("ORGANISATION", "SERVICE"),
    ("SERVICE", "LANGUAGE"),
)
_SINGLE = tuple(name for name in AXIS if name not in ("TIME_PERIOD", "MEASURE"))

Group = tuple[tuple[str, str], ...]
"""Entries that agree in one code or two, by dimension."""


def told_in_fives(records: Iterable[Record], needs: Mapping[str, str], secret: bytes) -> list[Record]:
    """A month's records as they are told; ``needs`` maps a service to its need. Facts, which count nobody, stay exact."""
    kinds: defaultdict[str, Counter[Coordinates]] = defaultdict(Counter)
    for one in settled(records):
        kinds[one.at.measure][one.at] += one.number
    found = []
    for measure, counted in sorted(kinds.items()):
        told = counted if measure in FACTS else _Telling(counted, needs, secret).told()
        found += [Record(at, number) for at, number in sorted(told.items()) if number]
    return found


class _Telling:
    """One measure of a month: which kinds are raised to the next five. Kinds and groups go by number, for speed."""

    def __init__(self, counted: Mapping[Coordinates, int], needs: Mapping[str, str], secret: bytes) -> None:
        self.counted = counted
        keys = {at: hmac.digest(secret, "\x1f".join(at).encode(), "sha256") for at, n in counted.items() if n % BASE}
        self.kinds = sorted(keys, key=keys.__getitem__)
        """Those that are no multiple of five, in the order of their keys, by which the first of equals is taken."""
        names: dict[Group, int] = {}
        self.groups = [[names.setdefault(one, len(names)) for one in _groups(at, needs)] for at in self.kinds]
        self.weights = [_weight(one) for one in names]
        self.within: list[list[int]] = [[] for _ in names]
        short = [0] * len(names)
        for kind, groups in enumerate(self.groups):
            for group in groups:
                self.within[group].append(kind)
                short[group] += counted[self.kinds[kind]] % BASE
        gains = [self.weights[one] * (2 * short[one] - BASE) for one in range(len(names))]
        self.gain = [sum(gains[one] for one in groups) for groups in self.groups]
        """How much closer the sums come, those of each group squared, when a kind is raised."""
        self.raised: set[int] = set()

    def told(self) -> dict[Coordinates, int]:
        """Each kind as its multiple of five."""
        rest = sum(self.counted[at] % BASE for at in self.kinds)
        for _ in range((rest + BASE // 2) // BASE):
            self._raise(self._best())
        for _ in range(PASSES):
            if not self._improved():
                break
        raised = {self.kinds[one] for one in self.raised}
        return {at: number // BASE * BASE + BASE * (at in raised) for at, number in self.counted.items()}

    def _best(self) -> int:
        """The kind whose raising brings the sums closest."""
        return max((one for one in range(len(self.kinds)) if one not in self.raised), key=self.gain.__getitem__)

    def _improved(self) -> bool:
        """Let each that is raised stand back for a better one; whether any did."""
        changed = False
        for one in sorted(self.raised):
            self._lower(one)
            best = self._best()
            better = best if self.gain[best] > self.gain[one] else one
            self._raise(better)
            changed |= better != one
        return changed

    def _raise(self, kind: int) -> None:
        self.raised.add(kind)
        self._shift(kind, -BASE)

    def _lower(self, kind: int) -> None:
        self.raised.discard(kind)
        self._shift(kind, BASE)

    def _shift(self, kind: int, by: int) -> None:
        gain = self.gain
        for group in self.groups[kind]:
            more = 2 * by * self.weights[group]
            for other in self.within[group]:
                gain[other] += more


def _weight(group: Group) -> int:
    return ALONE if len(group) == 1 else TOGETHER


def _groups(at: Coordinates, needs: Mapping[str, str]) -> Iterator[Group]:
    """All sums that a kind of entry is part of, and that are to come close."""
    codes = {name: at[AXIS[name]] for name in _SINGLE} | {"NEED": needs.get(at.service, "")}
    for single in codes.items():
        yield (single,)
    for pair in _PAIRS:
        yield tuple((name, codes[name]) for name in pair)
