"""Pieces of pages and feeds that many of them share, remembered from one publication to the next.

One changed session brings many files with it, and each names hundreds of sessions that are what they were. A piece is known
by all that it is made from, so nobody need ever forget one; those that nobody has asked for longest make room.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Piece = TypeVar("Piece")

MOST = 50_000
"""A large bureau’s sessions of a month in seven languages, as they stand on pages, in feeds and on sheets: about 60 MB."""


class Pieces(Generic[Piece]):
    """So many pieces at most."""

    def __init__(self, most: int = MOST) -> None:
        """Remember nothing yet."""
        self._most = most
        self._alone = threading.Lock()
        self._known: OrderedDict[Hashable, Piece] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """The piece of that key, made if it is not known."""
        with self._alone:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        piece = make()
        with self._alone:
            self._known[key] = piece
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return piece

    def forget(self) -> None:
        """Remember nothing any more."""
        with self._alone:
            self._known.clear()
