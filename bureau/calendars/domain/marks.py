"""Short marks of what is published at a place: a file whose marks are the same comes out the same."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession

from .opening import Times, merged
from .selection import Sessions, concerning, first_day

_NAMED = frozenset({"bureau", "categories", "services", "languages", "organisations", "rooms"})
"""The parts of a programme that a place puts together from all its months; they have a mark of their own."""


def mark_of(*things: object) -> str:
    """A mark that changes when any of the ``things``, plain data or documents, does."""
    return hashlib.blake2b(repr(things).encode(), digest_size=12).hexdigest()


class Published(Protocol):
    """What is published at a place, put together from all its months."""

    @property
    def bureau(self) -> Any:
        """The bureau itself."""

    @property
    def programmes(self) -> Mapping[Month, ProgrammeDocument]:
        """Its programmes by month."""

    @property
    def categories(self) -> Mapping[str, Any]:
        """The needs."""

    @property
    def services(self) -> Mapping[str, Any]:
        """The services."""

    @property
    def languages(self) -> Mapping[str, Any]:
        """The languages."""

    @property
    def organisations(self) -> Mapping[str, Any]:
        """The organisations."""

    @property
    def rooms(self) -> Mapping[str, Any]:
        """The rooms."""

    @property
    def blocks(self) -> Iterable[Any]:
        """When it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What of ``sessions`` still concerns somebody: their mark, their days, whether any was cancelled, and when the next is."""

    sessions: Sessions
    mark: str
    cancelled: bool
    days: frozenset[date]
    next: tuple[date, tuple[Times, ...]] | None


class Marks:
    """The marks of one place, each worked out once however many files ask for it."""

    def __init__(self, place: Published) -> None:
        """Nothing is worked out yet."""
        self._place = place
        self._sessions: dict[int, tuple[PublishedSession, str]] = {}
        self._coming: dict[tuple[int, date], Coming] = {}

    @cached_property
    def names(self) -> str:
        """The bureau and every name and description of needs, services, languages, organisations and rooms."""
        place = self._place
        known = (place.categories, place.services, place.languages, place.organisations, place.rooms)
        return mark_of(place.bureau, *known)

    @cached_property
    def opening(self) -> str:
        """When the bureau is open, and the days on which it is closed, with the reasons."""
        closures = [document.closures for document in self._place.programmes.values()]
        return mark_of(self._place.blocks, closures)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Which months are published."""
        return tuple(map(str, self._place.programmes))

    def month(self, month: Month) -> str | None:
        """Everything that the programme of the month says, but for names; None where it is not published."""
        return self._programmes.get(month)

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Everything that is published at the place."""
        return self.names, *self._programmes.values()

    @cached_property
    def _programmes(self) -> dict[Month, str]:
        return {month: self._programme(document) for month, document in self._place.programmes.items()}

    def coming(self, sessions: Sessions, today: date) -> "Coming":
        """What of ``sessions`` still concerns somebody on ``today``: looked at once for all languages."""
        key = id(sessions), today
        if key not in self._coming:
            found = concerning(sessions, today)
            told = Coming(
                sessions=sessions, mark=self.sessions(found), cancelled=any(one.cancelled for one in found),
                days=frozenset(one.day for one in found), next=_next(sessions, today),
            )  # fmt: skip
            self._coming[key] = told
        return self._coming[key]

    def sessions(self, sessions: Iterable[PublishedSession]) -> str:
        """These sessions in this order, with their times, languages, notes and what became of them."""
        marks = "".join(map(self.session, sessions))
        return hashlib.blake2b(marks.encode(), digest_size=12).hexdigest()

    def _programme(self, document: ProgrammeDocument) -> str:
        plain = [name for name in document.__dataclass_fields__ if name not in _NAMED | {"sessions"}]
        return mark_of(self.sessions(document.sessions), *(getattr(document, name) for name in plain))

    def session(self, session: PublishedSession) -> str:
        """The session, as it was published."""
        found = self._sessions.get(id(session))
        if found is None:  # the session is kept too: else another could be given its number
            found = self._sessions[id(session)] = (session, mark_of(session))
        return found[1]


def _next(sessions: Sessions, today: date) -> tuple[date, tuple[Times, ...]] | None:
    """The first day from today on with any of them, and its hours."""
    first = first_day(sessions, today)
    return (first[0].day, merged((one.starts, one.ends) for one in first)) if first else None
