"""How a bureau reports, and what may be public of a year: chosen, or settled with the year's first report."""

import json
import zlib
from dataclasses import dataclass
from typing import cast

from bureau.kernel.database import db
from bureau.kernel.rows import MARKS
from bureau.reports.domain.plan import Method, Plan, default_plan
from bureau.reports.domain.plan_text import plan_from_json
from bureau.reports.models import ReportPlan, ReportSeries

from .reports import published_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The plan of a year beside the usual one; ``fixed`` once a report of the year is published."""

    plan: Plan
    usual: Plan
    fixed: bool
    version: int

    @property
    def chosen(self) -> frozenset[str]:
        """The tables of it."""
        return frozenset(table.id for table in self.plan.tables)


def planned(series: ReportSeries, year: int) -> Planned:
    """What may be public of the year."""
    row = db.session.get(ReportPlan, (series.bureau_id, year))
    usual = default_plan(year, method_of(series))
    fixed = any(month.startswith(f"{year}-") for month in published_months(series.bureau_id))
    return Planned(
        plan=plan_from_json(row.plan) if row else usual, usual=usual, fixed=fixed,
        version=zlib.crc32(json.dumps(row.plan, sort_keys=True).encode()) % MARKS if row else 0,
    )  # fmt: skip


def method_of(series: ReportSeries) -> Method:
    """In which way the series is protected; its column takes nothing else."""
    return cast("Method", series.method)
