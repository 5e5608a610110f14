"""The services and organisations of a bureau."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property
from zoneinfo import ZoneInfo

from flask_babel import gettext

from bureau.calendars.domain.files import month_address, organisation_address, service_address
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedService, PublishedSession

from .house import location, location_id
from .naming import Naming, Node, filled

VERSION = "3.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as one organisation gives it here: its sessions of this month and later, withdrawn ones left out."""

    id: str
    service: PublishedService
    organisation: str
    sessions: Sessions


@dataclass(frozen=True, kw_only=True)
class Directory:
    """One bureau as HSDS describes it, in the first language of its site."""

    place: Place
    today: date
    base_url: str

    @cached_property
    def naming(self) -> Naming:
        """How its things are named."""
        return Naming(place=self.place, base_url=self.base_url)

    @property
    def language(self) -> str:
        """The language of every text."""
        return self.naming.language

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every service that an organisation gives in this month or later, in the order of services and organisations."""
        first = Month.of(self.today).first
        given: dict[tuple[str, str], list[PublishedSession]] = {}
        for session in self.place.sessions:
            if session.day >= first and not session.cancelled:
                for code in session.services:
                    given.setdefault((code, session.organisation), []).append(session)
        return tuple(
            Offer(
                id=self.naming.id("services", self.place.bureau.code, organisation, code),
                service=self.place.services[code],
                organisation=organisation,
                sessions=tuple(sessions),
            )
            for (code, organisation), sessions in sorted(given.items())
        )

    def service(self, offer: Offer) -> Node:
        """The service with everything about it, as ``/services/{id}`` gives it."""
        return filled(
            {
                **self.listed_service(offer),
                "schedules": [self._schedule(offer, one) for one in offer.sessions],
                "service_at_locations": [self._at_location(offer)],
                "languages": self._languages(offer),
                "required_documents": self._documents(offer),
                "attributes": [self._attribute(offer)],
            }
        )

    def listed_service(self, offer: Offer) -> Node:
        """The service as a list of services gives it."""
        service = offer.service
        modified = max(one.modified for one in offer.sessions).astimezone(UTC)
        return filled(
            {
                "id": offer.id,
                "organization_id": self.organisation_id(offer.organisation),
                "name": self.naming.say(service.name),
                "alternate_name": self.naming.otherwise(service.name),
                "description": self.naming.say(service.description),
                "url": self.base_url + service_address(service.code).path(self.language, self.place.bureau.code),
                "email": self.place.bureau.email,
                "status": "active",
                "application_process": gettext("No appointment needed")
                if service.walk_in
                else gettext("By appointment"),
                "eligibility_description": _eligibility(service),
                "last_modified": f"{modified:%Y-%m-%dT%H:%M:%SZ}",
                "organization": self.organisation(offer.organisation),
            }
        )

    def organisations(self) -> list[Node]:
        """Every organisation that gives a service."""
        return [self.organisation(code) for code in sorted({one.organisation for one in self.offers})]

    def organisation(self, code: str) -> Node:
        """An organisation; what it does not say of itself is its name again, since a description must be there."""
        published = self.place.organisations[code]
        name = self.naming.say(published.name)
        return filled(
            {
                "id": self.organisation_id(code),
                "name": name,
                "alternate_name": self.naming.otherwise(published.name),
                "description": self.naming.say(published.about) or name,
                "uri": self.base_url + organisation_address(code).path(self.language, self.place.bureau.code),
            }
        )

    def taxonomy(self) -> Node:
        """The bureau's needs as one taxonomy."""
        return {
            "id": self.naming.id("taxonomies", "needs"),
            "name": "needs",
            "description": "What people come for",
        }

    def terms(self) -> list[Node]:
        """Every need."""
        return [self._term(code) for code in sorted(self.place.categories)]

    def _term(self, code: str) -> Node:
        name = self.naming.say(self.place.categories[code].name)
        return {
            "id": self.naming.id("taxonomy_terms", code),
            "code": code,
            "name": name,
            "description": name,
            "taxonomy": "needs",
            "taxonomy_id": self.taxonomy()["id"],
            "language": self.language,
        }

    def _attribute(self, offer: Offer) -> Node:
        term = self._term(offer.service.category)
        return {
            "id": self.naming.id("attributes", offer.id, term["code"]),
            "link_id": offer.id,
            "link_entity": "service",
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }

    def _schedule(self, offer: Offer, session: PublishedSession) -> Node:
        """One session: a schedule of a single date, with the hours by the clock of the place."""
        opens, closes = (at.astimezone(self._zone) for at in (session.starts_at, session.ends_at))
        offset = opens.utcoffset()
        return {
            "id": self.naming.id("schedules", offer.id, session.uid),
            "service_id": offer.id,
            "service_at_location_id": self._at_location_id(offer),
            "valid_from": session.day.isoformat(),
            "valid_to": session.day.isoformat(),
            "dtstart": session.day.isoformat(),
            "until": session.day.isoformat(),
            "count": 1,
            "timezone": offset.total_seconds() / 3600 if offset is not None else 0,
            "opens_at": opens.isoformat(timespec="minutes")[11:],
            "closes_at": closes.isoformat(timespec="minutes")[11:],
            "description": ", ".join(self.place.languages[tag].own_name for tag in session.languages),
            "schedule_link": self._day(session),
        }

    def _at_location(self, offer: Offer) -> Node:
        return {
            "id": self._at_location_id(offer),
            "service_id": offer.id,
            "location_id": location_id(self.naming),
            "location": location(self.naming),
        }

    def _languages(self, offer: Offer) -> list[Node]:
        spoken = {tag for one in offer.sessions for tag in one.languages}
        return [
            {
                "id": self.naming.id("languages", offer.id, tag),
                "service_id": offer.id,
                "name": self.naming.say(self.place.languages[tag].name),
                "code": tag,
            }
            for tag in sorted(spoken)
        ]

    def _documents(self, offer: Offer) -> list[Node]:
        bring = self.naming.say(offer.service.bring)
        if not bring:
            return []
        return [{"id": self.naming.id("required_documents", offer.id), "service_id": offer.id, "document": bring}]

    def organisation_id(self, code: str) -> str:
        """The same at every bureau: an organisation may work in several."""
        return self.naming.id("organizations", code)

    def _at_location_id(self, offer: Offer) -> str:
        return self.naming.id("service_at_locations", offer.id)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.place.bureau.timezone)

    def _day(self, session: PublishedSession) -> str:
        month = month_address(Month.of(session.day)).path(self.language, self.place.bureau.code)
        return f"{self.base_url}{month}#d{session.day.day}"


def page(nodes: Iterable[Node]) -> Node:
    """The one page of a list: files know no page numbers."""
    contents = list(nodes)
    return {**page_of(len(contents)), "contents": contents}


def page_of(number: int) -> Node:
    """What a page with so many nodes says of itself."""
    return {
        "total_items": number,
        "total_pages": 1,
        "page_number": 1,
        "size": number,
        "first_page": True,
        "last_page": True,
        "empty": not number,
    }


def _eligibility(service: PublishedService) -> str:
    if service.audience == "women":
        return str(gettext("For women only"))
    return str(gettext("For children")) if service.audience == "children" else ""
