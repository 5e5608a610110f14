"""A run of the solver outlives whoever started it; where it is cut off it is taken up again, never twice, never worse."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bureau.accounts.actions.passwords import hash_password
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.kernel.outliving import SILENT_AFTER, TAKEN_OVER
from bureau.rotation import actions, queries
from bureau.rotation.actions.proposals import _start_child, create_proposal, run_proposal, take_up
from bureau.rotation.actions.solving import folder_of
from bureau.rotation.domain.runs import MOST_ATTEMPTS, MOST_POINTS, better_progress
from bureau.rotation.jobs import INTERRUPTED_RUNS
from bureau.rotation.models import Proposal
from bureau.rotation.solver.files import read_document
from tests.factories.accounts import person
from tests.factories.organisations import a_worker
from tests.factories.rotation import (
    DECEMBER,
    NOW,
    a_demand,
    a_partner,
    a_small_bureau,
    an_offer,
    an_open_round,
    worker_row,
)
from tests.installation import ROOT
from tests.rotation.test_proposals import A_MONTH_OF_MINUTES, a_round_with_offers, wait_for

PASSWORD = "a bridge over the river"
SILENT = SILENT_AFTER + timedelta(seconds=1)


@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
def test_a_run_goes_on_when_the_web_server_is_killed_in_the_middle(installation: Flask) -> None:
    month = str(Month.of(utcnow().date()).shifted(2))
    with installation.app_context():
        bureau = a_small_bureau()
        worker = a_worker(a_partner(bureau=bureau)).id
        a_demand(bureau)
        person(name="Mira", email="mira@example.org", password_hash=hash_password(PASSWORD), manages=[bureau])
        round_ = an_open_round(bureau, month, now=utcnow())
        an_offer(round_, [worker_row(worker)])

    with a_web_server(installation) as address:
        started = propose(address, month)
    with installation.app_context():
        found = wait_for(started, lambda one: one.state != "running")

        assert (found.state, found.can_be_accepted) == ("finished", True)


@pytest.mark.parametrize("migrated_database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_run_outlives_its_watcher_begins_where_it_was_without_its_solver_and_ends_when_told(
    installation: Flask,
) -> None:
    with installation.app_context():
        number = a_long_run()
        watcher = _start_child(number, 1)
        before = wait_for(number, lambda one: one.total is not None)
        solver = solver_of(number)
        os.kill(watcher, signal.SIGKILL)

        taken = take_up(number, now=utcnow() + SILENT)
        followed = wait_for(number, lambda one: one.elapsed > before.elapsed)
        same = solver_of(number)
        for process in (watcher_of(number, 2), same):
            os.kill(process, signal.SIGKILL)

        due = INTERRUPTED_RUNS.period_of(utcnow() + SILENT)
        said = INTERRUPTED_RUNS.run(utcnow() + SILENT)
        wait_for(number, lambda one: one.elapsed > followed.elapsed)
        another = solver_of(number)
        actions.stop_proposal("golden-river", number, actor="test", now=utcnow())
        found = wait_for(number, lambda one: one.state != "running")

        assert (taken, followed.state, same) == (True, "running", solver)
        assert (due, said, another == solver) == (f"{number}/2", "1 taken up", False)
        assert (found.state, found.can_be_accepted) == ("stopped", True)
        assert before.total is not None
        assert found.total is not None
        assert found.total <= before.total
        assert not folder_of(number).exists()


def test_who_lost_a_run_to_another_process_writes_nothing_more(session: Session) -> None:
    a_round_with_offers()
    number = create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=NOW)

    def somebody_takes_it(_progress: object) -> None:
        db.session.get_one(Proposal, number).attempt = 2
        db.session.commit()

    state = run_proposal(number, clock=lambda: NOW, watch=somebody_takes_it)

    row = db.session.get_one(Proposal, number)
    assert (state, row.state, row.plan) == (TAKEN_OVER, "running", None)
    assert run_proposal(number, clock=lambda: NOW) == TAKEN_OVER


def test_only_a_silent_run_is_taken_up_and_not_for_ever(session: Session) -> None:
    a_round_with_offers()
    number = create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=NOW)

    heard = take_up(number, now=NOW + SILENT_AFTER)
    db.session.get_one(Proposal, number).attempt = MOST_ATTEMPTS
    db.session.commit()
    once_more = take_up(number, now=NOW + SILENT)

    assert (heard, once_more) == (False, False)
    assert queries.get_proposal("golden-river", number, now=NOW).state == "failed"
    assert INTERRUPTED_RUNS.period_of(NOW + 2 * SILENT) == ""


tellings = st.builds(
    dict,
    seconds=st.floats(0, 600),
    total=st.integers(0, 10**6),
    bound=st.none() | st.integers(0, 10**6),
    terms=st.just({"spread": 1}),
)


@given(st.lists(tellings, min_size=1, max_size=200), st.floats(0, 600))
@settings(max_examples=25)
def test_however_often_it_is_cut_off_progress_never_becomes_worse(told: list[dict[str, object]], base: float) -> None:
    known: dict[str, object] = {}

    seen = [known := better_progress(known, one, base=base) for one in told]

    assert [one["total"] for one in seen] == sorted((one["total"] for one in seen), reverse=True)
    assert seen[-1]["total"] == min(one["total"] for one in told)
    way = seen[-1]["way"]
    assert len(way) <= MOST_POINTS
    assert [point[0] for point in way] == sorted(point[0] for point in way)


def a_long_run() -> int:
    """A proposal on a month that nobody solves to the end before the test has looked."""
    a_round_with_offers()
    number = create_proposal("golden-river", DECEMBER, seconds=600, actor="test", now=utcnow())
    db.session.get_one(Proposal, number).problem = read_document(A_MONTH_OF_MINUTES)
    db.session.commit()
    return number


def solver_of(number: int) -> int:
    """The process that searches."""
    return int((folder_of(number) / "pid").read_text())


def watcher_of(number: int, attempt: int) -> int:
    """The process that follows the solver for us."""
    words = f"run-proposal\0{number}\0{attempt}\0".encode()
    return next(
        int(line.parent.name) for line in Path("/proc").glob("[0-9]*/cmdline") if line.read_bytes().endswith(words)
    )


@contextmanager
def a_web_server(app: Flask) -> Iterator[str]:
    """A real web server on the database of the application, killed with all that it has not let go of."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    own = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "BUREAU_RUNS": app.config["RUNS"], "SECRET_KEY": "tests",
    }  # fmt: skip
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", str(port)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, **own}, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        wait_until_it_listens(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_until_it_listens(port: int) -> None:
    """At most a minute."""
    for _ in range(300):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server does not listen")


