"""The sessions that notices speak of, worded and addressed for one person's calendar."""

from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parseaddr

from flask import current_app
from flask_babel import gettext

from bureau.notices import ical
from bureau.notices.domain.invitations import Invitation, latest
from bureau.notices.domain.told import Told
from bureau.web import formats
from bureau.web.languages import current_language


def calendar_for(attendee: str, notices: Sequence[Told], *, link: Callable[[str], str], now: datetime) -> str:
    """Each session once, as it was told last: calendar objects one after the other, empty where there are none."""
    told_in = {(one.uid, one.sequence): told for told in notices for one in told.calendar}
    newest = latest(one for told in notices for one in told.calendar)
    messages = ((one, told_in[one.uid, one.sequence]) for one in newest)
    return "".join(ical.write(_message(one, told, attendee, url=link(told.address), now=now)) for one, told in messages)


def _message(one: Invitation, told: Told, attendee: str, *, url: str, now: datetime) -> ical.Message:
    language = current_language()
    services = formats.dotted(name.in_(language) for name in one.services)
    summary = gettext("Cancelled: %(service)s", service=services) if one.cancelled else services
    lines = (one.organisation.in_(language), formats.dotted(one.languages), told.bureau.in_(language))
    return ical.Message(
        uid=one.uid,
        sequence=one.sequence,
        written=now,
        starts=one.starts,
        ends=one.ends,
        cancelled=one.cancelled,
        language=language,
        summary=summary,
        description="\n".join(line for line in lines if line),
        location=formats.listed((name.in_(language) for name in one.place if name), language),
        url=url,
        organizer=parseaddr(current_app.config["MAIL_FROM"])[1],
        organizer_name=told.bureau.in_(language),
        attendee=attendee,
    )
