"""A private feed as a file, in its reader's language."""

from flask_babel import gettext

from bureau.rotation.domain.kept import KeptSession
from bureau.web import formats
from bureau.web.addresses import path_to
from bureau.web.languages import current_language, writing_in

from . import ical
from .domain.feed import Event, FeedHead
from .domain.private import PrivateCalendar

CONTENT_TYPE = "text/calendar; charset=utf-8"


def private_feed(calendar: PrivateCalendar, *, base_url: str) -> bytes:
    """The calendar of the person's sessions: the same bytes as long as nothing changes."""
    with writing_in(calendar.language):
        events = [_event(one, base_url) for one in calendar.sessions]
        return ical.write(_head(calendar, base_url), map(ical.fragment, events))


def _head(calendar: PrivateCalendar, base_url: str) -> FeedHead:
    language = current_language()
    name = gettext("My sessions")
    if calendar.name is not None:
        name = gettext("Sessions of %(organisation)s", organisation=calendar.name.in_(language))
    return FeedHead(
        name=name,
        description=gettext("Only for you: whoever has this address can read it."),
        language=language,
        url=f"{base_url}{path_to('calendars.addresses')}",
        timezone=calendar.sessions[-1].timezone if calendar.sessions else "UTC",
        modified=max((one.changed_at for one in calendar.sessions), default=calendar.since),
    )


def _event(kept: KeptSession, base_url: str) -> Event:
    language, one = current_language(), kept.session
    services = formats.dotted(name.in_(language) for name in one.services)
    page = path_to("rotation.my_month", bureau=kept.bureau, organisation=kept.organisation, month=kept.month)
    lines = (one.organisation.in_(language), formats.dotted(one.languages), kept.bureau_name.in_(language))
    return Event(
        uid=one.uid,
        sequence=one.sequence,
        modified=kept.changed_at,
        starts=one.starts,
        ends=one.ends,
        language=language,
        summary=gettext("Cancelled: %(service)s", service=services) if one.cancelled else services,
        description="\n".join(line for line in lines if line),
        location=formats.listed((name.in_(language) for name in one.place if name), language),
        categories=(),
        url=f"{base_url}{page}",
        place=None,
        cancelled=one.cancelled,
        tentative=not kept.settled,
        busy=not one.cancelled,
    )
