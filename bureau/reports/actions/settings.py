"""How a bureau reports."""

import secrets
from datetime import datetime

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.database import db, transaction
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.plan import Method
from bureau.reports.domain.series import SeriesBegun
from bureau.reports.models import ReportPlan, ReportSeries

USUAL: Method = "rounding"


def begin_series(bureau: str, since: str, *, actor: str, now: datetime, method: Method = USUAL) -> None:
    """Let the bureau report from that month on, and make its secret; one that reports already goes on as it did."""
    Month.parse(since)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        if session.get(ReportSeries, place.id) is None:
            row = ReportSeries(bureau_id=place.id, method=method, since=since, secret=secrets.token_bytes(32))
            session.add(row)
            told = {"method": method, "since": since}
            audit.record("report.series_begun", f"report:{bureau}", actor=actor, now=now, after=told)


def choose_method(bureau: str, method: Method, *, actor: str, now: datetime) -> None:
    """Protect otherwise from the next year on that has no report yet; refuses (SeriesBegun) while this one has."""
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = session.get_one(ReportSeries, place.id)
        if row.method == method:
            return
        if db.session.scalar(
            select(ReportPlan.year).where(ReportPlan.bureau_id == place.id, ReportPlan.year >= now.year)
        ):
            raise SeriesBegun
        audit.record(
            "report.method_chosen", f"report:{bureau}", actor=actor, now=now,
            before={"method": row.method}, after={"method": method},
        )  # fmt: skip
        row.method = method
