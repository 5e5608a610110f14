"""What is said about a slot."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bureau.kernel.errors import Invalid
from bureau.kernel.localised import LocalisedText
from bureau.kernel.text import clean_text
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import NamedService, OrganisationInfo, SpokenLanguage

from .refusals import NothingSaid

LONGEST = 1000
COMMENTABLE = frozenset({"proposing", "reviewing", "published"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkedSlot:
    """The slot that a comment speaks of, and whose session is in it, if any."""

    slot_id: int
    day: date
    starts: time
    ends: time
    seat: Seat
    organisation: OrganisationInfo | None = None
    services: tuple[NamedService, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()

    @property
    def room(self) -> LocalisedText:
        """Where it is."""
        return self.seat.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment; ``organisation`` is None where the bureau itself speaks."""

    id: int
    slot: TalkedSlot
    organisation: OrganisationInfo | None
    words: str
    written_at: datetime
    outcome: str


def cleaned(words: str, *, field: str) -> str:
    """Plain text of several lines; refuses an endless one."""
    kept = clean_text(words, multiline=True)
    if len(kept) > LONGEST:
        raise Invalid(field=field, reason="too_long", limit=LONGEST)
    return kept


def said(words: str) -> str:
    """The words of a comment as they are kept."""
    kept = cleaned(words, field="words")
    if not kept:
        raise NothingSaid(field="words")
    return kept
