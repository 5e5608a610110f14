"""What a check has found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from .reading import WORD, fold

EMAIL: Final = "email"
ACCOUNT: Final = "account"
PHONE: Final = "phone"
PERSONAL_NUMBER: Final = "personal_number"
DOCUMENT: Final = "document"
IBAN: Final = "iban"
NUMBER: Final = "number"
BIRTH: Final = "birth"
ADDRESS: Final = "address"
NAME: Final = "name"
DISGUISED: Final = "disguised"
SCRIPT: Final = "script"
UNREADABLE: Final = "unreadable"

KINDS = (
    EMAIL, ACCOUNT, IBAN, PERSONAL_NUMBER, PHONE, DOCUMENT, NUMBER, BIRTH, ADDRESS, DISGUISED, SCRIPT, NAME, UNREADABLE,
)  # fmt: skip
"""Everything a text is refused for, what says most first; the last is that the check itself failed."""

Seen = tuple[str, int, int]
"""A kind, and where in the text as it was read it begins and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a text that may tell who somebody is: of which kind, and where in what was typed it stands."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a bureau calls its own things: words that are nobody's name although they are written with a capital."""

    words: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    """Names of several words, the longest first: no part of them is looked at."""

    @classmethod
    def of(cls, called: Iterable[str]) -> Self:
        """Of services, organisations, languages, places, as they are called."""
        folded = {fold(one) for one in called}
        words = {word for one in folded for word in WORD.findall(one)}
        phrases = {one for one in folded if len(WORD.findall(one)) > 1}
        return cls(words=frozenset(words), phrases=tuple(sorted(phrases, key=lambda one: (-len(one), one))))


NO_NAMES = Names()


def merged(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings in their order, each place told once; neighbours of one kind as one."""
    last: Finding | None = None
    for one in sorted(found, key=lambda finding: (finding.start, -finding.end, KINDS.index(finding.kind))):
        if last is None or one.start > last.end + (1 if one.kind == last.kind else -1):
            if last is not None:
                yield last
            last = one
        elif one.end > last.end:
            last = Finding(kind=last.kind, start=last.start, end=one.end)
    if last is not None:
        yield last
