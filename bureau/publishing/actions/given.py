"""Programmes that somebody holds in hand, where those in the database are not meant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bureau.calendars.domain.marks import mark_of
from bureau.reports.domain.public import PublicReport
from bureau.rotation.domain.programme import ProgrammeDocument


class Programmes(Protocol):
    """What the site is made from, read only as far as it is asked for."""

    def marks(self) -> Mapping[str, str]:
        """Each bureau with a text that changes whenever one of its programmes does."""

    def of(self, bureau: str) -> Sequence[ProgrammeDocument]:
        """Every programme of the bureau."""

    def coming(self, bureau: str, *, zone: str, now: datetime) -> Sequence[ProgrammeDocument]:
        """At least those that the pages above all bureaux are made from."""

    def reports(self, bureau: str) -> Sequence[PublicReport]:
        """Its published reports."""


class Given:
    """These programmes and no others."""

    def __init__(self, documents: Sequence[ProgrammeDocument]) -> None:
        """Sort them by bureau."""
        self._by_bureau: dict[str, list[ProgrammeDocument]] = {}
        for document in documents:
            self._by_bureau.setdefault(document.bureau.code, []).append(document)

    def marks(self) -> Mapping[str, str]:
        """A mark of all that they say."""
        return {code: mark_of(*documents) for code, documents in self._by_bureau.items()}

    def of(self, bureau: str) -> Sequence[ProgrammeDocument]:
        """Those of the bureau."""
        return self._by_bureau.get(bureau, [])

    def coming(self, bureau: str, *, zone: str, now: datetime) -> Sequence[ProgrammeDocument]:
        """All of them."""
        return self.of(bureau)

    def reports(self, bureau: str) -> Sequence[PublicReport]:
        """None: whoever holds programmes in hand looks at those alone."""
        return ()
