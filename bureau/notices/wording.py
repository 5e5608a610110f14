"""Notices in words."""

from bureau.notices.domain import kinds
from bureau.notices.domain.told import Told


def sentence(told: Told) -> str:
    """What a notice says, in the language that is being written in."""
    return kinds.sentence(told.kind, told.values)
