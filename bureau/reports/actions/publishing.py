"""Publishing a month: its figures, their protection, the attack, and then once and for all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import db, transaction
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.plan_text import plan_to_json
from bureau.reports.domain.series import LEAST_ANSWERS, ReportPublished, ReportUnsafe, ensure_can_be_published
from bureau.reports.models import Indicator, MonthReport, NotedFigure, ReportPlan, ReportSeries
from bureau.reports.protecting.child import protect_in_child
from bureau.reports.protecting.task import Outcome, Task

from .settings import begin_series

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published: how many cells, of which so many are protected; which planned tables had to go."""

    cells: int
    protected: int
    salt: int
    given_up: tuple[str, ...]


def publish_report(
    bureau: str, month: str, *, actor: str, now: datetime, on_progress: OnProgress | None = None
) -> Published:
    """Publish the month's report for good (MonthNotClosed, MonthsMissing, ReportPublished, ReportUnsafe).

    The first report of a bureau begins its series. Protection and attack take seconds and hold no lock; of two who
    publish the same month, the one who is done first does, the other is told.
    """
    wanted = Month.parse(month)
    place = places.get_bureau(bureau)
    if queries.get_series(place.id) is None:
        begin_series(bureau, month, actor=actor, now=now)
    task = _task(bureau, wanted, now)
    outcome = protect_in_child(task, on_progress or (lambda _done, _of: None))
    if outcome.release is None:
        _write_down(bureau, month, outcome, actor, now)
        raise ReportUnsafe(month=month, number=len(outcome.found) + outcome.unproven)
    return _freeze(bureau, month, task, outcome, actor, now)


def _task(bureau: str, month: Month, now: datetime) -> Task:
    place = places.get_bureau(bureau)
    series = db.session.get_one(ReportSeries, place.id)
    if str(month) in queries.published_months(place.id):
        raise ReportPublished(month=str(month))
    ensure_can_be_published(queries.ready_of(series, month, place.languages), str(month))
    return Task(
        month=str(month), since=series.since, plan=queries.plan_of(series, month.year),
        dimensions=queries.dimensions_of(place.id, month.year, place.languages),
        records=tuple(queries.records_of(place.id, _months(Month.parse(series.since), month), now=now)),
        earlier=queries.earlier_releases(place.id, str(month)), secret=series.secret,
    )  # fmt: skip


def _months(first: Month, last: Month) -> list[Month]:
    found, each = list[Month](), first
    while each <= last:
        found.append(each)
        each = each.shifted(1)
    return found


def _freeze(bureau: str, month: str, task: Task, outcome: Outcome, actor: str, now: datetime) -> Published:
    if outcome.release is None:
        raise ReportUnsafe(month=month, number=0)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        published = queries.published_months(place.id)
        if month in published:
            raise ReportPublished(month=month)
        if len(published) != len(task.earlier):  # another month came between: what was attacked is not what is public
            raise ReportUnsafe(month=month, number=0)
        _fix_plan(place.id, task)
        row = queries.find_report(place.id, month) or MonthReport(bureau_id=place.id, month=month)
        row.state, row.published_at, row.publish_at = "published", now, None
        row.release, row.frame = outcome.release.to_json(), _frame(bureau, month, now)
        row.private = {
            "salt": outcome.salt, "given_up": list(outcome.given_up), "protected": outcome.protected,
            "witnesses": list(outcome.witnesses),
        }  # fmt: skip
        session.add(row)
        told = {"cells": len(outcome.release.cells), "protected": outcome.protected, "salt": outcome.salt}
        audit.record("report.published", f"report:{bureau}/{month}", actor=actor, now=now, after=told)
    return Published(
        cells=len(outcome.release.cells), protected=outcome.protected, salt=outcome.salt, given_up=outcome.given_up
    )  # fmt: skip


def _fix_plan(bureau_id: int, task: Task) -> None:
    """The plan of the year is what its first report was published by; what had to go in a month may come in the next."""
    if db.session.get(ReportPlan, (bureau_id, task.plan.year)) is None:
        db.session.add(ReportPlan(bureau_id=bureau_id, year=task.plan.year, plan=plan_to_json(task.plan)))


def _frame(bureau: str, month: str, now: datetime) -> dict[str, Any]:
    """What stands around the numbers, as it is today."""
    place = places.get_bureau(bureau)
    indicators = db.session.scalars(select(Indicator).where(Indicator.bureau_id == place.id).order_by(Indicator.code))
    return {
        "bureau": place.code, "name": place.name.as_json(), "city": place.city.as_json(),
        "languages": list(place.languages), "published_on": local_date(now, place.timezone).isoformat(),
        "noted": _noted(place.id, month),
        "indicators": [
            {
                "code": one.code, "donor": one.donor, "name": one.name.as_json(),
                "at": list(Coordinates(month, **{name: str(code) for name, code in one.at.items()})),
            }
            for one in indicators
        ],
    }  # fmt: skip


def _noted(bureau_id: int, month: str) -> list[dict[str, Any]]:
    """Numbers written down by hand; feedback only where enough people gave any."""
    rows = db.session.scalars(select(NotedFigure).where(NotedFigure.bureau_id == bureau_id, NotedFigure.month == month))
    numbers = {one.code: one.number for one in rows}
    found: list[dict[str, Any]] = [
        {"code": code, "number": numbers[code], "of": None} for code in ("events", "media") if code in numbers
    ]
    answers = numbers.get("feedback", 0)
    if answers >= LEAST_ANSWERS:
        found.append({"code": "satisfied", "number": numbers.get("satisfied", 0), "of": answers})
    return found


def _write_down(bureau: str, month: str, outcome: Outcome, actor: str, now: datetime) -> None:
    """That it was tried, and what kind of thing was found; no numbers."""
    kinds = sorted({one.kind for one in outcome.found})
    with transaction():
        audit.record("report.unsafe", f"report:{bureau}/{month}", actor=actor, now=now, after={"kinds": kinds})
