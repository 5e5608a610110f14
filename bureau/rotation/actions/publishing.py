"""Making a month public."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication brought."""

    number: int
    sessions: int
    changed: int


def publish_programme(bureau: str, month: str, *, actor: str, now: datetime) -> Published:
    """Publish the month as its next numbered programme and tell whom it changes (NothingToPublish, WrongPhase)."""
    raise NotImplementedError
