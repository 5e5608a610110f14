"""How a bureau reports: protected in which way, since when, and by which tables in a year."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid, NotFound, Stale
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.plan import Method, default_plan
from bureau.reports.domain.plan_text import plan_to_json
from bureau.reports.domain.planning import PlanFixed, SinceFixed
from bureau.reports.domain.series import METHODS, SeriesBegun
from bureau.reports.models import ReportPlan, ReportSeries
from bureau.reports.queries.settings import method_of, planned

USUAL: Method = "rounding"


def begin_series(bureau: str, since: str, *, actor: str, now: datetime, method: Method = USUAL) -> None:
    """Let the bureau report from that month on, and make its secret; one that reports already goes on as it did."""
    Month.parse(since)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        if session.get(ReportSeries, place.id) is None:
            _begin(bureau, place.id, since, method, actor, now)


def _begin(bureau: str, bureau_id: int, since: str, method: str, actor: str, now: datetime) -> None:
    row = ReportSeries(bureau_id=bureau_id, method=method, since=since, secret=secrets.token_bytes(32))
    db.session.add(row)
    told = {"method": method, "since": since}
    audit.record("report.series_begun", f"report:{bureau}", actor=actor, now=now, after=told)


def report_so(bureau: str, method: str, since: str, *, version: int, actor: str, now: datetime) -> None:
    """Protect so, and since that month; begins the series where there is none (SeriesBegun, SinceFixed, Stale)."""
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = session.get(ReportSeries, place.id)
        if method not in METHODS:
            raise Invalid(field="method", reason="choice")
        if Month.parse(since) > Month.of(local_date(now, place.timezone)):
            raise Invalid(field="since", reason="choice")
        if row is None:
            if version:
                raise Stale
            _begin(bureau, place.id, since, method, actor, now)
            return
        row.expect(version)
        if since != row.since:
            _change_since(bureau, row, since, actor, now)
        _change_method(bureau, row, method, actor, now)


def choose_method(bureau: str, method: Method, *, actor: str, now: datetime) -> None:
    """Protect otherwise from the next year on that has no report yet; refuses (SeriesBegun) while this one has."""
    with transaction() as session:
        place = places.hold_bureau(bureau)
        _change_method(bureau, session.get_one(ReportSeries, place.id), method, actor, now)


def _change_since(bureau: str, row: ReportSeries, since: str, actor: str, now: datetime) -> None:
    if queries.published_months(row.bureau_id):
        raise SinceFixed
    before, row.since = {"since": row.since}, since
    audit.record("report.since_chosen", f"report:{bureau}", actor=actor, now=now, before=before, after={"since": since})


def _change_method(bureau: str, row: ReportSeries, method: str, actor: str, now: datetime) -> None:
    """Years whose tables were chosen and that have no report yet begin anew: other ways of protecting have other tables."""
    if row.method == method:
        return
    published = queries.published_months(row.bureau_id)
    timezone = places.get_bureau(bureau).timezone
    if any(month >= str(local_date(now, timezone).year) for month in published):
        raise SeriesBegun
    fixed = {int(month[:4]) for month in published}
    db.session.execute(
        delete(ReportPlan).where(ReportPlan.bureau_id == row.bureau_id, ReportPlan.year.not_in(fixed))
    )  # fmt: skip
    audit.record(
        "report.method_chosen", f"report:{bureau}", actor=actor, now=now,
        before={"method": row.method}, after={"method": method},
    )  # fmt: skip
    row.method = method


def choose_tables(bureau: str, year: int, tables: Collection[str], *, version: int, actor: str, now: datetime) -> None:
    """Let these of the usual tables be public in the year, and no others; refuses (PlanFixed) once it has a report."""
    with transaction():
        place = places.hold_bureau(bureau)
        series = queries.get_series(place.id)
        if series is None:
            raise NotFound
        now_so = planned(series, year)
        if now_so.fixed:
            raise PlanFixed(year=year)
        if now_so.version != version:
            raise Stale
        usual = default_plan(year, method_of(series))
        kept = tuple(one for one in usual.tables if one.id in tables)
        if not kept:
            raise Invalid(field="tables", reason="required")
        row = db.session.get(ReportPlan, (place.id, year)) or ReportPlan(bureau_id=place.id, year=year)
        row.plan = plan_to_json(replace(usual, tables=kept))
        db.session.add(row)
        left_out = [one.id for one in usual.tables if one not in kept]
        audit.record(
            "report.tables_chosen", f"report:{bureau}/{year}", actor=actor, now=now, after={"left_out": left_out}
        )
