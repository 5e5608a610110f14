"""The one place where what people type is cleaned."""

import re
import unicodedata

# U+FFFE and U+FFFF make spreadsheets unreadable and break feeds; bidi overrides let a name rewrite its surroundings.
_FORBIDDEN = {
    "\ufffe",
    "\uffff",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
}
_MOST_DIGITS = 9
_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = "="
"""What stands for a field of a spreadsheet with a formula in it."""
_SPACES = re.compile(r"[ \t\u00a0]+")


def clean_text(value: str, *, multiline: bool = False) -> str:
    """``value`` in NFC without control characters, with spaces folded and ends trimmed."""
    composed = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char
        for char in composed
        if char not in _FORBIDDEN and (char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    )
    if not multiline:
        kept = kept.replace("\n", " ")
    lines = (_SPACES.sub(" ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def no_formula(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_COMMANDS) else words


def whole_number(text: str) -> int | None:
    """The number that ``text`` writes in digits; None where it is none, or larger than anything we count."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
