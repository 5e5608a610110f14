"""Numbers that donors ask for by codes of their own: which cells of a report they may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from bureau.kernel.errors import Refused

from .cells import TOTAL
from .dimensions import Dimension
from .plan import ATTENDANCES, CONSULTATIONS, HELD, REFERRALS, UNMET, Plan


class IndicatorUnplanned(Refused):
    """No table of the year has this number, so that it is never public."""

    code: ClassVar[str] = "report_indicator_unplanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualIndicator:
    """One to begin with; its code is an example of how a programme of the Union numbers them."""

    code: str
    donor: str
    measure: str


USUAL = (
    UsualIndicator(code="O.2.3", donor="AMIF", measure=CONSULTATIONS),
    UsualIndicator(code="O.2.3.1", donor="AMIF", measure=ATTENDANCES),
    UsualIndicator(code="O.2.3.2", donor="AMIF", measure=REFERRALS),
    UsualIndicator(code="N.1", donor="AMIF", measure=UNMET),
    UsualIndicator(code="S.1", donor="AMIF", measure=HELD),
)
"""What most donors ask for, one for each thing that is counted. Theirs to change: no rule knows these codes."""


def told_monthly(plan: Plan) -> dict[str, set[str]]:
    """For each measure, the dimensions by which a month's report tells it."""
    found: dict[str, set[str]] = {}
    for table in plan.tables:
        if "month" in table.frequencies:
            found.setdefault(table.measure, set()).update(table.dimensions)
    return found


def ensure_told(plan: Plan, dimensions: Mapping[str, Dimension], measure: str, part: str) -> dict[str, str]:
    """The codes of the cell for ``part`` (``LANGUAGE=ar``, or nothing for all), as they are kept with an indicator.

    Refuses (IndicatorUnplanned) what is in no table of the month.
    """
    told = told_monthly(plan)
    name, _, code = part.partition("=")
    known = name in dimensions and code in dimensions[name].parents
    if measure not in told or (part and (name not in told[measure] or not known)):
        raise IndicatorUnplanned(field="part")
    return {"measure": measure, **({name.lower(): code} if part else {})}


def part_of(at: Mapping[str, str]) -> str:
    """The other way round: ``LANGUAGE=ar``, or nothing where all are meant."""
    return next((f"{name.upper()}={code}" for name, code in at.items() if name != "measure" and code != TOTAL), "")


def parts_told(plan: Plan, dimensions: Mapping[str, Dimension]) -> Iterable[tuple[str, list[str]]]:
    """Each dimension that any measure is told by in a month, with its codes but for the total."""
    told = set[str]().union(*told_monthly(plan).values())
    for name, dimension in dimensions.items():
        if name in told:
            yield name, [one.code for one in dimension.codes if one.code != TOTAL]
