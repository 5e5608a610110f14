"""Dates, times and numbers as the reader of each language writes them. Remembered, since Babel is slow."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bureau.kernel.month import Month

from .languages import DEFAULT, LANGUAGES


def _locale(language: str) -> str:
    return LANGUAGES.get(language, LANGUAGES[DEFAULT]).locale


def _comma(language: str) -> str:
    return "\N{ARABIC COMMA}" if LANGUAGES.get(language, LANGUAGES[DEFAULT]).direction == "rtl" else ","


def _latin(text: str) -> str:
    """Digits in Latin script and no direction marks: the choice for every language until the reader can choose."""
    return text.translate(_TO_LATIN)


def _without_year(text: str) -> str:
    """The same where no year follows: without the sign that ties a Persian month to its year."""
    return _latin(text).removesuffix("\N{ARABIC HAMZA ABOVE}")


_TO_LATIN = {
    **{ord(c): str(i) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{ord(c): str(i) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    0x200F: None,
    0x200E: None,
}


def _number_of(day: date, language: str) -> str:
    """The pattern of a day's number: French counts the first of a month by its ordinal, 1er."""
    return "d'er'" if day.day == 1 and language == "fr" else "d"


@lru_cache(maxsize=4096)
def day_long(day: date, language: str) -> str:
    """Wednesday 9 December."""
    return _without_year(format_date(day, f"EEEE {_number_of(day, language)} MMMM", locale=_locale(language)))


@lru_cache(maxsize=4096)
def day_full(day: date, language: str) -> str:
    """9 December 2026, without the abbreviated word for year that would double a full stop."""
    return _latin(format_date(day, f"{_number_of(day, language)} MMMM y", locale=_locale(language)))


@lru_cache(maxsize=4096)
def day_month(day: date, language: str) -> str:
    """9 December."""
    return _without_year(format_date(day, f"{_number_of(day, language)} MMMM", locale=_locale(language)))


@lru_cache(maxsize=512)
def month_after_day(day: date, language: str) -> str:
    """December, in the form that follows a day's number."""
    return format_date(day, "MMMM", locale=_locale(language))


@lru_cache(maxsize=256)
def weekday(day: date, language: str) -> str:
    """Wednesday."""
    return format_date(day, "EEEE", locale=_locale(language))


@lru_cache(maxsize=256)
def weekday_short(day: date, language: str) -> str:
    """Wed."""
    return format_date(day, "ccc", locale=_locale(language))


@lru_cache(maxsize=512)
def month_name(month: Month, language: str) -> str:
    """December 2026."""
    return _latin(format_date(month.first, "LLLL y", locale=_locale(language)))


@lru_cache(maxsize=256)
def quarter_name(first: date, language: str) -> str:
    """4th quarter 2026, by the first day of it."""
    return _latin(format_date(first, "QQQQ y", locale=_locale(language)))


def capital(words: str) -> str:
    """The same where a line begins: months and weekdays begin small in most languages. The script decides, not the place."""
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str], language: str) -> str:
    """Open Gate, Blue Lantern: with the comma of the language."""
    return f"{_comma(language)} ".join(words)


def dotted(words: Iterable[str]) -> str:
    """Job search · Forms: a line never begins with the dot."""
    return "\N{NO-BREAK SPACE}· ".join(words)


def clock(wall: time) -> str:
    """10:00; every language here uses the 24-hour clock."""
    return f"{wall.hour:02d}:{wall.minute:02d}"


def hours(starts: time, ends: time) -> str:
    """10:00–12:00; wrap it in ``<bdi>``, since a dash turns a range round in right-to-left text."""
    return f"{clock(starts)}–{clock(ends)}"


def said_hours(starts: time, ends: time, language: str) -> str:
    """10:00–12:00 within a sentence: where that runs from right to left, the hours keep their order."""
    if LANGUAGES.get(language, LANGUAGES[DEFAULT]).direction == "ltr":
        return hours(starts, ends)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{hours(starts, ends)}\N{POP DIRECTIONAL ISOLATE}"


def day_and_clock(day: date, starts: time, language: str) -> str:
    """Monday 24 November, 10:00: when something begins, short enough for a subject."""
    return listed((day_long(day, language), clock(starts)), language)


def short_hours(starts: time, ends: time) -> str:
    """10–12 where both are full hours, for narrow tables."""
    if starts.minute or ends.minute:
        return hours(starts, ends)
    return f"{starts.hour}–{ends.hour}"


def at(moment: datetime, timezone: str, language: str) -> str:
    """11 December, 18:00: an instant on the wall clock of ``timezone``."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{day_month(local.date(), language)}{_comma(language)} {clock(local.time())}"


@lru_cache(maxsize=4096)
def number(value: int, language: str) -> str:
    """1 150, with the language's own grouping."""
    return _latin(format_decimal(value, locale=_locale(language)))


@lru_cache(maxsize=256)
def language_name(tag: str, language: str) -> str:
    """Bulgarian: the name of a language, for those who read another."""
    names: Mapping[str, str] = Locale.parse(_locale(language)).languages
    return names.get(tag.partition("-")[0], tag)
