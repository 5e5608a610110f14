"""Nobody is named in a short free text: what is refused, and the check that finds it."""

from datetime import date
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused

from .checking import found_in
from .findings import KINDS, NO_NAMES, UNREADABLE, Finding, Names

__all__ = [
    "KINDS",
    "LONGEST",
    "NO_NAMES",
    "UNREADABLE",
    "Finding",
    "Names",
    "NamesSomebody",
    "ensure_nobody_named",
    "found_in",
]

LONGEST = 200
"""So many characters a free text of the log has at most."""


class NamesSomebody(Refused):
    """The text may tell who somebody is. What was seen is told to whoever typed it and is in no message of the error."""

    code: ClassVar[str] = "names_somebody"

    def __init__(self, text: str, findings: tuple[Finding, ...], *, field: str | None = None) -> None:
        """Keep what was seen, apart from what a log would print."""
        super().__init__(field=field)
        self.seen = tuple((one.kind, text[one.start : one.end]) for one in findings)


def ensure_nobody_named(text: str, *, field: str, today: date, names: Names = NO_NAMES) -> None:
    """Refuse a text that may tell who somebody is (NamesSomebody), or that is long (Invalid)."""
    if len(text) > LONGEST:
        raise Invalid(field=field, reason="too_long", limit=LONGEST)
    findings = found_in(text, today=today, names=names)
    if findings:
        raise NamesSomebody(text, findings, field=field)
