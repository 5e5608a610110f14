"""By when a month that is not published yet is usually there."""

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median_high

from bureau.kernel.clock import local_date
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument

LOOKED_BACK = 6
"""So many months tell what is usual."""


def usually_published(programmes: Mapping[Month, ProgrammeDocument], wanted: Month, today: date) -> date | None:
    """The day by which ``wanted`` will be there, if it comes as early as half of the months before it; None once past."""
    before = sorted(month for month in programmes if month < wanted)[-LOOKED_BACK:]
    if not before:
        return None
    lead = median_high(sorted(_lead(programmes[month]) for month in before))
    expected = wanted.first - timedelta(days=lead)
    return expected if expected > today else None


def _lead(document: ProgrammeDocument) -> int:
    """How many days before its first day the month was published."""
    return (document.month.first - local_date(document.first_published_at, document.bureau.timezone)).days
