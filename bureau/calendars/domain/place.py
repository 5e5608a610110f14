"""Everything that is published of one bureau, put together from its programmes."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from bureau.kernel.clock import local_date
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import (
    ProgrammeDocument,
    PublishedBlock,
    PublishedBureau,
    PublishedCategory,
    PublishedLanguage,
    PublishedOrganisation,
    PublishedRoom,
    PublishedService,
    PublishedSession,
)

from .index import Index
from .marks import Marks

Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """A bureau with every programme in force, by month; names and descriptions are those published last."""

    bureau: PublishedBureau
    programmes: Mapping[Month, ProgrammeDocument]

    @cached_property
    def marks(self) -> Marks:
        """Marks of what is published, to name as the sources of files."""
        return Marks(self)

    @cached_property
    def _newest_first(self) -> list[ProgrammeDocument]:
        return sorted(self.programmes.values(), key=lambda one: (one.published_at, one.month), reverse=True)

    @cached_property
    def categories(self) -> dict[str, PublishedCategory]:
        """Every need that was ever published, by code."""
        return self._merged(lambda document: document.categories)

    @cached_property
    def services(self) -> dict[str, PublishedService]:
        """Every service, by code."""
        return self._merged(lambda document: document.services)

    @cached_property
    def languages(self) -> dict[str, PublishedLanguage]:
        """Every language that services are given in, by tag."""
        return self._merged(lambda document: document.languages, key="tag")

    @cached_property
    def organisations(self) -> dict[str, PublishedOrganisation]:
        """Every organisation, by code."""
        return self._merged(lambda document: document.organisations)

    @cached_property
    def rooms(self) -> dict[str, PublishedRoom]:
        """Every room, by code."""
        return self._merged(lambda document: document.rooms)

    @cached_property
    def sessions(self) -> tuple[PublishedSession, ...]:
        """Every session in the order of time, withdrawn ones too; each ``uid`` once, as published last."""
        last: dict[str, PublishedSession] = {}
        for document in self.programmes.values():
            for session in document.sessions:
                if session.uid not in last or last[session.uid].sequence < session.sequence:
                    last[session.uid] = session
        return tuple(sorted(last.values(), key=lambda one: (one.starts_at, one.room, one.uid)))

    @cached_property
    def index(self) -> Index:
        """The sessions by language, need, service and organisation."""
        return Index(self.sessions, self.services)

    @cached_property
    def closures(self) -> dict[date, LocalisedText]:
        """Every closed day with its reason."""
        return {one.day: one.reason for document in self.programmes.values() for one in document.closures}

    @cached_property
    def blocks(self) -> tuple[PublishedBlock, ...]:
        """Every stretch in which the bureau is open, in the order of time."""
        every = (block for document in self.programmes.values() for block in document.blocks)
        return tuple(sorted(every, key=lambda block: block.starts_at))

    def months(self, today: date) -> tuple[Month, ...]:
        """The months that have a page: those with a programme, this one, and the one after the last of them."""
        known = {*self.programmes, Month.of(today)}
        return tuple(sorted({*known, max(known).shifted(1)}))

    def once(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What ``make`` makes of the place, worked out once for as long as the place is the same."""
        if key not in self._worked_out:
            self._worked_out[key] = make()
        known: Thing = self._worked_out[key]
        return known

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def _merged(self, things: Callable[[ProgrammeDocument], Iterable[Any]], key: str = "code") -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for document in self._newest_first:
            for thing in things(document):
                merged.setdefault(getattr(thing, key), thing)
        return merged


def places_of(documents: Iterable[ProgrammeDocument]) -> tuple[Place, ...]:
    """One place for each bureau that has published anything, by code."""
    by_bureau: dict[str, dict[Month, ProgrammeDocument]] = {}
    for document in documents:
        by_bureau.setdefault(document.bureau.code, {})[document.month] = document
    return tuple(_place(programmes) for _, programmes in sorted(by_bureau.items()))


class Places:
    """The places of the last time, so that those where nothing was published since need not be looked through again."""

    def __init__(self, most: int = 50) -> None:
        """None is known yet; ``most`` are remembered."""
        self._most = most
        self._known: dict[str, Place] = {}

    def of(self, documents: Iterable[ProgrammeDocument]) -> tuple[Place, ...]:
        """One place for each bureau: the one of before where it is made of the very same programmes."""
        places = tuple(map(self._same, places_of(documents)))
        self._known = {place.bureau.code: place for place in places[: self._most]}
        return places

    def _same(self, place: Place) -> Place:
        before = self._known.get(place.bureau.code)
        if before is None or before.programmes.keys() != place.programmes.keys():
            return place
        same = all(document is before.programmes[month] for month, document in place.programmes.items())
        return before if same else place


def coming(documents: Iterable[ProgrammeDocument], *, now: datetime) -> list[ProgrammeDocument]:
    """The programmes of each bureau's present month and later; its latest where there is none."""
    by_bureau: dict[str, list[ProgrammeDocument]] = {}
    for document in sorted(documents, key=lambda one: one.month):
        by_bureau.setdefault(document.bureau.code, []).append(document)
    return [document for months in by_bureau.values() for document in _present(months, now) or months[-1:]]


def _present(documents: list[ProgrammeDocument], now: datetime) -> list[ProgrammeDocument]:
    return [one for one in documents if one.month >= Month.of(local_date(now, one.bureau.timezone))]


def _place(programmes: dict[Month, ProgrammeDocument]) -> Place:
    newest = max(programmes.values(), key=lambda one: (one.published_at, one.month))
    return Place(bureau=newest.bureau, programmes=dict(sorted(programmes.items())))
