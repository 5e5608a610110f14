"""What a bureau may want covered."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.month import Month

PERIODS = ("block", "day", "week", "month")


class TargetBelowMinimum(Refused):
    """What is wished cannot be less than what is needed."""

    code: ClassVar[str] = "target_below_minimum"


class DemandThere(Refused):
    """The same period, service and language is wanted already."""

    code: ClassVar[str] = "demand_there"


def ensure_demand(per: str, minimum: int, target: int) -> None:
    """A known period, something wanted, the target not below the minimum."""
    if per not in PERIODS:
        raise Invalid(field="per", reason="choice")
    if target < max(1, minimum):
        raise TargetBelowMinimum(field="target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the service log told of some months: how often a service was given in a language and asked for in vain (in
    fives), the minutes of sessions held, and how many sessions that came to.
    """

    first: Month
    last: Month
    helped: int
    vain: int
    minutes_held: int
    proposed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A demand that somebody confirms as proposed, or with another number; ``demand_id`` and ``version`` of the one that
    is there already.
    """

    service: str
    language: str
    per: str
    target: int
    source: Source
    demand_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTold:
    """A source as a page tells it: with what was wanted before, who confirmed it and when."""

    source: Source
    target_before: int | None
    confirmed_by: str | None
    confirmed_at: datetime
