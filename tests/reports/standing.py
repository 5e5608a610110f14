"""Reports that stand in the database without the seconds that protecting them takes."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau
from bureau.reports.models import MonthReport, ReportPreparation
from bureau.reports.queries.frames import frame_of
from tests.factories.organisations import a_bureau
from tests.factories.reports import a_report

LAST = str(Month.of(local_date(utcnow(), "Europe/Sofia")).shifted(-1))
"""The month before this one."""
THEN = datetime(2026, 2, 3, 9, tzinfo=UTC)


def a_published_report(app: Flask, month: str = LAST, *, bureau: Bureau | None = None, **columns: Any) -> MonthReport:
    """A published report with made numbers."""
    place = bureau or a_bureau()
    row = MonthReport(
        bureau_id=place.id, month=month, state="published", published_at=THEN, release=_numbers(app, month),
        frame=frame_of(place.code, month, on=THEN.date()), **columns,
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row


def a_prepared_report(app: Flask, month: str = LAST) -> ReportPreparation:
    """The same, prepared and not yet published."""
    row = ReportPreparation(
        bureau_id=a_bureau().id, month=month, state="ready", mark="made", started_by="test", started_at=THEN, heard_at=THEN,
        finished_at=THEN, outcome={"release": _numbers(app, month), "protected": 1, "salt": 0, "given_up": []},
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row


def _numbers(app: Flask, month: str) -> dict[str, Any]:
    return a_report(app, month, months=1).release.to_json()
