"""Pieces of pages and feeds that many of them share, remembered from one publication to the next.

One changed session brings many files with it, and each names hundreds of sessions that are what they were. A piece is known
by all that it is made from, so nobody need ever forget one. There is room for the pieces of a few bureaux; those of the
one that nobody has asked for longest are packed, which is a twentieth of the room and a tenth of the work of making them.
"""

import pickle
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

Piece = TypeVar("Piece")

MOST = 50_000
"""A large bureau’s sessions of a month in seven languages, as they stand on pages, in feeds and on sheets: about 60 MB."""
PACKED = 64 * 2**20
"""Bytes of what is packed: the pieces of a network of fifty such bureaux."""


class Pieces(Generic[Piece]):
    """So many pieces at most, and so many bytes of packed ones."""

    def __init__(self, most: int = MOST, packed: int = PACKED) -> None:
        """Remember nothing yet."""
        self._most, self._most_packed = most, packed
        self._alone = threading.Lock()
        self._known: OrderedDict[str, OrderedDict[Hashable, Piece]] = OrderedDict()
        self._number = 0
        self._packed: OrderedDict[str, bytes] = OrderedDict()

    def get(self, whose: str, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """The piece of that key among those of somebody, made if it is not known; keys are plain data."""
        with self._alone:
            known = self._of(whose)
            if key in known:
                known.move_to_end(key)
                return known[key]
        piece = make()
        with self._alone:
            known = self._of(whose)
            self._number += key not in known
            known[key] = piece
            self._make_room()
        return piece

    def forget(self) -> None:
        """Remember nothing any more."""
        with self._alone:
            self._known.clear()
            self._packed.clear()
            self._number = 0

    def _of(self, whose: str) -> OrderedDict[Hashable, Piece]:
        if whose in self._known:
            self._known.move_to_end(whose)
        else:
            known: OrderedDict[Hashable, Piece] = _unpacked(self._packed.pop(whose, b""))
            self._known[whose] = known
            self._number += len(known)
            self._make_room()
        return self._known[whose]

    def _make_room(self) -> None:
        while self._number > self._most and len(self._known) > 1:
            whose, pieces = self._known.popitem(last=False)
            self._number -= len(pieces)
            self._packed[whose] = zlib.compress(pickle.dumps(pieces), level=1)
        while self._number > self._most:
            next(reversed(self._known.values())).popitem(last=False)
            self._number -= 1
        while sum(map(len, self._packed.values())) > self._most_packed:
            self._packed.popitem(last=False)


def _unpacked(packed: bytes) -> OrderedDict[Hashable, Piece]:
    if not packed:
        return OrderedDict()
    return cast("OrderedDict[Hashable, Piece]", pickle.loads(zlib.decompress(packed)))  # noqa: S301  (packed by ourselves, in this process)
