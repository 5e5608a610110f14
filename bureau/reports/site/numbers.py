"""Which numbers a report shows, and those in words about it that it does not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale
from flask_babel import force_locale, gettext

from bureau.reports.domain.document import Report
from bureau.reports.domain.release import THRESHOLD
from bureau.reports.domain.said_numbers import YEARS, strange_numbers
from bureau.web.languages import LANGUAGES

from .shown import figure_of

BESIDE: Mapping[str, tuple[str, ...]] = {"ar": ("ar", "ar_SY"), "uk": ("uk",), "fa": ("fa",)}
"""Locales whose names of months a language uses beside each other."""
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
PERSIAN_YEARS = range(1395, 1480)
Shown = tuple[frozenset[int], frozenset[tuple[int, int]]]
"""Numbers that a report shows, and bands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """Numbers as they are written in a text (``field``) of a language, which the report does not show."""

    field: str
    language: str
    numbers: tuple[str, ...]


def strange_in(report: Report, texts: Mapping[str, Mapping[str, str]]) -> list[Strange]:
    """The numbers in these words, each text by its name and then by language, that are no numbers of the report."""
    shown = numbers_of(report)
    named = {tag: _named(report, tag, shown) for words in texts.values() for tag in words}
    found = (
        Strange(field=name, language=tag, numbers=_in_language(text, tag, shown, named[tag]))
        for name, words in texts.items()
        for tag, text in words.items()
    )
    return [one for one in found if one.numbers]


def strange_in_words(report: Report) -> list[Strange]:
    """The same for the report's own words."""
    words = {name: getattr(report.words, name).texts for name in ("summary", "story", "lessons")}
    return strange_in(report, words)


def numbers_of(report: Report) -> Shown:
    """Every number that the report shows, of its own month and of those before, and every band."""
    found: set[int] = set()
    bands: set[tuple[int, int]] = set()
    for at in {at for release in (report.release, *report.earlier) for at in release.cells}:
        figure = figure_of(report, at)
        if figure is None or figure.hidden:
            continue
        if figure.band or figure.value is None:
            bands.add((figure.low, figure.high or 0))
        else:
            found.add(figure.value)
    noted = {number for one in report.noted for number in (one.number, one.of) if number is not None}
    return frozenset(found | noted), frozenset(bands)


def _in_language(text: str, tag: str, shown: Shown, named: Sequence[str]) -> tuple[str, ...]:
    years = {*YEARS, *PERSIAN_YEARS} if tag == "fa" else YEARS
    return strange_numbers(
        text, shown[0], bands=shown[1], months=_months(tag), years=years, language=tag, named=named
    )  # fmt: skip


def _named(report: Report, tag: str, shown: Shown) -> tuple[str, ...]:
    """What may hold a number and tells none: names, the longest first, and what a draft says of the lowest band."""
    labels = (one.labels.get(tag, "") for dimension in report.release.dimensions.values() for one in dimension.codes)
    names = {name for name in (*labels, report.name.in_(tag)) if strange_numbers(name, (), years=(), language=tag)}
    worded = sorted((one for one in names if re.search(r"[^\W\d_]", one)), key=len, reverse=True)
    return (*(_fewer_than_five(tag) if (0, THRESHOLD - 1) in shown[1] else ()), *worded)


def _fewer_than_five(tag: str) -> tuple[str, ...]:
    with force_locale(LANGUAGES[tag].locale if tag in LANGUAGES else "en"):
        words = str(gettext("%(month)s: fewer than five consultations.", month=""))
    return (words.strip(" :.\u00a0\u202f"),)


@cache
def _months(tag: str) -> tuple[str, ...]:
    """How months are called beside a day, and alone, long and short."""
    locales = BESIDE.get(tag, (LANGUAGES[tag].locale if tag in LANGUAGES else "en",))
    named = {
        name.rstrip(".")
        for locale in locales
        for way in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in Locale.parse(locale).months[way][width].values()
    }
    return tuple(sorted(named | set(PERSIAN_MONTHS if tag == "fa" else ())))
