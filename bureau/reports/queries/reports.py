"""Series, plans and reports."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.document import Indicator, NotedFigure, Report, Withdrawal, Words
from bureau.reports.domain.plan import Plan, default_plan
from bureau.reports.domain.plan_text import plan_from_json
from bureau.reports.domain.release import Release
from bureau.reports.domain.series import Ready, missing_words, months_before
from bureau.reports.models import MonthReport, ReportPlan, ReportSeries
from bureau.servicelog.queries.months import is_closed, signed_off

TEXTS = ("summary", "story", "lessons")


def get_series(bureau_id: int) -> ReportSeries | None:
    """How the bureau reports, if it does yet."""
    return db.session.get(ReportSeries, bureau_id)


def plan_of(series: ReportSeries, year: int) -> Plan:
    """What may be public of a year: as it was fixed, else the usual plan."""
    row = db.session.get(ReportPlan, (series.bureau_id, year))
    return plan_from_json(row.plan) if row else default_plan(year, _method(series))


def _method(series: ReportSeries) -> Any:
    return series.method


def find_report(bureau_id: int, month: str) -> MonthReport | None:
    """The report of a month in whatever state, if it was begun."""
    return db.session.scalar(select(MonthReport).where(MonthReport.bureau_id == bureau_id, MonthReport.month == month))


def published_months(bureau_id: int) -> tuple[str, ...]:
    """The months whose numbers are public, withdrawn ones too: what was read cannot be unread."""
    numbers = MonthReport.published_at.is_not(None)
    return tuple(
        db.session.scalars(
            select(MonthReport.month).where(MonthReport.bureau_id == bureau_id, numbers).order_by(MonthReport.month)
        )
    )


def earlier_releases(bureau_id: int, month: str, *, since: str = "") -> tuple[Release, ...]:
    """All numbers that are public already, but for this month's, in the order of their publication."""
    others = (MonthReport.month != month, MonthReport.month >= since)
    statement = select(MonthReport.release).where(
        MonthReport.bureau_id == bureau_id, MonthReport.published_at.is_not(None), *others
    )
    documents = [document for document in db.session.scalars(statement) if document]
    return tuple(sorted(map(Release.from_json, documents), key=lambda one: one.order))


def ready_of(series: ReportSeries, month: Month, languages: Sequence[str]) -> Ready:
    """What the month's report still waits for."""
    here = series.bureau_id
    signed = signed_off(here, month)
    row = find_report(here, str(month))
    texts = [getattr(row, name) for name in TEXTS] if row else [LocalisedText()]
    return Ready(
        closed=is_closed(here, month),
        unsigned=tuple(one.code for one in places.partners(here) if one.id not in signed),
        missing_words=missing_words(texts, languages),
        months_before=months_before(month, Month.parse(series.since), published_months(here)),
    )


def report_of(bureau_id: int, month: str, known: Sequence[Release] | None = None) -> Report | None:
    """The published report of a month as one document, withdrawn ones with their note; None where there is none.

    ``known`` are all releases of the bureau, where somebody has read them already.
    """
    row = find_report(bureau_id, month)
    if row is None or row.release is None or row.frame is None:
        return None
    releases = known if known is not None else (*earlier_releases(bureau_id, month), Release.from_json(row.release))
    release = next(one for one in releases if one.id == month)
    return report_in(month, row.frame, release, releases, row)


def report_in(
    month: str, frame: Mapping[str, Any], release: Release, releases: Sequence[Release], row: MonthReport | None
) -> Report:
    """The document of these numbers in that frame, with the words of ``row``; ``releases`` may hold more than belongs to it."""
    year_before = str(Month.parse(month).shifted(-12))
    gone = row and row.withdrawn_on and Withdrawal(on=row.withdrawn_on, note=row.withdrawal)
    return Report(
        bureau=frame["bureau"], name=LocalisedText.from_json(frame["name"]),
        city=LocalisedText.from_json(frame["city"]), languages=tuple(frame["languages"]), month=month,
        published_on=date.fromisoformat(frame["published_on"]), release=release,
        earlier=tuple(one for one in releases if year_before <= one.id < month),
        words=Words(summary=row.summary, story=row.story, lessons=row.lessons) if row else Words(),
        noted=tuple(NotedFigure(**one) for one in frame["noted"]),
        indicators=tuple(
            Indicator(
                code=one["code"], donor=one["donor"], name=LocalisedText.from_json(one["name"]),
                at=Coordinates(*one["at"]),
            )
            for one in frame["indicators"]
        ),
        text_version=row.text_version if row else 1, withdrawn=gone or None,
    )  # fmt: skip
