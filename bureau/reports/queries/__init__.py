"""What reports are made from, and those that were published."""

from .figures import dimensions_of, records_of
from .public import public_reports, report_marks
from .reports import TEXTS, earlier_releases, find_report, get_series, plan_of, published_months, ready_of, report_of

__all__ = [
    "TEXTS",
    "dimensions_of",
    "earlier_releases",
    "find_report",
    "get_series",
    "plan_of",
    "public_reports",
    "published_months",
    "ready_of",
    "records_of",
    "report_marks",
    "report_of",
]
