"""Publishing a month: what was protected and attacked is frozen, once and for all."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import db, transaction
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.document import Report
from bureau.reports.domain.plan import Plan
from bureau.reports.domain.plan_text import plan_to_json
from bureau.reports.domain.preparing import ReportChanged, ReportNotPrepared
from bureau.reports.domain.said_numbers import NumberNotShown
from bureau.reports.domain.series import ReportPublished, ReportUnsafe
from bureau.reports.models import MonthReport, ReportPlan, ReportPreparation
from bureau.reports.protecting.child import protect_in_child
from bureau.reports.protecting.task import Outcome, Task
from bureau.reports.site.numbers import strange_in_words

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
    """Prepare the month's report and publish it for good (MonthNotClosed, MonthsMissing, ReportPublished, ReportUnsafe).

    The first report of a bureau begins its series. Protection and attack take seconds and hold no lock; of two who
    publish the same month, the one who is done first does, the other is told.
    """
    wanted = Month.parse(month)
    place = places.get_bureau(bureau)
    if queries.get_series(place.id) is None:
        begin_series(bureau, month, actor=actor, now=now)
    task = queries.task_of(bureau, wanted, now=now)
    outcome = protect_in_child(task, on_progress or (lambda _done, _of: None))
    if outcome.release is None:
        _write_down(bureau, month, outcome, actor, now)
        raise ReportUnsafe(month=month, number=len(outcome.found) + outcome.unproven)
    with transaction():
        places.hold_bureau(bureau)
        if queries.mark_now(bureau, wanted, now=now) != queries.mark_of(task):
            raise ReportChanged(month=month)
        return _freeze(bureau, task, outcome, actor, now)


def publish_prepared(bureau: str, month: str, *, seen: str | None, actor: str, now: datetime) -> Published:
    """Publish for good what was prepared, and nothing else (ReportPublished, ReportNotPrepared, ReportChanged;
    NumberNotShown where words tell a number that it does not show).

    ``seen`` is the ``mark_of_seen`` of what the person looked at; None where nobody presses.
    """
    with transaction():
        place = places.hold_bureau(bureau)
        if month in queries.published_months(place.id):
            raise ReportPublished(month=month)
        outcome = queries.outcome_of(place.id, month)
        row = queries.preparation_row(place.id, month)
        if outcome is None or row is None:
            raise ReportNotPrepared(month=month)
        task = queries.task_of(bureau, Month.parse(month), now=now)
        if queries.mark_of(task) != row.mark or seen not in (None, mark_of_seen(bureau, month, now=now)):
            raise ReportChanged(month=month)
        return _freeze(bureau, task, outcome, actor, now)


def mark_of_seen(bureau: str, month: str, *, now: datetime) -> str:
    """A fingerprint of the report as it would be published now: its preparation, its words, what stands around it."""
    place = places.get_bureau(bureau)
    prepared, shown = queries.preparation_row(place.id, month), queries.find_report(place.id, month)
    seen = (
        prepared and [prepared.id, prepared.attempt, prepared.mark, prepared.state],
        queries.frame_of(bureau, month, on=local_date(now, place.timezone)),
        [getattr(shown, name).as_json() for name in queries.TEXTS] if shown else [],
    )
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _freeze(bureau: str, task: Task, outcome: Outcome, actor: str, now: datetime) -> Published:
    """Write it down, with the bureau held."""
    if outcome.release is None:
        raise ReportUnsafe(month=task.month, number=0)
    place = places.get_bureau(bureau)
    _fix_plan(place.id, task.plan)
    frame = queries.frame_of(bureau, task.month, on=local_date(now, place.timezone))
    row = queries.find_report(place.id, task.month)
    _ensure_words_say_what_is_shown(queries.report_in(task.month, frame, outcome.release, task.earlier, row))
    row = row or MonthReport(bureau_id=place.id, month=task.month)
    row.state, row.published_at, row.publish_at = "published", now, None
    row.release, row.frame, row.private = outcome.release.to_json(), frame, _private(outcome)
    db.session.add(row)
    db.session.execute(
        delete(ReportPreparation).where(
            ReportPreparation.bureau_id == place.id, ReportPreparation.month == task.month
        )
    )  # fmt: skip
    told = {"cells": len(outcome.release.cells), "protected": outcome.protected, "salt": outcome.salt}
    audit.record("report.published", f"report:{bureau}/{task.month}", actor=actor, now=now, after=told)
    return Published(
        cells=len(outcome.release.cells), protected=outcome.protected, salt=outcome.salt, given_up=outcome.given_up
    )  # fmt: skip


def _ensure_words_say_what_is_shown(report: Report) -> None:
    for one in strange_in_words(report):
        raise NumberNotShown(numbers=", ".join(one.numbers))


def _private(outcome: Outcome) -> dict[str, Any]:
    """How it was protected, and the proof of it."""
    return {name: value for name, value in outcome.to_json().items() if name not in ("release", "found", "unproven")}


def _fix_plan(bureau_id: int, plan: Plan) -> None:
    """The plan of the year is what its first report was published by; what had to go in a month may come in the next."""
    if db.session.get(ReportPlan, (bureau_id, plan.year)) is None:
        db.session.add(ReportPlan(bureau_id=bureau_id, year=plan.year, plan=plan_to_json(plan)))


def _write_down(bureau: str, month: str, outcome: Outcome, actor: str, now: datetime) -> None:
    """That it was tried, and what kind of thing was found; no numbers."""
    with transaction():
        note_unsafe(bureau, month, outcome, actor=actor, now=now)


def note_unsafe(bureau: str, month: str, outcome: Outcome, *, actor: str, now: datetime) -> None:
    """The same within a running transaction."""
    kinds = sorted({one.kind for one in outcome.found})
    audit.record("report.unsafe", f"report:{bureau}/{month}", actor=actor, now=now, after={"kinds": kinds})
