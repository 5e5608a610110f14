"""A published report taken back; no number ever moves."""

from collections.abc import Mapping
from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import transaction
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reports import queries
from bureau.reports.domain.series import ReportNotPublished


def withdraw_report(
    bureau: str, month: str, note: Mapping[str, str], *, version: int, actor: str, now: datetime
) -> None:
    """Take a published report back, with a public note of why; it stays listed (ReportNotPublished)."""
    with transaction():
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is None or row.state != "published":
            raise ReportNotPublished(month=month)
        row.expect(version)
        for text in note.values():
            ensure_no_resident(text, bureau, field="note", now=now)
        row.state, row.withdrawn_on = "withdrawn", local_date(now, place.timezone)
        row.withdrawal = row.withdrawal.edited(note, source=place.languages[0])
        audit.record("report.withdrawn", f"report:{bureau}/{month}", actor=actor, now=now)
