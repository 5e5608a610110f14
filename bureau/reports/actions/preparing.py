"""Preparing a report: a process of its own protects and attacks the figures, and what comes of it waits to be published."""

import time
from datetime import datetime

from bureau.kernel import audit, outliving
from bureau.kernel.children import start_command
from bureau.kernel.clock import Clock
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Refused
from bureau.kernel.month import Month
from bureau.kernel.outliving import BEAT_SECONDS, TAKEN_OVER, TakenOver, held
from bureau.kernel.rows import add
from bureau.organisations import queries as places
from bureau.reports import queries
from bureau.reports.domain.preparing import MOST_ATTEMPTS, ReportBeingPrepared
from bureau.reports.models import ReportPreparation, ReportSeries
from bureau.reports.protecting.child import ProtectionFailed, protect_in_child
from bureau.reports.protecting.task import Outcome

from .publishing import note_unsafe
from .reminding import SCHEDULER, tell_stuck
from .settings import begin_series


def prepare_report(bureau: str, month: str, *, actor: str, now: datetime) -> int:
    """Let a process of its own prepare the month's report; the preparation's id.

    Refuses what cannot be published (MonthNotClosed, MonthsMissing, ReportPublished), and while another preparation of
    the bureau is at work (ReportBeingPrepared). The first report of a bureau begins its series.
    """
    preparation = begin_preparation(bureau, month, actor=actor, now=now)
    _start_process(preparation, 1)
    return preparation


def begin_preparation(bureau: str, month: str, *, actor: str, now: datetime) -> int:
    """Write down what shall be prepared; ``run_preparation`` does it."""
    wanted = Month.parse(month)
    queries.ensure_closed(bureau, wanted)
    begin_series(bureau, month, actor=actor, now=now)
    with transaction():
        place = places.hold_bureau(bureau)
        _begin_earlier(place.id, month)
        queries.ensure_can_be_prepared(bureau, wanted)
        here = ReportPreparation.bureau_id == place.id
        outliving.ensure_none_runs(ReportPreparation, here, otherwise=ReportBeingPrepared(), now=now)
        row = queries.preparation_row(place.id, month) or ReportPreparation(bureau_id=place.id, month=month)
        row.state, row.attempt, row.done, row.total = "running", 1, 0, 0
        row.mark, row.outcome, row.finished_at = None, None, None
        row.started_by, row.started_at, row.heard_at = actor, now, now
        add(row, otherwise=ReportBeingPrepared())  # the database allows one at a time
        audit.record("report.preparing", f"report:{bureau}/{month}", actor=actor, now=now)
        return row.id


def _begin_earlier(bureau_id: int, month: str) -> None:
    """Let the series begin with an earlier month, while nothing of it is published."""
    series = db.session.get_one(ReportSeries, bureau_id)
    if month < series.since and not queries.published_months(bureau_id):
        series.since = month


def take_up_preparation(preparation: int, *, now: datetime) -> bool:
    """Give a preparation that fell silent to another process, unless it was tried often enough; whether it was."""
    return outliving.take_up(ReportPreparation, preparation, most=MOST_ATTEMPTS, start=_start_process, now=now)


def _start_process(preparation: int, attempt: int) -> int:
    return start_command("report", "run-preparation", str(preparation), str(attempt))


def run_preparation(preparation: int, *, attempt: int, clock: Clock) -> str:
    """What that process does: protect, attack, and keep what came of it; the state it ended in."""
    with transaction():
        row = held(ReportPreparation, preparation)
        if row is None or row.state != "running" or row.attempt != attempt:
            return TAKEN_OVER
        bureau, month, actor = queries.code_of(row.bureau_id), row.month, row.started_by
    try:
        task = queries.task_of(bureau, Month.parse(month), now=clock())
        mark = queries.mark_of(task)
        outcome = protect_in_child(task, _Heart(preparation, attempt, clock).beat)
    except TakenOver:
        return TAKEN_OVER
    except (ProtectionFailed, Refused) as why:
        state = _fail(preparation, attempt, why, bureau=bureau, actor=actor, clock=clock)
    else:
        state = _keep(preparation, attempt, mark, outcome, bureau=bureau, actor=actor, clock=clock)
    if actor == SCHEDULER and state != TAKEN_OVER:
        tell_stuck(bureau, month, now=clock())
    return state


class _Heart:
    """At most once a second: stores how far the attack is, and sees whether the work was given to somebody else."""

    def __init__(self, preparation: int, attempt: int, clock: Clock) -> None:
        self._preparation, self._attempt, self._clock = preparation, attempt, clock
        self._next = time.monotonic()

    def beat(self, done: int, total: int) -> None:
        """So much is done, of so much."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BEAT_SECONDS
        with transaction():
            row = held(ReportPreparation, self._preparation)
            if row is None or row.state != "running" or row.attempt != self._attempt:
                raise TakenOver
            row.heard_at, row.done, row.total = self._clock(), done, total


def _keep(
    preparation: int, attempt: int, mark: str, outcome: Outcome, *, bureau: str, actor: str, clock: Clock
) -> str:  # fmt: skip
    with transaction():
        row = held(ReportPreparation, preparation)
        if row is None or row.state != "running" or row.attempt != attempt:
            return TAKEN_OVER
        now = clock()
        row.mark, row.outcome = mark, outcome.to_json()
        row.state = "unsafe" if outcome.release is None else "ready"
        row.heard_at = row.finished_at = now
        if outcome.release is None:
            note_unsafe(bureau, row.month, outcome, actor=actor, now=now)
        else:
            told = {"cells": len(outcome.release.cells), "protected": outcome.protected, "salt": outcome.salt}
            audit.record("report.prepared", f"report:{bureau}/{row.month}", actor=actor, now=now, after=told)
        return row.state


def _fail(preparation: int, attempt: int, why: Exception, *, bureau: str, actor: str, clock: Clock) -> str:
    """Write down that it failed, and what kind of thing failed: no words of it, since they may hold numbers."""
    with transaction():
        row = held(ReportPreparation, preparation)
        if row is None or row.attempt != attempt:
            return TAKEN_OVER
        row.state, row.finished_at = "failed", clock()
        told = {"why": type(why).__name__}
        audit.record("report.failed", f"report:{bureau}/{row.month}", actor=actor, now=clock(), after=told)
    return "failed"
