"""Calendar feeds as RFC 5545 and 7986 want them. The same feed always gives the same bytes.

Times are written in UTC: a zone's own component can be read wrongly (a client that knows only its first offset is an
hour off in summer), an instant cannot. There is no METHOD: a feed is no message between calendars, and one that
publishes would have to name an organizer (RFC 5546, 3.2.1), which an event without attendees must not (RFC 5545, 3.8.4.3).
Nor has the calendar a UID of its own (RFC 7986, 5.3): vdirsyncer takes it for that of each event, and keeps one event of all.
"""

from collections.abc import Iterable, Iterator

from bureau.kernel.contentlines import folded, instant, text

from .domain.feed import Event, FeedHead

PRODUCT = "-//Bureau//Programme//EN"
REFRESH = "PT1H"
"""How often a calendar program may look: what has not changed is answered without being sent again."""
COLOR = "teal"
"""The colour of the house, by a name that RFC 7986 knows."""

# A calendar must hold at least one component (RFC 5545, 3.6); a feed without sessions holds only this.
_NOTHING = (
    b"BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def write(head: FeedHead, events: Iterable[bytes]) -> bytes:
    """The feed; ``events`` are fragments that ``fragment`` wrote, so that one session is written once for many feeds."""
    return b"".join((folded(_opening(head)), b"".join(events) or _NOTHING, b"END:VCALENDAR\r\n"))


def fragment(event: Event) -> bytes:
    """One event as it stands in every feed of its language."""
    return folded(_lines(event))


def _opening(head: FeedHead) -> Iterator[str]:
    language = f";LANGUAGE={head.language}"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME{language}:{text(head.name)}"
    yield f"X-WR-CALNAME:{text(head.name)}"
    yield f"DESCRIPTION{language}:{text(head.description)}"
    yield f"X-WR-TIMEZONE:{head.timezone}"
    yield f"URL:{head.url}"
    if head.source:
        yield f"SOURCE;VALUE=URI:{head.source}"
    yield f"COLOR:{COLOR}"
    yield f"LAST-MODIFIED:{instant(head.modified)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"


def _lines(event: Event) -> Iterator[str]:
    modified = instant(event.modified)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{modified}"
    yield f"LAST-MODIFIED:{modified}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{_status(event)}"
    yield f"DTSTART:{instant(event.starts)}"
    yield f"DTEND:{instant(event.ends)}"
    yield f"SUMMARY;LANGUAGE={event.summary_in or event.language}:{text(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={event.language}:{text(event.description)}"
    yield f"LOCATION;LANGUAGE={event.location_in or event.language}:{text(event.location)}"
    if event.categories:
        named = ",".join(map(text, event.categories))
        yield f"CATEGORIES;LANGUAGE={event.categories_in or event.language}:{named}"
    yield f"URL:{event.url}"
    if event.place:
        yield f"GEO:{event.place[0]:.6f};{event.place[1]:.6f}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
