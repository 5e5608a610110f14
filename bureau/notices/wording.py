"""Notices in words."""

from bureau.notices.domain import kinds
from bureau.notices.domain.told import Told


def sentence(told: Told) -> str:
    """What a notice says, in the language that is being written in."""
    return kinds.sentence(told.kind, told.values)


def headline(told: Told) -> str:
    """What it says in a few words, for the subject of a mail of its own; empty for a kind without one."""
    return kinds.headline(told.kind, told.values)
