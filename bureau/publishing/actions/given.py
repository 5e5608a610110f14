"""Programmes that somebody holds in hand, where those in the database are not meant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
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


NO_REPORTS: Mapping[str, Sequence[PublicReport]] = MappingProxyType({})


class Given:
    """These programmes and no others, and the reports of each bureau."""

    def __init__(
        self, documents: Sequence[ProgrammeDocument], reports: Mapping[str, Sequence[PublicReport]] = NO_REPORTS
    ) -> None:
        """Sort them by bureau."""
        self._reports = reports
        self._by_bureau: dict[str, list[ProgrammeDocument]] = {}
        for document in documents:
            self._by_bureau.setdefault(document.bureau.code, []).append(document)

    def marks(self) -> Mapping[str, str]:
        """A mark of all that they say."""
        reports = {code: [one.mark for one in of_one] for code, of_one in self._reports.items()}
        return {code: mark_of(documents, reports.get(code)) for code, documents in self._by_bureau.items()}

    def of(self, bureau: str) -> Sequence[ProgrammeDocument]:
        """Those of the bureau."""
        return self._by_bureau.get(bureau, [])

    def coming(self, bureau: str, *, zone: str, now: datetime) -> Sequence[ProgrammeDocument]:
        """All of them."""
        return self.of(bureau)

    def reports(self, bureau: str) -> Sequence[PublicReport]:
        """Those of the bureau."""
        return self._reports.get(bureau, ())
