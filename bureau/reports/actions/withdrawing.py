"""After publication: better words, or a report taken back; no number ever moves."""

from collections.abc import Mapping
from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import transaction
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reports import queries
from bureau.reports.domain.series import ReportNotPublished
from bureau.reports.models import MonthReport
from bureau.reports.site.words import drafts_of

Texts = Mapping[str, Mapping[str, str]]


def correct_words(bureau: str, month: str, texts: Texts, *, version: int, actor: str, now: datetime) -> None:
    """Write `summary`, `story` or `lessons`, each by language; of a published report the version of its text rises."""
    for name, words in texts.items():
        for text in words.values():
            ensure_no_resident(text, bureau, field=name, now=now)
    _write(bureau, month, texts, version=version, actor=actor, now=now)


def _write(bureau: str, month: str, texts: Texts, *, version: int, actor: str, now: datetime) -> None:
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is None:
            row = MonthReport(bureau_id=place.id, month=month)
            session.add(row)
        else:
            row.expect(version)
        for name, words in texts.items():
            setattr(row, name, getattr(row, name).edited(words, source=place.languages[0]))
        if row.state == "published":
            row.text_version += 1
        audit.record("report.reworded", f"report:{bureau}/{month}", actor=actor, now=now)


def draft_words(bureau: str, month: str, *, actor: str, now: datetime) -> tuple[str, ...]:
    """Write from its numbers what a published report says, in each language that says nothing yet; which ones."""
    place = places.get_bureau(bureau)
    report, row = queries.report_of(place.id, month), queries.find_report(place.id, month)
    if report is None or row is None:
        raise ReportNotPublished(month=month)
    drafts, texts = drafts_of(report), dict[str, dict[str, str]]()
    for name in queries.TEXTS:
        had = getattr(report.words, name)
        texts[name] = {tag: words for tag, words in getattr(drafts, name).texts.items() if not had.texts.get(tag)}
    _write(bureau, month, texts, version=row.version, actor=actor, now=now)
    return tuple(tag for tag in report.languages if any(tag in words for words in texts.values()))


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
