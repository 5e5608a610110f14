"""Numbers told in fives, so that nobody can be counted out of them."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=str | tuple[str, str])
BASE = 5


def in_fives(table: Mapping[Key, int]) -> dict[Key, int]:
    """Each number as the multiple of five just below or above it, so chosen that they add up to the sum in fives.

    Those nearest to the next five are raised. Two tables that split the same things have the same sum, also in fives.
    What is told is therefore itself a log that would be told so (``in_fives`` changes nothing in it), and in that log
    no number is 1 to 4: whatever is added or subtracted, nobody can conclude that a number is one of these.
    """
    rest = {key: number % BASE for key, number in table.items()}
    told = {key: number - rest[key] for key, number in table.items()}
    raised = (total_in_fives(table) - sum(told.values())) // BASE
    for key in sorted(table, key=lambda key: (-rest[key], key))[:raised]:
        told[key] += BASE
    return told


def total_in_fives(table: Mapping[Key, int]) -> int:
    """The sum, as the nearest multiple of five."""
    return BASE * ((sum(table.values()) + BASE // 2) // BASE)
