"""The screen of the waiting room: a page that turns through the languages by itself, and what it shows for seven days."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from flask_babel import force_locale, gettext, pgettext

from bureau.calendars.domain import selection
from bureau.calendars.domain.files import HOME, Address, Draft
from bureau.calendars.domain.opening import hours_on
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.several import SEVERAL
from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.rotation.domain.programme import PublishedSession
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .contexts import PlaceContext
from .reader import written_languages

DISPLAY = Address("display/")
DATA = "display.json"
DAYS = 7
"""So many days the screen goes on without a connection."""

Data = dict[str, Any]


def display_drafts(context: PlaceContext) -> Iterator[Draft]:
    """The page, and beside it the data that it asks for every half minute."""
    place, code = context.place, context.place.bureau.code
    told = _sessions(place, context.today)
    marks = place.marks
    sources = (marks.names, marks.opening, marks.sessions(told), context.today.isoformat())
    yield Draft(path=DISPLAY.file(SEVERAL, code), sources=sources, make=partial(_page, context))
    yield Draft(path=DISPLAY.file(SEVERAL, code, DATA), sources=sources, make=partial(_data, context))


def display_data(place: Place, today: date, *, page: str) -> Data:
    """What the screen shows from ``today`` on; ``page`` changes with the script that shows it."""
    bureau, written = place.bureau, written_languages(place)
    told = _sessions(place, today)
    services = {code for one in told for code in one.services}
    days = [today + timedelta(days=offset) for offset in range(DAYS)]
    return {
        "page": page,
        "timezone": bureau.timezone,
        "languages": [_language(place, tag) for tag in written],
        "spoken": {one.tag: [one.own_name, one.direction] for one in place.languages.values()},
        "services": {code: _each(place.services[code].name, written) for code in sorted(services)},
        "icons": {code: icon for code in sorted(services) if (icon := _icon(place, code))},
        "rooms": {code: _each(place.rooms[code].name, written) for code in sorted({one.room for one in told})},
        "days": {day.isoformat(): _day(place, day, written) for day in days},
        "sessions": [_session(one, bureau.timezone, written) for one in told],
    }


def _page(context: PlaceContext) -> bytes:
    place, main = context.place, written_languages(context.place)[0]
    template = context.environment.get_template("calendars/display.html")
    with force_locale(LANGUAGES[main].locale):
        html = template.render(
            bureau=place.bureau, place=place, language=main, direction=LANGUAGES[main].direction, page=_version(context),
            data=display_data(place, context.today, page=""), today=context.today.isoformat(), asset=context.asset,
            home=HOME.path(main, place.bureau.code), address=DISPLAY.path(SEVERAL, place.bureau.code),
        )  # fmt: skip
    return html.encode()


def _data(context: PlaceContext) -> bytes:
    data = display_data(context.place, context.today, page=_version(context))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _version(context: PlaceContext) -> str:
    """Changes with the look, which the script belongs to: a screen that runs for months takes the new one by itself."""
    return context.asset("display.js")


def _sessions(place: Place, today: date) -> selection.Sessions:
    """Those of the days that the screen knows, and those that were announced for them and have moved."""
    last = today + timedelta(days=DAYS - 1)
    return tuple(one for one in place.sessions if any(today <= day <= last for day in (one.day, one.was_day) if day))


def _language(place: Place, tag: str) -> Data:
    language = LANGUAGES[tag]
    with force_locale(language.locale):
        return {
            "tag": tag,
            "name": language.own_name,
            "dir": language.direction,
            "bureau": place.bureau.name.in_(tag),
            "comma": formats.listed(("", ""), tag),
            "words": {
                "now": gettext("Now"),
                "next": gettext("Next"),
                "today": gettext("Today"),
                "tomorrow": gettext("Tomorrow"),
                "cancelled": gettext("Cancelled"),
                "new": gettext("New"),
                "until": gettext("Open now, until %(time)s", time="{time}"),
                "closed": pgettext("door", "Closed"),
                "again": gettext("Open again"),
                "nothing": gettext("Nothing is planned on this day. Look at the next days."),
                "old": gettext("No connection since %(time)s. Changes may be missing.", time="{time}"),
            },
        }


def _each(text: LocalisedText, written: tuple[str, ...]) -> dict[str, str]:
    return {tag: formats.capital(text.in_(tag)) for tag in written}


def _icon(place: Place, service: str) -> str:
    category = place.categories.get(place.services[service].category)
    return category.icon if category else ""


def _day(place: Place, day: date, written: tuple[str, ...]) -> Data:
    zone = place.bureau.timezone
    closed = [one.reason for document in place.programmes.values() for one in document.closures if one.day == day]
    return {
        "name": {tag: formats.capital(formats.day_long(day, tag)) for tag in written},
        "starts": _seconds(instant(day, time.min, zone)),
        "open": [
            [
                _seconds(instant(day, starts, zone)),
                _seconds(instant(day, ends, zone)),
                formats.hours(starts, ends),
                formats.clock(ends),
            ]
            for starts, ends in hours_on(place.blocks, day)
        ],
        "closed": _each(closed[0], written) if closed else {},
    }


def _session(one: PublishedSession, zone: str, written: tuple[str, ...]) -> Data:
    data: Data = {
        "day": one.day.isoformat(),
        "from": _seconds(one.starts_at),
        "to": _seconds(one.ends_at),
        "hours": formats.hours(one.starts, one.ends),
        "room": one.room,
        "services": list(one.services),
        "languages": list(one.languages),
        "change": one.change,
    }
    if one.change == "moved" and one.was_day and one.was_starts:
        data["was"] = _was(one, one.was_day, one.was_starts, zone, written)
    return data


def _was(one: PublishedSession, day: date, starts: time, zone: str, written: tuple[str, ...]) -> Data:
    """When people come for it who know it from before, and what to tell them."""
    lasts = one.ends_at - one.starts_at
    return {
        "day": day.isoformat(),
        "to": _seconds(instant(day, starts, zone) + lasts),
        "hours": formats.clock(starts),
        "moved": _moved(one, written),
    }


def _moved(one: PublishedSession, written: tuple[str, ...]) -> dict[str, str]:
    said = {}
    for tag in written:
        with force_locale(LANGUAGES[tag].locale):
            day, at = formats.day_long(one.day, tag), formats.clock(one.starts)
            said[tag] = gettext("Moved to %(date)s, %(time)s", date=day, time=at)
    return said


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
