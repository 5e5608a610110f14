"""Invitations and cancellations as RFC 5546 wants them, to one person each. The same one always gives the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.contentlines import folded, instant, quoted, text

PRODUCT = "-//Bureau//Invitation//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One session, worded for one person; ``organizer`` and ``attendee`` are mail addresses."""

    uid: str
    sequence: int
    written: datetime
    starts: datetime
    ends: datetime
    cancelled: bool
    language: str
    summary: str
    description: str
    location: str
    url: str
    organizer: str
    organizer_name: str
    attendee: str


def write(message: Message) -> str:
    """The calendar object, a REQUEST or a CANCEL."""
    return folded(_lines(message)).decode()


def _lines(message: Message) -> Iterator[str]:
    language = f";LANGUAGE={message.language}"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{'CANCEL' if message.cancelled else 'REQUEST'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{text(message.uid)}"
    yield f"DTSTAMP:{instant(message.written)}"
    yield f"SEQUENCE:{message.sequence}"
    yield f"STATUS:{'CANCELLED' if message.cancelled else 'CONFIRMED'}"
    yield f"DTSTART:{instant(message.starts)}"
    yield f"DTEND:{instant(message.ends)}"
    yield f"SUMMARY{language}:{text(message.summary)}"
    yield f"DESCRIPTION{language}:{text(message.description)}"
    yield f"LOCATION{language}:{text(message.location)}"
    yield f"URL:{message.url}"
    yield f"ORGANIZER;CN={quoted(message.organizer_name)}:mailto:{message.organizer}"
    # Nobody is asked to answer: the session is agreed on already, and no one reads the bureau's outgoing address.
    yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{message.attendee}"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"
    yield "END:VCALENDAR"
