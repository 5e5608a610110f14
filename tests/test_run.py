"""`make run`, second start: the bureau that is there opens, keeps secrets, and closes without leaving anything behind."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from bureau.accounts.actions import request_password_reset
from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail
from tests.factories.organisations import a_bureau
from tests.installation import ROOT, copied, settings

PATIENCE = 180


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path, migrated_file: Path) -> dict[str, str]:
    """The environment of an installation that has a bureau and a published site already."""
    database = copied(migrated_file, tmp_path)
    (tmp_path / "published").mkdir()
    app = create_app(settings(tmp_path, database))
    with app.app_context():
        a_bureau("golden-river")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    own = {"DATABASE_URL": database, "BUREAU_PUBLISHED": str(tmp_path / "published"), "PORT": str(free_port())}
    return {**os.environ, **own, "HOST": "127.0.0.1", "SECRET_KEY": "for tests only", "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def running(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The bureau, started and heard to say so."""
    heard = tmp_path / "heard"
    with heard.open("wb") as ear:
        child = subprocess.Popen(
            [sys.executable, "-m", "bureau.run"], cwd=ROOT, env=environment, stdout=ear, stderr=ear
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while "/desk/" not in heard.read_text() and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "/desk/" in heard.read_text(), heard.read_text()
        yield child
    finally:
        child.terminate()
        child.wait(PATIENCE)


def test_the_bureau_answers_and_ends_with_all_its_processes(
    running: subprocess.Popen[bytes], environment: dict[str, str]
) -> None:
    family = psutil.Process(running.pid).children(recursive=True)
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/healthz", timeout=PATIENCE) as answer:
        status = answer.status

    running.send_signal(signal.SIGINT)
    code = running.wait(PATIENCE)

    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert (status, code, alive) == (200, 0, [])


def test_a_taken_port_is_said_with_a_way_out(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["PORT"])))
        other.listen()

        words = [sys.executable, "-m", "bureau.run"]
        ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, "make run PORT=" in ended.stderr) == (1, True)


@pytest.fixture
def secrets(environment: dict[str, str]) -> dict[str, str]:
    """The tokens of an invitation and of a link for a new password, by the address that takes them."""
    words = ("person", "invite", "mira@example.org", "--role", "manager", "--for", "golden-river")
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    invited = subprocess.run([*flask, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    app = create_app(settings(Path(environment["BUREAU_PUBLISHED"]), environment["DATABASE_URL"]))
    with app.app_context():
        request_password_reset(email="mira@example.org", address="192.0.2.1", now=utcnow())
        reset = db.session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first() or ""
        db.session.remove()
        db.engine.dispose()
    found = [re.search(r"/desk/(invitation|password)/([\w-]+)", text) for text in (invited.stdout, reset)]
    return {one[1]: one[2] for one in found if one}


def test_the_logs_never_hold_the_secret_of_a_link_not_even_when_its_page_fails(
    secrets: dict[str, str], running: subprocess.Popen[bytes], environment: dict[str, str], tmp_path: Path
) -> None:
    links = [f"/desk/{kind}/{token}" for kind, token in secrets.items()]

    answered = [status_of(environment, link) for link in links]
    broken = sqlite3.connect(tmp_path / "bureau.db")
    broken.execute("ALTER TABLE one_time_link RENAME TO gone")
    broken.commit()
    broken.close()
    failed = [status_of(environment, link) for link in links]
    running.send_signal(signal.SIGINT)
    running.wait(PATIENCE)

    said = (tmp_path / "heard").read_text()
    assert (answered, failed) == ([200, 200], [500, 500])
    assert "Exception on /desk/invitation/<token> [GET]" in said
    assert "Exception on /desk/password/<token> [GET]" in said
    assert [token for token in secrets.values() if token in said] == []


def status_of(environment: dict[str, str], path: str) -> int:
    """What the server answers to a visit."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
