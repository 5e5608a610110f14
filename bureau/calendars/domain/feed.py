"""A calendar feed before it is written: plain words and instants."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One session as an event, worded in one language. A withdrawn one stays, as cancelled; one still planned is tentative.

    Whoever works in it is busy then.
    """

    uid: str
    sequence: int
    modified: datetime
    starts: datetime
    ends: datetime
    language: str
    summary: str
    description: str
    location: str
    categories: tuple[str, ...]
    url: str
    place: tuple[float, float] | None
    cancelled: bool
    tentative: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself."""

    name: str
    description: str
    language: str
    url: str
    timezone: str
    modified: datetime