def propose(address: str, month: str) -> int:
    """Sign in as the manager and start the solver; the proposal's number."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    sign_in, proposals = f"{address}/desk/sign-in", f"{address}/desk/golden-river/{month}/proposals/"

    def send(page: str, **fields: str) -> str:
        with browser.open(page) as shown:
            token = re.search(r'name="csrf_token" value="([^"]+)"', shown.read().decode())
        assert token is not None
        sent = urllib.parse.urlencode({**fields, "csrf_token": token[1]}).encode()
        with browser.open(page, sent) as answer:
            return str(answer.geturl())

    send(sign_in, email="mira@example.org", password=PASSWORD)
    return int(send(proposals, seconds="5").rstrip("/").rpartition("/")[2])


def test_the_database_itself_allows_one_run_at_a_time_for_a_bureau(session: Session) -> None:
    a_round_with_offers()
    first = create_proposal("golden-river", DECEMBER, seconds=9, actor="test", now=NOW)
    row = db.session.get_one(Proposal, first)
    same = {"bureau_id": row.bureau_id, "round_id": row.round_id, "seconds": 9, "problem": {}, "progress": {}}

    db.session.add(Proposal(**same, number=7, state="finished", started_at=NOW, heard_at=NOW))
    db.session.flush()
    db.session.add(Proposal(**same, number=8, state="running", started_at=NOW, heard_at=NOW))

    with pytest.raises(IntegrityError):
        db.session.flush()
