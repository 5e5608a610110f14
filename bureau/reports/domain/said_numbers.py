"""Numbers that stand in words, in whatever digits or in letters: those that a report does not show."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from bureau.kernel.errors import Refused

from .number_words import written_numbers

YEARS = range(1990, 2100)
_ALONE = r"(?<![A-Za-z\u0400-\u04ff\d_])(?<![A-Za-z\u0400-\u04ff][-‑])"
"""No part of a name such as A4 or COVID-19. Arabic writes "and" without a space before a number."""
_DAY = r"\d{1,2}(?:er|st|nd|rd|th|-?(?:го|е|ти|ри|ви|ми))?\.?"
_DATES = (
    r"\d{4}-\d{2}(?:-\d{2})?", r"\d{1,2}([./])\d{1,2}\1\d{2,4}", r"\d{1,2}:\d{2}",
)  # fmt: skip
_NUMBER = re.compile(
    _ALONE + r"(?:\d{1,3}(?:[ \u00a0\u202f,.٬’']\d{3})+(?!\d)|\d+)(?:[.,٫]\d+)?(?:[ \u00a0\u202f]?[%٪])?"
)
_BAND = re.compile(_ALONE + r"(\d{1,9})\s?[–-]\s?(\d{1,9})(?!\d)")
_APART = re.compile(r"[ \u00a0\u202f,.٬’']")


def strange_numbers(
    words: str,
    shown: Collection[int],
    *,
    bands: Collection[tuple[int, int]] = (),
    months: Sequence[str] = (),
    years: Collection[int] = YEARS,
    language: str = "",
    named: Sequence[str] = (),
) -> tuple[str, ...]:
    """The numbers in ``words``, as they are written, that are none of those ``shown``; each once.

    The ends of ``bands`` are shown only together: 1–9 is in a report, 1 by itself is not. Dates, times and years are let
    pass; ``months`` are the names that a day may stand beside. So are ``named`` words, which may hold a number. A share of
    a hundred is none of the numbers shown. Numbers in letters are read in the ``language``.
    """
    plain = "".join(_digit(one) for one in words)
    for found in _dates(months).finditer(plain):
        plain = _blanked(plain, found)
    for found in _BAND.finditer(plain):
        if (int(found[1]), int(found[2])) in bands:
            plain = _blanked(plain, found)
    for name in named:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", plain, re.IGNORECASE):
            plain = _blanked(plain, found)
    letters = written_numbers(plain, language, months)
    told = [(one.start, one.end) for one in letters if one.value not in shown and one.value not in years]
    return tuple(dict.fromkeys(words[a:b] for a, b in sorted([*_strange(plain, shown, years), *told])))


def _blanked(plain: str, found: re.Match[str]) -> str:
    return plain[: found.start()] + " " * len(found[0]) + plain[found.end() :]


def _digit(letter: str) -> str:
    """A digit of any script as a Latin one."""
    return str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter


def _dates(months: Sequence[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(one) for one in sorted(months, key=len, reverse=True))
    days = rf"{_DAY}(?:\s*[–-]\s*{_DAY})?"
    beside = (rf"{days}\s+(?:{names})", rf"(?:{names})\w*\s+{days}(?!\d)") if months else ()
    return re.compile("|".join(_ALONE + one for one in (*_DATES, *beside)), re.IGNORECASE)


def _strange(plain: str, shown: Collection[int], years: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where a number stands that is not shown: one of groups of three as a whole, or each group by itself."""
    for found in _NUMBER.finditer(plain):
        parts = [int(one) for one in re.findall(r"\d+", found[0])]
        whole = _whole(found[0])
        if whole in shown or (whole in years and len(found[0]) == 4):
            continue
        if whole is None or " " not in found[0] or not all(one in shown or one in years for one in parts):
            yield found.span()


def _whole(number: str) -> int | None:
    """The number; None where it is a share or has a fraction."""
    digits = _APART.sub("", number)
    return int(digits) if digits.isdecimal() and not re.search(r"[.,٫]\d{1,2}$|[.,٫]\d{4,}$", number) else None


class NumberNotShown(Refused):
    """The words tell a number that the report does not show: it would be public, and nobody has protected it."""

    code: ClassVar[str] = "report_number_not_shown"
