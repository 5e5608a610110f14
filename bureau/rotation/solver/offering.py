"""Which services a team gives, in which languages, and what a booking of it counts for."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Offering:
    """What a team offers."""

    offers: Mapping[str, frozenset[str]]
    """By service, the languages of all its offers."""
    last_offers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By service offered several times, the languages of its last offer."""
    max_services: int = 1

    def languages_of(self, services: frozenset[str]) -> frozenset[str]:
        """Every language the team may be booked for with the services.

        Of a service offered several times only the last offer brings a language along; the others
        say in what else the service is given, when another service brings the language.
        """
        return frozenset().union(
            *(self.last_offers.get(service, self.offers.get(service, frozenset())) for service in services)
        )

    def pairs_of(self, services: Iterable[str], languages: AbstractSet[str]) -> set[tuple[str, str]]:
        """The services with each of the languages in which they are given."""
        return {
            (service, language)
            for service in services
            for language in self.offers.get(service, frozenset()).intersection(languages)
        }

    def gives(self, service: str | None, language: str | None) -> bool:
        """Whether the team offers the service, the language, the pair of them, or (neither) anything."""
        if language is None:
            return service is None or service in self.offers
        if service is not None and language not in self.offers.get(service, ()):
            return False
        together = frozenset(self.offers) if service is None or self.max_services > 1 else frozenset((service,))
        return language in self.languages_of(together)
