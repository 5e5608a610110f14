"""Runs the jobs of every feature while this process leads; the others stand by and take over when the leader is gone."""

import logging
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from bureau.kernel.clock import Clock, utcnow
from bureau.kernel.database import db
from bureau.kernel.jobs import Job
from bureau.scheduling.actions import abandon_runs, claim_run, finish_run, release_lease, take_lease
from bureau.scheduling.actions.leases import Leadership
from bureau.scheduling.domain import LEASE_LASTS, RENEW_EVERY

LEASE = "scheduler"
log = logging.getLogger(__name__)


class Runner:
    """One process's share in running jobs: it asks for the lease, and while it holds it runs what is due."""

    def __init__(self, app: Flask, jobs: Sequence[Job], *, clock: Clock = utcnow, holder: str | None = None) -> None:
        """Stand by; nothing runs before ``start``."""
        self.app, self.jobs, self.clock = app, tuple(jobs), clock
        self.holder = holder or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._leads_until: datetime | None = None
        self._scheduler: BackgroundScheduler | None = None

    @property
    def leads(self) -> bool:
        """Whether this process holds the lease, as far as it knows."""
        return self._leads_until is not None and self.clock() < self._leads_until

    def renew(self) -> None:
        """Ask for the lease; on taking it over, give up what the former leader left running."""
        with self.app.app_context():
            now = self.clock()
            answer = take_lease(LEASE, holder=self.holder, now=now)
            if answer is Leadership.TAKEN:
                abandon_runs(now=now)
            self._leads_until = None if answer is Leadership.REFUSED else now + LEASE_LASTS

    def attend(self, job: Job) -> None:
        """Run the job if this process leads and the period is due."""
        if not self.leads:
            return
        with self.app.app_context():
            now = self.clock()
            period = job.period_of(now)
            claim = claim_run(job.name, period, now=now) if period else None
            if claim is None:
                return
            done, result = _outcome(job, now)
            finish_run(claim, done=done, result=result, now=self.clock())

    def start(self) -> None:
        """Begin asking for the lease and attending to the jobs, in threads of this process."""
        executors = {"default": ThreadPoolExecutor(4), "lease": ThreadPoolExecutor(1)}
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(timezone=UTC, executors=executors, job_defaults=defaults)
        self.renew()
        every = RENEW_EVERY.total_seconds()
        self._scheduler.add_job(self.renew, "interval", seconds=every, executor="lease")
        for job in self.jobs:
            at_once = self.clock()
            self._scheduler.add_job(
                self.attend, "interval", [job], seconds=job.every_seconds, id=job.name, next_run_time=at_once
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Let running jobs end, then give the lease back."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
        self._leads_until = None
        with self.app.app_context():
            release_lease(LEASE, holder=self.holder)


def _outcome(job: Job, now: datetime) -> tuple[bool, str]:
    """Whether the job did its work, and what it says; one job's mishap is never another's."""
    try:
        return True, job.run(now)
    except Exception as mishap:
        db.session.rollback()
        log.exception("the job %s failed", job.name)
        return False, f"{type(mishap).__name__}: {mishap}"
