"""After publication: better words, or a report taken back; no number ever moves."""

from collections.abc import Mapping
from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import transaction
from bureau.kernel.privacy import ensure_nobody_named
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.series import ReportNotPublished
from bureau.reports.models import MonthReport


def correct_words(
    bureau: str, month: str, texts: Mapping[str, Mapping[str, str]], *, version: int, actor: str, now: datetime
) -> None:
    """Write `summary`, `story` or `lessons`, each by language; of a published report the version of its text rises."""
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is None:
            row = MonthReport(bureau_id=place.id, month=month)
            session.add(row)
        else:
            row.expect(version)
        today = local_date(now, place.timezone)
        for name, words in texts.items():
            for text in words.values():
                ensure_nobody_named(text, field=name, today=today)
            setattr(row, name, getattr(row, name).edited(words, source=place.languages[0]))
        if row.state == "published":
            row.text_version += 1
        audit.record("report.reworded", f"report:{bureau}/{month}", actor=actor, now=now)


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
        today = local_date(now, place.timezone)
        for text in note.values():
            ensure_nobody_named(text, field="note", today=today)
        row.state, row.withdrawn_on = "withdrawn", today
        row.withdrawal = row.withdrawal.edited(note, source=place.languages[0])
        audit.record("report.withdrawn", f"report:{bureau}/{month}", actor=actor, now=now)
