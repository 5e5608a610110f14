"""What reports are made from, and those that were published."""

from .deeds import deeds_of
from .figures import dimensions_of, records_of
from .frames import frame_of
from .preparing import (
    find_preparation,
    how_protected,
    is_current,
    outcome_of,
    preparation_row,
    preparations_of,
    prepared_report,
    silent_preparations,
)
from .public import public_reports, report_marks
from .reports import (
    TEXTS,
    earlier_releases,
    find_report,
    get_series,
    plan_of,
    published_months,
    ready_of,
    report_in,
    report_of,
)
from .standings import (
    by_themselves,
    find_words,
    reminders_due,
    reports_due,
    standing_of,
    standings,
    unsigned_of,
)
from .tasks import code_of, ensure_can_be_prepared, ensure_closed, figures_of, mark_now, mark_of, task_of

__all__ = [
    "TEXTS",
    "by_themselves",
    "code_of",
    "deeds_of",
    "dimensions_of",
    "earlier_releases",
    "ensure_can_be_prepared",
    "ensure_closed",
    "figures_of",
    "find_preparation",
    "find_report",
    "find_words",
    "frame_of",
    "get_series",
    "how_protected",
    "is_current",
    "mark_now",
    "mark_of",
    "outcome_of",
    "plan_of",
    "preparation_row",
    "preparations_of",
    "prepared_report",
    "public_reports",
    "published_months",
    "ready_of",
    "records_of",
    "reminders_due",
    "report_in",
    "report_marks",
    "report_of",
    "reports_due",
    "silent_preparations",
    "standing_of",
    "standings",
    "task_of",
    "unsigned_of",
]
