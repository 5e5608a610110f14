"""A person's own sessions, as their private feed holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bureau.kernel.localised import LocalisedText
from bureau.rotation.domain.kept import KeptSession

REACHES_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A feed that a person may have: their own (no organisation) or an organisation's; ``secret`` once it is made."""

    organisation: str | None
    name: LocalisedText | None
    feed_id: int | None = None
    generation: int = 0
    renewed_at: datetime | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateCalendar:
    """What a private feed shows: the sessions of one organisation (``name``), or of all that the person belongs to."""

    language: str
    name: LocalisedText | None
    since: datetime
    sessions: Sequence[KeptSession]
