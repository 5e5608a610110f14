"""What a bureau may want covered."""

from typing import ClassVar

from bureau.kernel.errors import Invalid, Refused

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
