"""What ran, what waits to be sent, who leads."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail

from .models import JobRun, Lease


def latest_runs(limit: int = 100) -> Sequence[JobRun]:
    """The latest runs of all jobs, newest first."""
    return db.session.scalars(select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(limit)).all()


def latest_mails(limit: int = 100) -> Sequence[OutboxMail]:
    """The mails that wait, then the latest that were sent."""
    statement = select(OutboxMail).order_by(OutboxMail.sent_at.is_not(None), OutboxMail.id.desc()).limit(limit)
    return db.session.scalars(statement).all()


def due_mails(now: datetime, limit: int = 100) -> Sequence[int]:
    """The ids of the mails to send now, oldest first."""
    statement = (
        select(OutboxMail.id)
        .where(OutboxMail.sent_at.is_(None), OutboxMail.next_attempt_at <= now)
        .order_by(OutboxMail.id)
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def find_lease(name: str) -> Lease | None:
    """Who holds the lease of that name."""
    return db.session.get(Lease, name)


def find_run(job: str, period: str) -> JobRun | None:
    """The run of a job for a period."""
    return db.session.scalar(select(JobRun).where(JobRun.job == job, JobRun.period == period))
