"""The sessions of a place by what people ask for: found once, however many pages and feeds ask."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from bureau.rotation.domain.programme import PublishedService, PublishedSession

Key = TypeVar("Key", bound=Hashable)
Sessions = tuple[PublishedSession, ...]


class Index:
    """Sessions by language, service, need, organisation, and language with need; each in the order of time."""

    def __init__(self, sessions: Iterable[PublishedSession], services: Mapping[str, PublishedService]) -> None:
        """Look through the ``sessions`` once."""
        by_language: dict[str, list[PublishedSession]] = defaultdict(list)
        by_service: dict[str, list[PublishedSession]] = defaultdict(list)
        by_need: dict[str, list[PublishedSession]] = defaultdict(list)
        by_organisation: dict[str, list[PublishedSession]] = defaultdict(list)
        by_pair: dict[tuple[str, str], list[PublishedSession]] = defaultdict(list)
        given: dict[str | tuple[str, str], set[str]] = defaultdict(set)
        for session in sessions:
            needs = dict.fromkeys(services[code].category for code in session.services if code in services)
            _put(by_organisation, (session.organisation,), session)
            _put(by_service, session.services, session)
            _put(by_language, session.languages, session)
            _put(by_need, needs, session)
            pairs = [(tag, need) for tag in session.languages for need in needs]
            _put(by_pair, pairs, session)
            given[session.organisation].update(session.services)
            for pair in pairs:
                given[pair].update(session.services)
        self.by_language = _kept(by_language)
        self.by_service = _kept(by_service)
        self.by_need = _kept(by_need)
        self.by_organisation = _kept(by_organisation)
        self.by_pair = _kept(by_pair)
        self.pairs = tuple(sorted(self.by_pair))
        self._services = {key: frozenset(codes) for key, codes in given.items()}
        self.given = tuple(sorted(tag for tag, there in by_language.items() if not all(one.cancelled for one in there)))

    def spoken_in(self, tag: str) -> Sessions:
        """Those given in the language."""
        return self.by_language.get(tag, ())

    def with_service(self, code: str) -> Sessions:
        """Those that give the service."""
        return self.by_service.get(code, ())

    def with_need(self, code: str) -> Sessions:
        """Those that give any service of the need."""
        return self.by_need.get(code, ())

    def of_organisation(self, code: str) -> Sessions:
        """Those held by the organisation."""
        return self.by_organisation.get(code, ())

    def services_of(self, organisation: str) -> frozenset[str]:
        """What the organisation was ever published with."""
        return self._services.get(organisation, frozenset())

    def services_for(self, need: str, tag: str) -> frozenset[str]:
        """What was ever given together with the need in the language."""
        return self._services.get((tag, need), frozenset())

    def for_need_in(self, need: str, tag: str) -> Sessions:
        """Those that give any service of the need in the language."""
        return self.by_pair.get((tag, need), ())

    def has(self, need: str, tag: str) -> bool:
        """Whether the need was ever published in the language; then there is a page of it, for as long as the site lives."""
        return (tag, need) in self.by_pair


def _put(index: dict[Key, list[PublishedSession]], keys: Iterable[Key], session: PublishedSession) -> None:
    for key in dict.fromkeys(keys):
        index[key].append(session)


def _kept(index: Mapping[Key, list[PublishedSession]]) -> dict[Key, Sessions]:
    return {key: tuple(sessions) for key, sessions in index.items()}
