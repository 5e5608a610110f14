"""Months, quarters and years as codes: ``2026-01`` → ``2026-Q1`` → ``2026``."""

from functools import cache
from typing import Literal

Frequency = Literal["month", "quarter", "year"]
FREQUENCIES: tuple[Frequency, ...] = ("month", "quarter", "year")


def frequency_of(period: str) -> Frequency:
    """What kind of period a code is."""
    if "-" not in period:
        return "year"
    return "quarter" if "Q" in period else "month"


def parent_of(period: str) -> str | None:
    """The quarter of a month, the year of a quarter, nothing of a year."""
    year, _, rest = period.partition("-")
    if not rest:
        return None
    return year if rest.startswith("Q") else f"{year}-Q{(int(rest) + 2) // 3}"


@cache
def children_of(period: str) -> tuple[str, ...]:
    """The months of a quarter, the quarters of a year, nothing of a month."""
    year, _, rest = period.partition("-")
    if not rest:
        return tuple(f"{year}-Q{number}" for number in (1, 2, 3, 4))
    if not rest.startswith("Q"):
        return ()
    return tuple(f"{year}-{int(rest[1]) * 3 - before:02d}" for before in (2, 1, 0))


@cache
def months_of(period: str) -> tuple[str, ...]:
    """All months in it; a month is its own."""
    return tuple(month for child in children_of(period) for month in months_of(child)) or (period,)


def ending_with(month: str) -> tuple[str, ...]:
    """The periods that are complete with this month: itself, its quarter in the third month, its year in December."""
    found = [month]
    while (parent := parent_of(found[-1])) and months_of(parent)[-1] == month:
        found.append(parent)
    return tuple(found)
