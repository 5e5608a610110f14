"""Which numbers a report shows, and those in words about it that it does not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from bureau.reports.domain.document import Report
from bureau.reports.domain.said_numbers import YEARS, strange_numbers
from bureau.web.languages import LANGUAGES

from .shown import figure_of

BESIDE: Mapping[str, tuple[str, ...]] = {"ar": ("ar", "ar_SY"), "uk": ("uk",), "fa": ("fa",)}
"""Locales whose names of months a language uses beside each other."""
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
PERSIAN_YEARS = range(1395, 1480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """Numbers as they are written in a text (``field``) of a language, which the report does not show."""

    field: str
    language: str
    numbers: tuple[str, ...]


def strange_in(report: Report, texts: Mapping[str, Mapping[str, str]]) -> list[Strange]:
    """The numbers in these words, each text by its name and then by language, that are no numbers of the report."""
    shown = numbers_of(report)
    found = (
        Strange(field=name, language=tag, numbers=_in_language(text, tag, shown))
        for name, words in texts.items()
        for tag, text in words.items()
    )
    return [one for one in found if one.numbers]


def strange_in_words(report: Report) -> list[Strange]:
    """The same for the report's own words."""
    words = {name: getattr(report.words, name).texts for name in ("summary", "story", "lessons")}
    return strange_in(report, words)


def numbers_of(report: Report) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
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


def _in_language(text: str, tag: str, shown: tuple[Collection[int], Collection[tuple[int, int]]]) -> tuple[str, ...]:
    years = {*YEARS, *PERSIAN_YEARS} if tag == "fa" else YEARS
    return strange_numbers(text, shown[0], bands=shown[1], months=_months(tag), years=years)


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
