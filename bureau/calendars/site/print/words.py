"""What every sheet says of the bureau and of its sessions, in the reader's language."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from flask_babel import gettext

from bureau.calendars.domain import recurring
from bureau.calendars.domain.files import HOME
from bureau.calendars.domain.opening import Times
from bureau.calendars.domain.place import Place
from bureau.calendars.domain.recurring import Recurring
from bureau.calendars.site.reader import Reader
from bureau.kernel.typeset import has_letters_for
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedLanguage, PublishedSession
from bureau.web import formats
from bureau.web.languages import LANGUAGES

from .pictures import code, pictures

Data = dict[str, Any]


def frame(reader: Reader, title: str, *, icons: Iterable[str] = (), **words: str) -> Data:
    """What stands around the content of a sheet in one language."""
    bureau, url = reader.place.bureau, reader.url(HOME)
    return {
        "title": f"{title} · {reader.says(bureau.name)}",
        "bureau": reader.says(bureau.name),
        "language": reader.language,
        "direction": reader.direction,
        "where": reader.says(bureau.address),
        "phone": bureau.phone,
        "url": url,
        "short": short(url),
        "qr": code(url),
        "icons": pictures("map", "phone", "walk", "clock", *icons),
        "comma": formats.listed(("", ""), reader.language),
        "words": words,
    }


def short(url: str) -> str:
    """An address as people type it."""
    return url.partition("://")[2].rstrip("/")


def chip(language: PublishedLanguage, reader: str, *, yours: bool = False) -> Data:
    """A language by its own name, or in the ``reader``'s words where the fonts have no letters for it."""
    own = has_letters_for(language.own_name)
    tag = language.tag if own else language.name.language_of(reader)
    return {
        "name": language.own_name if own else language.name.in_(reader),
        "lang": tag.partition("-")[0],
        "rtl": (language.direction if own else LANGUAGES[tag].direction) == "rtl",
        "yours": yours,
    }


def chips(reader: Reader, tags: Iterable[str]) -> list[Data]:
    """The languages of ``tags``, the reader's own first."""
    return [chip(one, reader.language, yours=one.tag == reader.language) for one in reader.own_first(tags)]


def need_of(place: Place, services: Iterable[str]) -> str:
    """The symbol of the need that the first of the services belongs to."""
    for service in services:
        category = place.categories.get(place.services[service].category)
        if category:
            return category.icon
    return ""


def for_whom(reader: Reader, services: Iterable[str]) -> str:
    """A word where all of the services are for some people only."""
    audiences = {reader.place.services[code].audience for code in services}
    if audiences == {"women"}:
        return str(gettext("For women only"))
    return str(gettext("For children")) if audiences == {"children"} else ""


def names(reader: Reader, services: Iterable[str]) -> str:
    """The services by name."""
    return formats.dotted(formats.capital(reader.says(reader.place.services[code].name)) for code in services)


def room(reader: Reader, code: str) -> str:
    """A room by name."""
    return reader.says(reader.place.rooms[code].name)


def short_times(times: Iterable[Times]) -> list[str]:
    """10–12, 13–17."""
    return [formats.short_hours(*one) for one in times]


def in_short(found: Iterable[Recurring]) -> list[str]:
    """10–12, 13–17*: with a star where it is not so every week."""
    return [formats.short_hours(*times) + ("" if sure else "*") for times, sure in recurring.in_short(found)]


def times(hours: Iterable[tuple[time, time]]) -> list[str]:
    """10:00–12:00, 13:00–17:00."""
    return [formats.hours(*one) for one in hours]


def day_numbers(reader: Reader, days: Iterable[date]) -> str:
    """3, 17: days of the month that the sheet is about."""
    return formats.listed((str(day.day) for day in days), reader.language)


def weekday(reader: Reader, number: int) -> str:
    """Monday, for 1."""
    return formats.capital(formats.weekday(some_day(number), reader.language))


def weekday_short(reader: Reader, number: int) -> str:
    """Mon, for 1."""
    return formats.weekday_short(some_day(number), reader.language)


def as_of(reader: Reader, document: ProgrammeDocument, told: Iterable[PublishedSession]) -> str:
    """When anything on the sheet, which tells of the sessions ``told``, changed last: who has that one needs no other.

    A session that is another than it was may have been ``told`` of before, so its change counts on every sheet.
    """
    rewritten = (one for one in document.sessions if one.change in {"moved", "changed"})
    known = document.described_at or document.published_at
    latest = max((known, *(one.modified for one in (*told, *rewritten))))
    moment = formats.at(latest, reader.place.bureau.timezone, reader.language)
    return str(gettext("As of %(date)s. What changes later is on your phone.", date=moment))


def some_day(weekday: int) -> date:
    """A day of that weekday, to name it by; 1 is Monday."""
    return date(2024, 1, weekday)
