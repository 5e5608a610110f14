"""The ids that files give to their rows: told apart by what a program counts, and never anybody's name or number.

A ref is no sentence: years and counters stand in it, and codes in capitals. So it is read with rules of its own, which
let those pass, and with the rest of the check where letters may be words.
"""

import hashlib
import re
from functools import lru_cache
from typing import ClassVar

from bureau.kernel.errors import Refused
from bureau.kernel.privacy import DOCUMENT, IBAN, PERSONAL_NUMBER, PHONE, is_egn, is_iban, is_lnch, words_of_nobody

from .entries import OF_A_PROGRAM

LONGEST_REF = 200
_MADE_BY_CHANCE = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})")
_COUNTED = re.compile(r"[A-Za-z]{0,2}[-_/.:]?\d{1,6}")
"""Most refs: nothing in them is long enough to be anybody's."""
_RUN = re.compile(r"\+?\d(?:[ .\-/()_]{0,2}\d)*")
_OF_A_YEAR = re.compile(r"20[0-3]\d")
_DAY_OF_BIRTH = re.compile(
    r"(?<!\d)(?:(?:19\d\d|200\d)[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19\d\d|200\d))(?!\d)"
)
_PHONES = re.compile(r"\+\d{7,15}|00[1-9]\d{8,13}|0[1-9]\d{7,8}|359\d{8,9}")
_DOCUMENTS = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,2}[ -]?(?!0{3})\d{8,9}(?!\d)")
_BARE_DOCUMENT = re.compile(r"(?!00)\d{9}")
_LETTERS = re.compile(r"[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")


class RefNamesSomebody(Refused):
    """A row's ref may tell who somebody is; ``kind`` is what it looks like. Its words are in no message."""

    code: ClassVar[str] = "ref_names_somebody"


def ref_of(words: str) -> str:
    """What is kept of a file's own ref: enough to know it again, and nothing of what somebody may have written there.

    One that our programs made stays as it is: what was exported and comes back is known again.
    """
    if OF_A_PROGRAM.fullmatch(words):
        return words
    return f"file:{hashlib.sha256(words.encode()).hexdigest()[:40]}"


def ensure_ref_names_nobody(words: str) -> None:
    """Refuse a ref that may be somebody's name, address, telephone or number."""
    if _COUNTED.fullmatch(words) or OF_A_PROGRAM.fullmatch(words) or _MADE_BY_CHANCE.fullmatch(words):
        return
    kind = _number_in(words) or words_of_nobody(_without_numbers(words))
    if kind:
        raise RefNamesSomebody(field="ref", kind=kind)


def _without_numbers(words: str) -> str:
    """So that thousands of rows that differ by their counter only are looked at once."""
    return re.sub(r"\d+", "0", words)


def _number_in(words: str) -> str | None:
    if _DAY_OF_BIRTH.search(words):
        return PERSONAL_NUMBER
    if _DOCUMENTS.search(words):
        return DOCUMENT
    if any(is_iban(re.sub(r"[ -]", "", match[0]).upper()) for match in _LETTERS.finditer(words)):
        return IBAN
    return next(filter(None, (_kind_of_run(run) for run in _RUN.findall(words))), None)


@lru_cache(maxsize=1024)
def _kind_of_run(run: str) -> str | None:
    """What a row of digits may be, if it is not led by a year as counters are."""
    digits = re.sub(r"\D", "", run)
    if is_egn(digits) and not _OF_A_YEAR.match(digits):
        return PERSONAL_NUMBER
    if _PHONES.fullmatch(f"+{digits}" if run.startswith("+") else digits):
        return PHONE
    if _OF_A_YEAR.match(digits):
        return None
    if is_lnch(digits):
        return PERSONAL_NUMBER
    return DOCUMENT if _BARE_DOCUMENT.fullmatch(digits) else None
