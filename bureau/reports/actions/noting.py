"""Numbers of a month that nobody logs: written down until the month is published."""

from collections.abc import Mapping
from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid, Stale
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.series import NOTED, ReportPublished
from bureau.reports.models import NotedFigure
from bureau.reports.queries.noted import noted_in


def note_figures(
    bureau: str, month: str, numbers: Mapping[str, int | None], *, version: int, actor: str, now: datetime
) -> None:
    """Write the month's numbers down; None says nothing of a thing. Refuses once the month is published (ReportPublished)."""
    Month.parse(month)
    answers, content = numbers.get("feedback") or 0, numbers.get("satisfied")
    if content is not None and content > answers:
        raise Invalid(field="satisfied", reason="number", low=0, high=answers)
    with transaction():
        place = places.hold_bureau(bureau)
        if month in queries.published_months(place.id):
            raise ReportPublished(month=month)
        found = noted_in(place.id, month)
        if found.version != version:
            raise Stale
        for code in NOTED:
            _write(place.id, month, found.rows.get(code), code, numbers.get(code))
        told = [code for code in NOTED if numbers.get(code) is not None]
        audit.record("report.noted", f"report:{bureau}/{month}", actor=actor, now=now, after={"what": told})


def _write(bureau_id: int, month: str, row: NotedFigure | None, code: str, number: int | None) -> None:
    if row is None and number is not None:
        db.session.add(NotedFigure(bureau_id=bureau_id, month=month, code=code, number=number))
    elif row is not None and number is None:
        db.session.delete(row)
    elif row is not None and number is not None:
        row.number = number
