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
    beside_others,
    failures,
    fingerprint,
    is_stale,
    mounts_of,
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
    "beside_others",
    "differences",
    "failures",
    "fingerprint",
    "is_stale",
    "lead_on",
    "mounts_of",
    "part_of",
    "what_follows",
]
