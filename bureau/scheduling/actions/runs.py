"""Runs of jobs: a job runs once for each period, because the pair is unique in the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from bureau.kernel.database import db, transaction
from bureau.kernel.outbox import OutboxMail
from bureau.scheduling.domain import MAILS_KEPT, RUNS_KEPT, may_retry
from bureau.scheduling.models import JobRun
from bureau.scheduling.queries import find_run

RESULT_LENGTH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to run a job for a period, and which attempt it is."""

    run_id: int
    attempt: int


def claim_run(job: str, period: str, *, now: datetime) -> Claim | None:
    """The right to run now: if the period is new, or its last run failed long enough ago; None otherwise."""
    try:
        with transaction():
            run = find_run(job, period)
            if run is None:
                run = JobRun(job=job, period=period, state="running", started_at=now, attempts=1)
                db.session.add(run)
                db.session.flush()
                return Claim(run_id=run.id, attempt=1)
            if run.state != "failed":
                return None
            return _claim_again(run, now)
    except IntegrityError:  # another process was quicker
        return None


def _claim_again(run: JobRun, now: datetime) -> Claim | None:
    attempts = run.attempts
    if not may_retry(attempts=attempts, failed_at=run.finished_at or run.started_at, now=now):
        return None
    claimed = db.session.execute(
        update(JobRun)
        .where(JobRun.id == run.id, JobRun.state == "failed", JobRun.attempts == attempts)
        .values(state="running", started_at=now, finished_at=None, attempts=attempts + 1)
    )
    return Claim(run_id=run.id, attempt=attempts + 1) if getattr(claimed, "rowcount", 0) == 1 else None


def finish_run(claim: Claim, *, done: bool, result: str, now: datetime) -> None:
    """Say what came of the run; a run that was given up meanwhile stays given up."""
    with transaction():
        db.session.execute(
            update(JobRun)
            .where(JobRun.id == claim.run_id, JobRun.attempts == claim.attempt, JobRun.state == "running")
            .values(state="done" if done else "failed", finished_at=now, result=result[:RESULT_LENGTH])
        )


def abandon_runs(*, now: datetime) -> None:
    """A new leader takes over: what its predecessor left running counts as failed, and is tried again."""
    with transaction():
        db.session.execute(
            update(JobRun)
            .where(JobRun.state == "running")
            .values(state="failed", finished_at=now, result="interrupted: the process that ran it ended")
        )


def prune(*, now: datetime) -> int:
    """Delete runs and sent mails that nobody looks at any more, but never a job's latest run; says how many rows."""
    with transaction():
        latest = select(func.max(JobRun.id)).group_by(JobRun.job)
        gone = [
            db.session.execute(
                delete(JobRun).where(JobRun.started_at < now - RUNS_KEPT, JobRun.id.not_in(latest)),
                execution_options={"synchronize_session": False},
            ),
            db.session.execute(delete(OutboxMail).where(OutboxMail.sent_at < now - MAILS_KEPT)),
        ]
        return sum(int(getattr(result, "rowcount", 0)) for result in gone)
