"""The poster of a month in one language: who helps me, with what, when, where. As a wall sheet and in large print."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext, pgettext

from bureau.calendars.domain import selection
from bureau.calendars.domain.recurring import Recurring, Usual, recurring, usual_hours
from bureau.calendars.domain.selection import Sessions
from bureau.calendars.site.reader import Reader
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from . import words
from .words import Data

if TYPE_CHECKING:
    from bureau.calendars.domain.opening import Times


def poster_data(reader: Reader, document: ProgrammeDocument) -> Data:
    """Everything that the poster says."""
    place, bureau = reader.place, reader.place.bureau
    taking_place = selection.taking_place(document.sessions)
    own = selection.spoken_in(taking_place, reader.language)
    given = [code for code in place.services if selection.with_service(own, code)]
    others = [code for code in place.services if code not in given and selection.with_service(taking_place, code)]
    usual = usual_hours(document)
    month = formats.capital(formats.month_name(document.month, reader.language))
    told = [
        one for one in document.sessions if reader.language in one.languages or not set(others).isdisjoint(one.services)
    ]
    frame = words.frame(
        reader, month, icons=[one.icon for one in place.categories.values()], as_of=words.as_of(reader, document, told),
        **_words(reader),
    )  # fmt: skip
    return frame | {
        "month": month,
        "rule": reader.says(bureau.walk_in_rule),
        "privacy": reader.says(bureau.privacy),
        "days": [words.weekday(reader, one.weekday) for one in usual],
        "short_days": [words.weekday_short(reader, one.weekday) for one in usual],
        "opening": _opening(reader, usual),
        "own": [_service(reader, code, own, usual) for code in given],
        "others": [_service(reader, code, taking_place, usual) for code in others],
        "otherwise": _otherwise(reader, document, usual),
        "spoken": words.chips(reader, {tag for one in taking_place for tag in one.languages}),
    }


def _words(reader: Reader) -> dict[str, str]:
    own, own_name = reader.place.languages.get(reader.language), LANGUAGES[reader.language].own_name
    return {
        "question": gettext("Who can help me?"),
        "hours": gettext("Opening hours"),
        "own": gettext("Help %(in_language)s", in_language=reader.says(own.phrase)) if own else own_name,
        "nobody": gettext("Nobody speaks your language this month. Come all the same: we find an interpreter."),
        "others": gettext("In other languages"),
        "interpreter": gettext("Another language? The front desk calls an interpreter by phone."),
        "otherwise": gettext("On these days it is different"),
        "some": gettext("not every week"),
        "spoken": gettext("We speak"),
        "live": gettext("Always up to date on your phone"),
    }


def _opening(reader: Reader, usual: tuple[Usual, ...]) -> list[Data]:
    """Monday–Friday 10:00–12:00, 13:00–17:00: weekdays in a row with the same hours said together."""
    groups: list[list[Usual]] = []
    for one in usual:
        if groups and groups[-1][-1].hours == one.hours and groups[-1][-1].weekday == one.weekday - 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [
        {"days": _from_to(reader, group[0], group[-1]), "hours": words.times(group[0].hours)}
        for group in groups
        if group[0].hours
    ]


def _from_to(reader: Reader, first: Usual, last: Usual) -> str:
    names = dict.fromkeys(formats.weekday(words.some_day(one.weekday), reader.language) for one in (first, last))
    return formats.capital("–".join(names))


def _service(reader: Reader, code: str, sessions: Sessions, usual: Iterable[Usual]) -> Data:
    """One service: where it is given, in which languages, and when on each weekday of the bureau."""
    sessions = selection.with_service(sessions, code)
    rooms = {one.room for one in sessions}
    return {
        "name": formats.capital(reader.says(reader.place.services[code].name)),
        "icon": words.need_of(reader.place, [code]),
        "whom": words.for_whom(reader, [code]),
        "room": words.room(reader, rooms.pop()) if len(rooms) == 1 else "",
        "chips": words.chips(reader, {tag for one in sessions for tag in one.languages}),
        "cells": [_cell(reader, recurring(sessions, day)) for day in usual],
    }


def _cell(reader: Reader, found: tuple[Recurring, ...]) -> Data:
    """The hours of a weekday, with every date and in short."""
    return {"dated": [_hours(reader, one) for one in found], "short": words.in_short(found)}


def _hours(reader: Reader, found: Recurring) -> Data:
    return {"hours": words.short_times(found.hours), "days": _which_days(reader, found)}


def _which_days(reader: Reader, found: Recurring) -> str:
    only, missing = found.only, found.except_on
    if only:
        days = words.day_numbers(reader, only)
        return str(ngettext("only on day %(days)s", "only on days %(days)s", len(only), days=days))
    if missing:
        days = words.day_numbers(reader, missing)
        return str(ngettext("not on day %(days)s", "not on days %(days)s", len(missing), days=days))
    return ""


def _day(reader: Reader, day: date, *, first: bool) -> str:
    """A day of a list, which begins with a capital."""
    said = formats.day_long(day, reader.language)
    return formats.capital(said) if first else said


def _otherwise(reader: Reader, document: ProgrammeDocument, usual: Iterable[Usual]) -> list[Data]:
    """Closed days with the reason, and days with other hours; days of which the same is said together."""
    closed = {
        one.day: (formats.dotted(filter(None, (pgettext("door", "Closed"), reader.says(one.reason)))), ())
        for one in document.closures
    }
    other = {day: ("", hours) for one in usual for day, hours in one.otherwise}
    together: dict[tuple[str, tuple[Times, ...]], list[date]] = defaultdict(list)
    for day, told in sorted((other | closed).items()):
        together[told].append(day)
    return [
        {
            "days": [_day(reader, day, first=day == days[0]) for day in days],
            "says": says,
            "hours": words.times(hours),
        }
        for (says, hours), days in together.items()
    ]
