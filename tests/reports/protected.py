"""Protection and attack, in the process beside the tests."""

from collections.abc import Sequence

from bureau.reports.disclosure import rounding, suppression
from bureau.reports.disclosure.suppression import Suppressed
from bureau.reports.domain.plan import Plan
from bureau.reports.domain.release import Release, Sheet
from bureau.reports.domain.tabulating import Record
from tests.beside import beside


def rounded(sheet: Sheet, earlier: Sequence[Release], *, secret: bytes, salt: int = 0) -> Release:
    """The sheet, rounded to fives."""
    return beside(rounding.rounded, sheet, earlier, secret=secret, salt=salt)


def suppressed(sheet: Sheet, earlier: Sequence[Release], records: Sequence[Record], plan: Plan) -> Suppressed:
    """The sheet with what must be hidden hidden."""
    return beside(suppression.suppressed, sheet, earlier, records, plan)
