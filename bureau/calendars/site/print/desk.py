"""Sheets for the desk: the month at a glance, and who is here today."""

from datetime import date
from functools import partial

from flask_babel import gettext, pgettext

from bureau.calendars.domain import selection
from bureau.calendars.domain.opening import hours_on
from bureau.calendars.domain.selection import Moment
from bureau.calendars.domain.weeks import Day, Stretch, Week, weeks_of
from bureau.calendars.site.reader import Reader
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedClosure, PublishedSession
from bureau.web import formats

from . import words
from .words import Data

NEVER = date.max
"""A sheet of the whole month knows no today: it hangs for weeks."""


def overview_data(reader: Reader, document: ProgrammeDocument) -> Data:
    """Every session of the month, a page for each week."""
    month = formats.month_name(document.month, reader.language)
    frame = words.frame(
        reader, gettext("%(month)s at a glance", month=formats.capital(month)),
        hour=gettext("Hour"),
        as_of=words.as_of(reader, document, document.sessions),
    )  # fmt: skip
    weeks = [_week(reader, week) for week in weeks_of(document, document.month.first)]
    return frame | {"weeks": weeks}


def today_data(reader: Reader) -> Data:
    """Who is here today: by hour, with room, languages and organisation."""
    place, today = reader.place, reader.today
    document = place.programmes.get(Month.of(today))
    sessions = selection.on_day(place.sessions, today)
    left = [one for one in place.sessions if one.change == "moved" and one.was_day == today and one.day != today]
    opening = words.times(hours_on(place.blocks, today))
    frame = words.frame(
        reader, gettext("Who is here today?"),
        opening=gettext("Opening hours") if opening else gettext("Closed today"),
        nothing=gettext("Nothing is planned on this day. Look at the next days."),
        interpreter=gettext("Another language? The front desk calls an interpreter by phone."),
        elsewhere=gettext("Moved to another day"),
        as_of=words.as_of(reader, document, (*sessions, *left)) if document else "",
    )  # fmt: skip
    return frame | {
        "question": gettext("Who is here today?"),
        "day": formats.capital(formats.day_long(today, reader.language)),
        "opening": opening,
        "closed": next((reader.says(one.reason) for one in _closures(document) if one.day == today), ""),
        "moments": [_moment(reader, one) for one in selection.moments(sessions)],
        "left": [_left(reader, one) for one in left],
    }


def _closures(document: ProgrammeDocument | None) -> tuple[PublishedClosure, ...]:
    return document.closures if document else ()


def _moment(reader: Reader, moment: Moment) -> Data:
    return {
        "hours": formats.hours(moment.starts, moment.ends),
        "sessions": [_told(reader, one) for one in moment.sessions],
    }


def _told(reader: Reader, session: PublishedSession) -> Data:
    data: Data = reader.piece("desk", session, partial(_session, reader, session))
    return data


def _session(reader: Reader, session: PublishedSession) -> Data:
    return {
        "name": words.names(reader, session.services),
        "room": words.room(reader, session.room),
        "organisation": reader.says(reader.place.organisations[session.organisation].name),
        "chips": words.chips(reader, session.languages),
        "whom": words.for_whom(reader, session.services),
        "note": reader.says(session.note),
        "change": _change(reader, session),
        "cancelled": session.cancelled,
    }


def _change(reader: Reader, session: PublishedSession) -> str:
    """What became of it since the month was first published, in words."""
    if session.change == "moved" and session.was_day and session.was_starts:
        before = f"{formats.day_month(session.was_day, reader.language)} {formats.clock(session.was_starts)}"
        return f"{gettext('Moved here. Before:')} {before}"
    if session.change == "cancelled":
        return str(gettext("Cancelled"))
    if session.change == "new":
        return str(gettext("New"))
    return str(gettext("Changed")) if session.change == "changed" else ""


def _left(reader: Reader, session: PublishedSession) -> Data:
    return {
        "name": words.names(reader, session.services),
        "to": gettext(
            "Moved to %(date)s, %(time)s",
            date=formats.day_long(session.day, reader.language),
            time=formats.clock(session.starts),
        ),
    }


def _week(reader: Reader, week: Week) -> Data:
    return {
        "name": f"{formats.day_month(week.days[0].date, reader.language)} – {formats.day_month(week.days[-1].date, reader.language)}",
        "days": [_day(reader, day) for day in week.days],
        "times": [formats.hours(*one) for one in week.times],
        "rows": [[_cell(reader, day.stretches[index]) for day in week.days] for index in range(len(week.times))],
    }


def _day(reader: Reader, day: Day) -> Data:
    closed = not day.open and day.empty
    reason = reader.says(day.closure.reason) if day.closure else ""
    return {
        "number": day.date.day,
        "name": formats.capital(formats.weekday(day.date, reader.language)),
        "closed": formats.dotted(filter(None, (pgettext("door", "Closed"), reason))) if closed else "",
    }


def _cell(reader: Reader, stretch: Stretch) -> list[Data]:
    return [_told(reader, one) for one in stretch.sessions]
