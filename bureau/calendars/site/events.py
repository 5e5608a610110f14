"""Published sessions worded as events of a calendar feed, in the reader's language."""

from flask_babel import gettext

from bureau.calendars.domain.feed import Event, FeedHead
from bureau.calendars.domain.files import Address, month_address
from bureau.calendars.domain.selection import Sessions
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import PublishedSession
from bureau.web import formats

from .reader import Reader


def event_of(reader: Reader, session: PublishedSession) -> Event:
    """The session as an event."""
    place, bureau = reader.place, reader.place.bureau
    services = [place.services[code] for code in session.services]
    summary = " · ".join(reader.says(service.name) for service in services)
    categories = dict.fromkeys(service.category for service in services)
    return Event(
        uid=session.uid,
        sequence=session.sequence,
        modified=session.modified,
        starts=session.starts_at,
        ends=session.ends_at,
        language=reader.language,
        summary=gettext("Cancelled: %(service)s", service=summary) if session.cancelled else summary,
        description=_description(reader, session),
        location=formats.listed(
            (reader.says(place.rooms[session.room].name), reader.says(bureau.address)), reader.language
        ),
        categories=tuple(reader.says(place.categories[code].name) for code in categories if code in place.categories),
        url=f"{reader.url(month_address(Month.of(session.day)))}#d{session.day.day}",
        place=(bureau.latitude, bureau.longitude) if bureau.latitude and bureau.longitude else None,
        cancelled=session.cancelled,
    )


def head_of(reader: Reader, address: Address, title: str, sessions: Sessions) -> FeedHead:
    """The feed beside the page at ``address``."""
    bureau = reader.place.bureau
    newest = max(programme.first_published_at for programme in reader.place.programmes.values())
    name = reader.says(bureau.name)
    return FeedHead(
        name=f"{title} · {name}" if title != name else name,
        description=reader.says(bureau.about),
        language=reader.language,
        url=reader.url(address),
        timezone=bureau.timezone,
        modified=max((session.modified for session in sessions), default=newest),
    )


def _description(reader: Reader, session: PublishedSession) -> str:
    place = reader.place
    lines = [
        reader.says(place.organisations[session.organisation].name),
        " · ".join(language.own_name for language in reader.own_first(session.languages)),
        reader.says(session.note),
        reader.says(place.bureau.name),
        reader.says(place.bureau.walk_in_rule),
    ]
    return "\n".join(line for line in lines if line)
