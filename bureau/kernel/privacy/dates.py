"""Days in a text, and which of them are likely somebody's date of birth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .checksums import is_day
from .findings import BIRTH, Seen
from .reading import fold

_MONTHS = fold("""
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
януари февруари март април май юни юли август септември октомври ноември декември
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز
آب أيلول تشرين ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
""").split()
_MONTH = "|".join(sorted(set(_MONTHS), key=len, reverse=True))
_ALONE, _END = r"(?<![\d.\-/])", r"(?![.\-/]?\d)"
NUMERIC = re.compile(
    rf"{_ALONE}(?:(?P<y>\d{{4}})\s?[-./]\s?(?P<m>\d{{1,2}})\s?[-./]\s?(?P<d>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s?[-./]\s?(?P<m2>\d{{1,2}})\s?[-./]\s?(?P<y2>\d{{4}}|\d{{2}})){_END}"
)
_WORDED = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er|-?го)?\.?\s(?:de\s|of\s)?(?:{_MONTH})\s?,?\s?(?:\w+\s)?(?P<y>\d{{4}})"
    rf"|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}}))\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:роден|раждан|рожд|родил|народ(?:ив|ж)|народив|born\b|birth|d\.?\s?o\.?\s?b\b|nee?\b|naissance|anniv)"
    r"|(?<!\w)(?:д\.?\s?[рн]\.|р\.|г\.\s?р\.|р\.\s?н\.)"
    r"|مواليد|ميلاد|مولود|(?<!\w)ولد|متولد|تولد|زاده",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d./-])(?:19\d\d|20[0-2]\d|13\d\d)(?![\d/])")
NEAR_BEFORE, NEAR_AFTER = 25, 14
JALALI = range(1290, 1400)
"""Years of the Persian calendar that nobody writes for a day to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A full date in a text; ``ahead`` if it is still to come, in whichever order day and month were written."""

    start: int
    end: int
    year: int
    ahead: bool


def days_in(text: str, today: date) -> Iterator[Day]:
    """Every full date."""
    for match in NUMERIC.finditer(text):
        year, month, day = (int(match[one] or match[f"{one}2"]) for one in "ymd")
        if len(match["y"] or match["y2"]) == 2:
            year += 2000 if year <= today.year - 1999 else 1900
        if _is_date(year, month, day):
            ahead = year == today.year and (month, day) > (today.month, today.day) < (day, month)
            yield Day(start=match.start(), end=match.end(), year=year, ahead=ahead or year > today.year)
    for match in _WORDED.finditer(text):
        year = int(match["y"] or match["y2"])
        yield Day(start=match.start(), end=match.end(), year=year, ahead=year > today.year)


def _is_date(year: int, month: int, day: int) -> bool:
    """In either order of day and month; of the Persian or Islamic calendar too."""
    if 1290 <= year <= 1460:
        return 1 <= month <= 12 and 1 <= day <= 31
    return 1900 <= year <= 2100 and (is_day(year, month, day) or is_day(year, day, month))


def births_in(text: str, today: date) -> Iterator[Seen]:
    """A day of long ago, one of lately beside a word of birth, a year beside such a word."""
    days = list(days_in(text, today))
    for day in days:
        long_ago = day.year in JALALI or 1800 < day.year < today.year - 1
        if long_ago or (not day.ahead and _of_birth(text, day.start, day.end)):
            yield BIRTH, day.start, day.end
    for match in _YEAR.finditer(text):
        inside = any(day.start <= match.start() < day.end for day in days)
        if not inside and int(match[0]) <= today.year and _of_birth(text, match.start(), match.end()):
            yield BIRTH, match.start(), match.end()


def _of_birth(text: str, start: int, end: int) -> bool:
    return bool(
        _BIRTH.search(text[max(0, start - NEAR_BEFORE) : start]) or _BIRTH.match(text[end : end + NEAR_AFTER].lstrip())
    )
