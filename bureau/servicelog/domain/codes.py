"""Codes on slips: short, made by chance, and still read when somebody copies them in a hurry."""

import unicodedata
from typing import ClassVar

from bureau.kernel.errors import Refused

ALPHABET = "0123456789ACDEFHJKMNPRTVWXY"
"""No two of these look alike; what looks like one of them is read as it (O as 0, B as 8, S as 5 …)."""

LOOK_ALIKES = dict(
    zip(
        "OQILZSGBU" + "АВЕЅІЈКМНОРСТУХЗ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "001125" + "68V" + "A8E51JKMH0PCTYX3" + "A8E2H1KMN0PTYX",
        strict=True,
    )
)
"""Of Latin, Cyrillic and Greek keyboards: the letter that was meant."""

BODY, LENGTH = 7, 8
CODES = len(ALPHABET) ** BODY
"""So many codes there are: whoever guesses one in ten billion still learns of nobody."""


class CodeMistyped(Refused):
    """No slip has such a code: a letter is wrong or missing."""

    code: ClassVar[str] = "referral_code_mistyped"


def code_of(number: int) -> str:
    """The code with that number, its last character such that one wrong letter, or two that changed places, are seen."""
    body = ""
    for _ in range(BODY):
        number, place = divmod(number, len(ALPHABET))
        body += ALPHABET[place]
    return body + _check(body)


def _check(body: str) -> str:
    """Letters are weighed 1, 2, 1, 2 …: neither weight, nor the difference of two, shares a divisor with 27."""
    weighed = sum(ALPHABET.index(char) * (1 + place % 2) for place, char in enumerate(body))
    last = 1 + BODY % 2
    return ALPHABET[-weighed * pow(last, -1, len(ALPHABET)) % len(ALPHABET)]


def read_code(typed: str) -> str:
    """The code that was meant, whatever case, spaces, hyphens and keyboard it was typed with; CodeMistyped else."""
    letters = "".join(map(_letter, unicodedata.normalize("NFKC", typed).upper()))
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET) or _check(letters[:BODY]) != letters[BODY]:
        raise CodeMistyped
    return letters


def _letter(char: str) -> str:
    if not char.isalnum():
        return ""
    digit = unicodedata.digit(char, None)
    return LOOK_ALIKES.get(char, char) if digit is None else str(digit)


def spaced(code: str) -> str:
    """As it is written on slips, in two halves."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
