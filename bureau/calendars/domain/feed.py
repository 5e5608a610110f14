"""A calendar feed before it is written: plain words and instants."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One session as an event, worded in one language. A withdrawn one stays, as cancelled; one still planned is tentative.

    Whoever works in it is busy then. Words that are not translated say so: ``summary_in``, ``location_in`` and
    ``categories_in`` are their languages where these are not ``language``.
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
    summary_in: str = ""
    location_in: str = ""
    categories_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself. ``url`` is the page beside it, ``source`` where it is fetched, unless that is a secret."""

    name: str
    description: str
    language: str
    url: str
    timezone: str
    modified: datetime
    source: str = ""
