"""One leader runs each job once a period; what fails or is interrupted is tried again."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from bureau.kernel.database import db
from bureau.kernel.jobs import Job
from bureau.scheduling.actions import claim_run, finish_run, prune, take_lease
from bureau.scheduling.actions.leases import Leadership
from bureau.scheduling.models import JobRun
from bureau.scheduling.queries import find_lease
from bureau.scheduling.runner import LEASE, Runner

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Hands:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: int) -> None:
        self.now += timedelta(**by)


def daily(run: Callable[[datetime], str], name: str = "tidy") -> Job:
    return Job(name=name, every_seconds=60, period_of=lambda now: f"{now:%Y-%m-%d}", run=run)


def runs() -> list[tuple[str, str, str, int, str | None]]:
    rows = db.session.scalars(select(JobRun).order_by(JobRun.id).execution_options(populate_existing=True))
    return [(row.job, row.period, row.state, row.attempts, row.result) for row in rows]


def test_a_job_runs_once_for_each_period(app: Flask, session: scoped_session[Session]) -> None:
    clock, days = Hands(), []
    job = daily(lambda now: str(days.append(now.day)))
    runner = Runner(app, [job], clock=clock)

    for _ in range(4):
        runner.renew()
        runner.attend(job)
        clock.forward(hours=7)

    assert days == [22, 23]


def test_a_job_with_an_empty_period_does_not_run(app: Flask, session: scoped_session[Session]) -> None:
    job = Job(name="idle", every_seconds=60, period_of=lambda now: "", run=lambda now: "ran")
    runner = Runner(app, [job], clock=Hands())
    runner.renew()

    runner.attend(job)

    assert runs() == []


def test_what_was_missed_while_nobody_ran_is_made_up_once(app: Flask, session: scoped_session[Session]) -> None:
    clock, days = Hands(), []
    job = daily(lambda now: str(days.append(now.day)))
    Runner(app, [job], clock=clock).stop()
    clock.forward(days=5)
    runner = Runner(app, [job], clock=clock)
    runner.renew()

    runner.attend(job)
    runner.attend(job)

    assert days == [27]


def test_a_failed_run_is_shown_and_tried_again_after_a_pause(app: Flask, session: scoped_session[Session]) -> None:
    clock, answers = Hands(), iter([OSError("disk full"), "written"])

    def run(now: datetime) -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    job = daily(run)
    runner = Runner(app, [job], clock=clock)
    runner.renew()
    runner.attend(job)
    after_failure = runs()
    runner.attend(job)
    at_once = runs()

    clock.forward(seconds=61)
    runner.renew()
    runner.attend(job)

    assert after_failure == at_once == [("tidy", "2026-11-22", "failed", 1, "OSError: disk full")]
    assert runs() == [("tidy", "2026-11-22", "done", 2, "written")]


def test_who_does_not_lead_runs_nothing(app: Flask, session: scoped_session[Session]) -> None:
    clock, ran = Hands(), []
    job = daily(lambda now: str(ran.append(1)))
    first, second = Runner(app, [job], clock=clock), Runner(app, [job], clock=clock)
    first.renew()
    second.renew()

    second.attend(job)

    assert (first.leads, second.leads, ran) == (True, False, [])


def test_a_leader_that_does_not_renew_loses_the_lead_and_its_unfinished_run_is_tried_again(
    app: Flask, session: scoped_session[Session]
) -> None:
    clock, ran = Hands(), []
    job = daily(lambda now: str(ran.append(1)))
    first, second = Runner(app, [job], clock=clock), Runner(app, [job], clock=clock)
    first.renew()
    claim_run("tidy", "2026-11-22", now=clock())  # and here the process is killed
    clock.forward(minutes=3)

    second.renew()
    second.attend(job)
    clock.forward(minutes=2)
    second.renew()
    second.attend(job)

    assert (first.leads, second.leads, ran) == (False, True, [1])
    assert [run[2:4] for run in runs()] == [("done", 2)]


def test_a_run_that_was_given_up_cannot_report_any_more(app: Flask, session: scoped_session[Session]) -> None:
    clock = Hands()
    late = claim_run("tidy", "2026-11-22", now=clock())
    assert late is not None
    Runner(app, [], clock=clock).renew()

    finish_run(late, done=True, result="too late", now=clock())

    assert [run[2] for run in runs()] == ["failed"]


def test_a_lease_given_back_is_free_at_once(app: Flask, session: scoped_session[Session]) -> None:
    clock = Hands()
    first, second = Runner(app, [], clock=clock), Runner(app, [], clock=clock)
    first.renew()

    first.stop()
    second.renew()

    assert (first.leads, second.leads) == (False, True)


def test_the_holder_keeps_the_lease_and_another_is_refused(session: scoped_session[Session]) -> None:
    answers = [take_lease(LEASE, holder=holder, now=NOON) for holder in ("a", "a", "b")]

    assert answers == [Leadership.TAKEN, Leadership.KEPT, Leadership.REFUSED]


def test_the_database_refuses_a_second_run_of_one_period(session: scoped_session[Session]) -> None:
    for _ in range(2):
        session.add(JobRun(job="tidy", period="2026-11-22", state="done", started_at=NOON))

    with pytest.raises(IntegrityError):
        session.flush()


def test_old_runs_are_forgotten_but_never_the_latest_of_a_job(session: scoped_session[Session]) -> None:
    for job, days in (("tidy", 90), ("tidy", 80), ("publish", 90), ("mail", 1)):
        started = NOON - timedelta(days=days)
        session.add(JobRun(job=job, period=f"{days}", state="done", started_at=started))
    session.commit()

    gone = prune(now=NOON)

    assert gone == 1
    assert [run[:2] for run in runs()] == [("tidy", "80"), ("publish", "90"), ("mail", "1")]


def test_several_runners_on_one_database_run_each_job_once(installation: Flask) -> None:
    ran: list[str] = []
    jobs = [daily(lambda now, name=f"job-{number}": str(ran.append(name)), f"job-{number}") for number in range(5)]
    runners = [Runner(installation, jobs, clock=Hands()) for _ in range(4)]
    together = threading.Barrier(len(runners))

    def work(runner: Runner) -> None:
        together.wait()
        for _ in range(3):
            runner.renew()
            for job in jobs:
                runner.attend(job)

    threads = [threading.Thread(target=work, args=[runner]) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ran) == [job.name for job in jobs]
    assert sum(runner.leads for runner in runners) == 1


def test_several_processes_that_claim_one_period_at_once_get_it_once(installation: Flask) -> None:
    claims, together = [], threading.Barrier(6)

    def claim() -> None:
        together.wait()
        with installation.app_context():
            claims.append(claim_run("tidy", "2026-11-22", now=NOON))

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(got is not None for got in claims) == 1


def test_a_started_runner_attends_to_its_jobs_by_itself_and_stops_cleanly(installation: Flask) -> None:
    ran = threading.Event()
    job = Job(name="once", every_seconds=3600, period_of=lambda now: "ever", run=lambda now: str(ran.set()))
    runner = Runner(installation, [job])

    runner.start()
    happened = ran.wait(30)
    runner.stop()

    with installation.app_context():
        assert (happened, find_lease(LEASE), [run[2] for run in runs()]) == (True, None, ["done"])
