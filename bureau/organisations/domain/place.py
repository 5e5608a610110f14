"""What can be said of a place and of its partners."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Protocol
from zoneinfo import available_timezones

from bureau.kernel.errors import Invalid, Refused

ROOM_KINDS = ("front", "desk", "private", "group")
ROOM_FEATURES = ("private", "group", "children", "video", "step_free")
FACILITIES = ("step-free", "toilet", "children", "water", "wifi", "charging")
CLOSURE_KINDS = ("holiday", "closed")
ATTRIBUTES = ("woman", "social_worker", "volunteer", "intern")
ORGANISATION_KINDS = (
    "host", "humanitarian", "legal", "faith", "psychosocial", "health", "women", "children", "community", "language",
    "employment", "employers", "union", "university", "volunteer", "international",
)  # fmt: skip


class LastLanguage(Refused):
    """A bureau's pages are written in one language at least."""

    code: ClassVar[str] = "no_language"


class Term(Protocol):
    """Something valid from a day until another, or until further notice."""

    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date | None: ...


def has_valid_agreement(agreements: Iterable[Term], day: date) -> bool:
    """Whether one of ``agreements`` is in force on ``day``; without one a partner may be planned, but is flagged."""
    return any(one.starts <= day and (one.ends is None or day <= one.ends) for one in agreements)


def ensure_timezone(name: str) -> str:
    """A timezone that the world knows."""
    if name not in available_timezones():
        raise Invalid(field="timezone", reason="unknown", value=name)
    return name


def ensure_languages(tags: Sequence[str], known: Iterable[str]) -> list[str]:
    """The languages of a bureau's pages, in order and without doubles: one at least, each of the interface."""
    everything = frozenset(known)
    for tag in tags:
        if tag not in everything:
            raise Invalid(field="languages", reason="unknown", value=tag)
    if not tags:
        raise LastLanguage(field="languages")
    return list(dict.fromkeys(tags))


def ensure_coordinates(latitude: float | None, longitude: float | None) -> None:
    """Both or neither, and on this earth."""
    if (latitude is None) != (longitude is None):
        raise Invalid(field="longitude" if longitude is None else "latitude", reason="required")
    for field, value, limit in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if value is not None and not -limit <= value <= limit:
            raise Invalid(field=field, reason="number", low=-limit, high=limit)
