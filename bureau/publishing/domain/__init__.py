"""What a release of the public site is, what makes two of them differ, and where its addresses lead."""

from .differences import Differences, differences
from .leading import lead_on
from .releases import (
    ABOVE,
    Changes,
    Entry,
    Head,
    Outcome,
    Release,
    failures,
    fingerprint,
    is_stale,
    mounts_of,
    newly_failed,
    part_of,
    what_follows,
)

__all__ = [
    "ABOVE",
    "Changes",
    "Differences",
    "Entry",
    "Head",
    "Outcome",
    "Release",
    "differences",
    "failures",
    "fingerprint",
    "is_stale",
    "lead_on",
    "mounts_of",
    "newly_failed",
    "part_of",
    "what_follows",
]
