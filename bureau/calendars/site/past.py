"""Months that are over: their pages and feeds are made again only when something that they say has changed."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bureau.calendars.domain import files, selection
from bureau.calendars.domain.files import PublicFile, UnchangedFile
from bureau.calendars.domain.place import Place
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, to_json

from .reader import Reader

Made = Iterator[PublicFile]


@dataclass(frozen=True, kw_only=True)
class PastMonths:
    """What is ``known`` of the files that exist, path → mark of what they were made from by ``version``."""

    version: str
    known: Mapping[str, str]
    _marks: dict[tuple[str, Month], str] = field(default_factory=dict)

    def unless_unchanged(
        self, reader: Reader, month: Month, make: Callable[[], Made]
    ) -> Iterator[PublicFile | UnchangedFile]:
        """The page and the feed of ``month``: made by ``make``, or known to come out as they are."""
        document = reader.place.programmes.get(month)
        if document is None or month >= Month.of(reader.today):
            yield from make()
            return
        mark = self._mark(reader.place, document, reader.today)
        paths = _paths(reader, month)
        if all(self.known.get(path) == mark for path in paths):
            yield from (UnchangedFile(path=path, sources=mark) for path in paths)
        else:
            yield from (replace(file, sources=mark) for file in make())

    def _mark(self, place: Place, document: ProgrammeDocument, today: date) -> str:
        key = (place.bureau.code, document.month)
        if key not in self._marks:
            sources = json.dumps([self.version, *_sources(place, document, today)], sort_keys=True)
            self._marks[key] = hashlib.sha256(sources.encode()).hexdigest()[:32]
        return self._marks[key]


def _paths(reader: Reader, month: Month) -> tuple[str, str]:
    where = reader.language, reader.place.bureau.code
    address = files.month_address(month)
    return f"{address.path(*where)[1:]}index.html", address.feed(*where)[1:]


def _sources(place: Place, document: ProgrammeDocument, today: date) -> tuple[object, ...]:
    """All that the page and the feed of a past month say, in every language: its day does not matter, its month does."""
    worded = replace(
        document,
        bureau=place.bureau,
        categories=tuple(place.categories.values()),
        services=tuple(place.services.values()),
        languages=tuple(place.languages.values()),
        organisations=tuple(place.organisations.values()),
        rooms=tuple(place.rooms.values()),
    )
    given = sorted({tag for one in selection.taking_place(place.sessions) for tag in one.languages})
    near = [document.month.shifted(-1), document.month.shifted(1)]
    turned_to = [str(month) for month in place.months(today) if month in near]
    newest = max(programme.first_published_at for programme in place.programmes.values())
    return to_json(worded), given, str(Month.of(today)), turned_to, None if document.sessions else newest.isoformat()
