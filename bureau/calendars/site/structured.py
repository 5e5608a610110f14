"""What pages say to search engines and assistants: JSON-LD in the words of schema.org, in the reader's language.

It stands in a block of data that no browser executes. There is never more of it than a page shows itself.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bureau.calendars.domain import files
from bureau.calendars.domain.opening import hours_on
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedService, PublishedSession

from .events import coordinates, day_url
from .reader import Reader

MOST = 12
"""How many coming sessions a page describes: the weight of a first view is limited, and the feeds have them all."""
DAYS = 7
CLOSED = time(0)

Node = dict[str, Any]

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def of_home(reader: Reader, coming: Sessions) -> Markup:
    """The place, its opening hours of the next days as far as published, and the next of ``coming``."""
    hours = list(_opening(reader))
    return _written(
        [_office(reader) | ({"openingHoursSpecification": hours} if hours else {}), *_events(reader, coming)]
    )


def of_dates(reader: Reader, coming: Sessions, services: Iterable[PublishedService] = ()) -> Markup:
    """The next of ``coming``, and the services that the page is about."""
    described = (_service(reader, one, coming) for one in services)
    return _written([_office(reader), *described, *_events(reader, coming)])


def _written(nodes: Iterable[Node]) -> Markup:
    """As a script element may hold it: nothing in it can end the element."""
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704  (what HTML could take for markup is escaped)


def _office(reader: Reader) -> Node:
    bureau = reader.place.bureau
    where = coordinates(bureau)
    node: Node = {
        "@type": "GovernmentOffice",
        "@id": _office_id(reader),
        "name": reader.says(bureau.name),
        "url": reader.url(files.HOME),
        "telephone": bureau.phone,
        "email": bureau.email,
        "address": _filled(
            {
                "@type": "PostalAddress",
                "streetAddress": reader.says(bureau.address),
                "addressLocality": reader.says(bureau.city),
                "addressCountry": bureau.country,
            }
        ),
        "geo": where and {"@type": "GeoCoordinates", "latitude": where[0], "longitude": where[1]},
    }
    return _filled(node)


def _office_id(reader: Reader) -> str:
    """The same in every language: it is one place."""
    return f"{reader.url(files.HOME, reader.languages[0])}#place"


def _opening(reader: Reader) -> Iterator[Node]:
    """Today and the days after it, as far as published; a closed day opens and closes at midnight, as search engines want it."""
    days = (reader.today + timedelta(days=offset) for offset in range(DAYS))
    for day in (one for one in days if Month.of(one) in reader.place.programmes):
        for starts, ends in hours_on(reader.place.blocks, day) or ((CLOSED, CLOSED),):
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{_WEEKDAYS[day.weekday()]}",
                "opens": f"{starts:%H:%M}",
                "closes": f"{ends:%H:%M}",
                "validFrom": day.isoformat(),
                "validThrough": day.isoformat(),
            }


def _service(reader: Reader, service: PublishedService, coming: Sessions) -> Node:
    category = reader.place.categories.get(service.category)
    given = [one for one in coming if service.code in one.services and not one.cancelled]
    languages = sorted({tag for one in given for tag in one.languages})
    node: Node = {
        "@type": "GovernmentService",
        "@id": reader.url(files.service_address(service.code)),
        "name": reader.says(service.name),
        "description": reader.says(service.description),
        "url": reader.url(files.service_address(service.code)),
        "serviceType": category and reader.says(category.name),
        "serviceOperator": {"@id": _office_id(reader)},
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceLocation": {"@id": _office_id(reader)},
            **({"availableLanguage": languages} if languages else {}),
        },
        "audience": _AUDIENCES.get(service.audience),
    }
    return _filled(node)


def _events(reader: Reader, coming: Sessions) -> Iterator[Node]:
    for session in coming[:MOST]:
        yield _event(reader, session)


def _event(reader: Reader, session: PublishedSession) -> Node:
    services = [reader.place.services[code] for code in session.services]
    organisation = reader.place.organisations[session.organisation]
    audiences = {one.audience for one in services}
    node: Node = {
        "@type": "Event",
        "name": " · ".join(reader.says(one.name) for one in services),
        "startDate": _local(reader, session.day, session.starts),
        "endDate": _local(reader, session.day, session.ends),
        "eventStatus": f"https://schema.org/{_status(session)}",
        "previousStartDate": _previous(reader, session),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@id": _office_id(reader)},
        "organizer": {
            "@type": "Organization",
            "name": reader.says(organisation.name),
            "url": reader.url(files.organisation_address(organisation.code)),
        },
        "inLanguage": list(session.languages),
        "audience": _AUDIENCES.get(audiences.pop()) if len(audiences) == 1 else None,
        "url": day_url(reader, session),
        "identifier": session.uid,
    }
    return _filled(node)


def _status(session: PublishedSession) -> str:
    if session.cancelled:
        return "EventCancelled"
    return "EventRescheduled" if session.was_day else "EventScheduled"


def _previous(reader: Reader, session: PublishedSession) -> str | None:
    if session.cancelled or session.was_day is None or session.was_starts is None:
        return None
    return _local(reader, session.was_day, session.was_starts)


def _local(reader: Reader, day: date, wall: time) -> str:
    zone = reader.place.bureau.timezone
    return instant(day, wall, zone).astimezone(ZoneInfo(zone)).isoformat()


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AUDIENCES: dict[str, Node] = {
    "women": {"@type": "PeopleAudience", "suggestedGender": "female"},
    "children": {"@type": "PeopleAudience", "suggestedMaxAge": 17},
}
