"""The sessions of a day as whoever sits behind a desk sees them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from .board import Seat
from .offers import NamedService, OrganisationInfo, SpokenLanguage

EARLY = timedelta(minutes=30)
LATE = timedelta(minutes=45)
"""A session is in hand from a little before it begins until a while after its end: somebody still sits there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSession:
    """A session with what is given in it."""

    id: int
    organisation: OrganisationInfo
    seat: Seat
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime
    services: tuple[NamedService, ...]
    languages: tuple[SpokenLanguage, ...]

    def in_hand(self, now: datetime) -> bool:
        """Whether somebody sits there now, or nearly."""
        return self.starts_at - EARLY <= now < self.ends_at + LATE

    def running(self, now: datetime) -> bool:
        """Whether it takes place at this moment."""
        return self.starts_at <= now < self.ends_at
