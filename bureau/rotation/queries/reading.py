"""Programmes as they are read from the database: since none ever changes, one that was read before is known by its text."""

import hashlib
import json
import threading
from collections import OrderedDict

from bureau.rotation.domain.programme import ProgrammeDocument, from_json

MOST = 25_000
"""Sessions of all programmes that are remembered: the year of a bureau ten times over, or this month of a network; about 25 MB."""


class Read:
    """Programmes that were read, as long as there is room for them."""

    def __init__(self, most: int = MOST) -> None:
        """Nothing was read yet."""
        self._most = most
        self._alone = threading.Lock()
        self._known: OrderedDict[bytes, ProgrammeDocument] = OrderedDict()
        self._held = 0

    def document(self, text: str) -> ProgrammeDocument:
        """The programme of that text, the same one at each time."""
        mark = hashlib.blake2b(text.encode(), digest_size=16).digest()
        with self._alone:
            if mark in self._known:
                self._known.move_to_end(mark)
                return self._known[mark]
        document = from_json(json.loads(text))
        with self._alone:
            return self._kept(mark, document)

    def _kept(self, mark: bytes, document: ProgrammeDocument) -> ProgrammeDocument:
        if mark in self._known:  # another thread was quicker
            return self._known[mark]
        self._known[mark] = document
        self._held += len(document.sessions)
        while self._held > self._most and len(self._known) > 1:
            _, oldest = self._known.popitem(last=False)
            self._held -= len(oldest.sessions)
        return document


read = Read()
"""Those of this process."""
