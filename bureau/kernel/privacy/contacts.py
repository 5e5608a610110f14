"""Where somebody is written to: e-mail, also spelled out, and accounts."""

import re
from collections.abc import Iterator

from .findings import ACCOUNT, EMAIL, Seen

_AT = r"(?:at|arobase|arrobase|кльомба|маймуна|маймунско\sа|собака|собачка|равлик|ет|эт|ات|اتساين|علامه)"
_DOT = r"(?:dot|point|точка|крапка|дот|نقطه|دات|دوت)"
_PART = r"[\w.+-]{1,64}"
"""No longer than the part before the sign may be: else a long word is looked through again from each of its letters."""
_FREE = r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|proton(?:mail)?|abv|mail|ukr|yandex|inbox|i)"
_EMAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PART}\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+",
        rf"{_PART}\s*[\[({{<]\s*(?:@|{_AT})\s*[\])}}>]\s*[\w-]+(?:\s*(?:\.|[\[(]?\s?{_DOT}\s?[\])]?)\s*\w+)+",
        rf"\w{{1,64}}(?:\s{_DOT}\s\w+){{0,8}}\s{_AT}\s\w+(?:\s{_DOT}\s\w+)+",
        rf"{_PART}\s{_AT}\s{_FREE}\.\w{{2,3}}\b",
    )
)
_ACCOUNT = re.compile(
    r"(?<![\w.])@\w{3,}"
    r"|\b(?:t\.me|wa\.me|m\.me|(?:\w+\.)?facebook\.com|fb\.com|instagram\.com|vk\.com|tiktok\.com|linkedin\.com|ok\.ru)/\S+",
    re.IGNORECASE,
)


def contacts_in(text: str) -> Iterator[Seen]:
    """E-mail addresses and accounts."""
    for pattern in _EMAILS:
        for match in pattern.finditer(text):
            yield EMAIL, match.start(), match.end()
    for match in _ACCOUNT.finditer(text):
        yield ACCOUNT, match.start(), match.end()
