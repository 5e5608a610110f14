"""What is settled with the first report, and refused after."""

from typing import ClassVar

from bureau.kernel.errors import Refused


class SinceFixed(Refused):
    """A report of the series is published: it has begun in the month in which it began."""

    code: ClassVar[str] = "report_since_fixed"


class PlanFixed(Refused):
    """A report of the year is published: what may be public of the year is settled."""

    code: ClassVar[str] = "report_plan_fixed"
