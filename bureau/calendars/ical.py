"""Calendar feeds as RFC 5545 and 7986 want them. The same feed always gives the same bytes.

Times are written in UTC: a zone's own component can be read wrongly (a client that knows only its first offset is an
hour off in summer), an instant cannot.
"""

from collections.abc import Iterable, Iterator

from bureau.kernel.contentlines import folded, instant, text

from .domain.feed import Event, FeedHead

PRODUCT = "-//Bureau//Programme//EN"
REFRESH = "PT6H"

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
    yield "METHOD:PUBLISH"
    yield f"NAME{language}:{text(head.name)}"
    yield f"X-WR-CALNAME:{text(head.name)}"
    yield f"DESCRIPTION{language}:{text(head.description)}"
    yield f"X-WR-TIMEZONE:{head.timezone}"
    yield f"URL:{head.url}"
    yield f"LAST-MODIFIED:{instant(head.modified)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"


def _lines(event: Event) -> Iterator[str]:
    language = f";LANGUAGE={event.language}"
    modified = instant(event.modified)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{modified}"
    yield f"LAST-MODIFIED:{modified}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{_status(event)}"
    yield f"DTSTART:{instant(event.starts)}"
    yield f"DTEND:{instant(event.ends)}"
    yield f"SUMMARY{language}:{text(event.summary)}"
    yield f"DESCRIPTION{language}:{text(event.description)}"
    yield f"LOCATION{language}:{text(event.location)}"
    if event.categories:
        yield f"CATEGORIES{language}:{','.join(text(category) for category in event.categories)}"
    yield f"URL:{event.url}"
    if event.place:
        yield f"GEO:{event.place[0]:.6f};{event.place[1]:.6f}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
