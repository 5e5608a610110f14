"""What is refused."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused

from .checking import found_in
from .findings import (
    ACCOUNT,
    BIRTH,
    DOCUMENT,
    EMAIL,
    IBAN,
    NO_NAMES,
    NUMBER,
    PERSONAL_NUMBER,
    PHONE,
    UNREADABLE,
    Finding,
    Names,
)

LONGEST = 200
"""So many characters a free text of the log has at most."""

Look = Callable[..., tuple[Finding, ...]]
"""``found_in``, or one that knows what kind of text it looks at."""

OF_ONE_PERSON = frozenset({EMAIL, ACCOUNT, PHONE, PERSONAL_NUMBER, DOCUMENT, IBAN, NUMBER, BIRTH, UNREADABLE})
"""What stands in no text about a thing, however it is called: a name can be a street's or a saint's, these are somebody's."""


class NamesSomebody(Refused):
    """The text may tell who somebody is. What was seen is told to whoever typed it and is in no message of the error."""

    code: ClassVar[str] = "names_somebody"

    def __init__(self, text: str, findings: Iterable[Finding], *, field: str | None = None, quote: bool = True) -> None:
        """Keep what was seen, apart from what a log would print; of which kind only, where the answer may be kept."""
        super().__init__(field=field)
        seen = ((one.kind, text[one.start : one.end] if quote else "") for one in findings)
        self.seen = tuple(dict.fromkeys(seen))


def ensure_nobody_named(
    text: str,
    *,
    field: str,
    today: date,
    names: Names = NO_NAMES,
    longest: int | None = LONGEST,
    quote: bool = True,
    look: Look = found_in,
) -> None:
    """Refuse a text in which ``look`` finds what may tell who somebody is (NamesSomebody), or that is long (Invalid)."""
    if longest is not None and len(text) > longest:
        raise Invalid(field=field, reason="too_long", limit=longest)
    findings = look(text, today=today, names=names)
    if findings:
        raise NamesSomebody(text, findings, field=field, quote=quote)


def ensure_nobodys_number(text: str, *, field: str, today: date) -> None:
    """Refuse a text about a thing if somebody's number, address in the net or date of birth stands in it."""
    findings = [one for one in found_in(text, today=today) if one.kind in OF_ONE_PERSON]
    if findings:
        raise NamesSomebody(text, findings, field=field)
