"""The poster for the door: every language of the site side by side."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext, pgettext

from bureau.calendars.domain import selection
from bureau.calendars.domain.files import HOME
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.recurring import Usual, recurring, usual_hours
from bureau.calendars.site.reader import written_languages
from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from . import words
from .pictures import code, pictures
from .words import Data

if TYPE_CHECKING:
    from datetime import date


def door_data(place: Place, document: ProgrammeDocument, *, base_url: str) -> Data:
    """Everything that it says: welcome, opening hours, what there is help with, and when each language is spoken."""
    bureau, written = place.bureau, written_languages(place)
    main = written[0]
    usual = usual_hours(document)
    return {
        "title": f"{bureau.name.in_(main)} · {formats.capital(formats.month_name(document.month, main))}",
        "bureau": bureau.name.in_(main),
        "language": main,
        "direction": LANGUAGES[main].direction,
        "month": _month(document),
        "phone": bureau.phone,
        "where": bureau.address.in_(main),
        "icons": pictures("map", "phone", "clock", *(one.icon for one in place.categories.values())),
        "comma": formats.listed(("", ""), main),
        "words": {},
        "languages": [_language(place, document, tag, base_url) for tag in written],
        "days": [_day(one, written) for one in usual],
        "needs": [{"icon": one.icon, "names": _each(one.name, written)} for one in place.categories.values()],
        "spoken": [_spoken(place, document, tag, main, usual) for tag in _given(place, document)],
        "closed": _closed(document, written),
    }


def _month(document: ProgrammeDocument) -> str:
    """12 / 2026: the month in figures that every language reads."""
    return f"{document.month.number} / {document.month.year}"


def _language(place: Place, document: ProgrammeDocument, tag: str, base_url: str) -> Data:
    language = LANGUAGES[tag]
    url = base_url + HOME.path(tag, place.bureau.code)
    with force_locale(language.locale):
        return {
            "lang": tag,
            "rtl": language.direction == "rtl",
            "own": language.own_name,
            "welcome": gettext("Welcome!"),
            "hours": gettext("Opening hours"),
            "closed": pgettext("door", "Closed"),
            "some": gettext("not every week"),
            "url": url,
            "short": words.short(url),
            "qr": code(url),
        }


def _each(text: LocalisedText, written: Iterable[str]) -> list[str]:
    return [text.in_(tag) for tag in written]


def _day(usual: Usual, written: Iterable[str]) -> Data:
    day = words.some_day(usual.weekday)
    return {
        "names": list(dict.fromkeys(formats.weekday_short(day, tag) for tag in written)),
        "hours": words.times(usual.hours),
    }


def _given(place: Place, document: ProgrammeDocument) -> list[str]:
    """The languages that are spoken this month, in the bureau's order."""
    given = {tag for one in selection.taking_place(document.sessions) for tag in one.languages}
    return [tag for tag in place.languages if tag in given]


def _spoken(place: Place, document: ProgrammeDocument, tag: str, main: str, usual: Iterable[Usual]) -> Data:
    """When a language is spoken, for each weekday of the bureau."""
    sessions = selection.spoken_in(selection.taking_place(document.sessions), tag)
    return {
        "chip": words.chip(place.languages[tag], main),
        "cells": [words.in_short(recurring(sessions, one)) for one in usual],
    }


def _closed(document: ProgrammeDocument, written: Iterable[str]) -> list[Data]:
    """The days that are closed, those with the same reason together."""
    together: dict[tuple[str, ...], list[date]] = defaultdict(list)
    for one in document.closures:
        together[tuple(one.reason.in_(tag) for tag in written)].append(one.day)
    return [
        {"days": ", ".join(f"{day.day}.{day.month:02d}" for day in days), "reasons": list(reasons)}
        for reasons, days in together.items()
    ]
