"""Publishing later: at a stated moment, or as soon as nothing is left to do."""

from datetime import date, datetime, time

from bureau.kernel import audit
from bureau.kernel.database import transaction
from bureau.kernel.errors import Invalid, NotFound, Refused
from bureau.kernel.localtime import instant, is_real
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.preparing import ReportNotPrepared, ReportNotReady, ReportTimeOver
from bureau.reports.domain.series import ReportPublished
from bureau.reports.models import MonthReport, ReportSeries

from .preparing import prepare_report
from .publishing import publish_prepared
from .reminding import SCHEDULER, tell_not_published


def schedule_report(bureau: str, month: str, day: date, wall: time, *, actor: str, now: datetime) -> None:
    """Publish the prepared report when clocks at the bureau show that hour (ReportPublished, ReportNotPrepared,
    ReportTimeOver; Invalid for an hour that clocks leave out in spring).
    """
    with transaction() as session:
        place = places.hold_bureau(bureau)
        if not is_real(day, wall, place.timezone):
            raise Invalid(field="at", reason="left_out")
        at = instant(day, wall, place.timezone)
        if at <= now:
            raise ReportTimeOver(field="at")
        if month in queries.published_months(place.id):
            raise ReportPublished(month=month)
        if queries.outcome_of(place.id, month) is None:
            raise ReportNotPrepared(month=month)
        row = queries.find_report(place.id, month) or MonthReport(bureau_id=place.id, month=month)
        row.publish_at = at
        session.add(row)
        audit.record("report.scheduled", f"report:{bureau}/{month}", actor=actor, now=now, after={"at": at.isoformat()})


def unschedule_report(bureau: str, month: str, *, actor: str, now: datetime) -> None:
    """Publish it when somebody presses, as without a schedule; twice is once."""
    with transaction():
        place = places.hold_bureau(bureau)
        row = queries.find_report(place.id, month)
        if row is not None and row.publish_at is not None:
            row.publish_at = None
            audit.record("report.unscheduled", f"report:{bureau}/{month}", actor=actor, now=now)


def publish_when_green(bureau: str, *, itself: bool, actor: str, now: datetime) -> None:
    """Whether the bureau's reports are published by themselves once nothing is left to do (NotFound before the first)."""
    with transaction() as session:
        place = places.hold_bureau(bureau)
        row = session.get(ReportSeries, place.id)
        if row is None:
            raise NotFound
        if row.publishes_itself != itself:
            row.publishes_itself = itself
            audit.record("report.by_itself", f"report:{bureau}", actor=actor, now=now, after={"itself": itself})


def publish_due(*, now: datetime) -> list[str]:
    """Publish every report whose moment has come, if it is still green; else the managers are told. What was done."""
    return [_publish_due(bureau, month, now=now) for bureau, month in queries.reports_due(now=now)]


def _publish_due(bureau: str, month: str, *, now: datetime) -> str:
    try:
        _ensure_green(bureau, month, now=now)
        publish_prepared(bureau, month, seen=None, actor=SCHEDULER, now=now)
    except Refused as why:
        tell_not_published(bureau, month, why, now=now)
        return f"{bureau} {month} not published: {why.code}"
    return f"{bureau} {month} published"


def _ensure_green(bureau: str, month: str, *, now: datetime) -> None:
    standing = queries.standing_of(bureau, month, now=now)
    if standing.state not in ("prepared", "scheduled", "changed"):
        raise ReportNotPrepared(month=month)
    if standing.missing_words:
        raise ReportNotReady(month=month)


def publish_by_themselves(*, now: datetime) -> list[str]:
    """Prepare and publish what nobody needs to look at any more, where the bureau wishes so. What was done."""
    return [_by_itself(bureau, month, step, now=now) for bureau, month, step in queries.by_themselves(now=now)]


def _by_itself(bureau: str, month: str, step: str, *, now: datetime) -> str:
    try:
        if step == "prepare":
            prepare_report(bureau, month, actor=SCHEDULER, now=now)
            return f"{bureau} {month} is being prepared"
        publish_prepared(bureau, month, seen=None, actor=SCHEDULER, now=now)
    except Refused as why:  # somebody was quicker; other bureaux are not kept waiting by it
        return f"{bureau} {month} not now: {why.code}"
    return f"{bureau} {month} published"
