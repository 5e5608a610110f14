"""``python -m bureau.run``: bring the database up to date, then run the server and the scheduler until told to stop."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from bureau.accounts import queries as people
from bureau.demonstration.actions import MANAGER, PASSWORD
from bureau.kernel.database import db
from bureau.organisations import queries as places
from wsgi import app

ROOT = Path(__file__).parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
WORKERS = "3"
THREADS = "1"
"""Of each process. A second one takes turns at the same work, and what one answer costs rises by a quarter."""

SECONDS = "8"
"""So long the solver thinks about each month of the demonstration, while somebody waits for its first page."""

FAREWELL = 15.0
"""Seconds that each child may take to end before it is ended."""


def main() -> int:
    """Prepare what is missing, serve, and say how it ended."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if taken(host, port):
        click.echo(f"Port {port} is in use. Choose another: make run PORT={port + 1}", err=True)
        return 1
    prepare(app)
    return serve(host, port)


def taken(host: str, port: int) -> bool:
    """Whether somebody listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return True
    return False


def prepare(app: Flask) -> None:
    """Migrate the database if it is behind; give an empty one the demonstration bureau; write a missing site."""
    with app.app_context():
        behind = is_behind()
    if behind:
        command("db", "upgrade")
    with app.app_context():
        empty = not places.bureaux() and not people.everyone()
    if empty:
        command("demo", "load", "--history", "3", "--seconds", SECONDS, "--reports-later")
    if not Path(app.config["PUBLISHED"]).exists():
        command("site", "publish")


def is_behind() -> bool:
    """Whether a migration waits."""
    wanted = ScriptDirectory(str(ROOT / "migrations")).get_heads()
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) != set(wanted)


def command(*words: str) -> None:
    """Run one of our commands to its end; its refusal ends us too."""
    done = subprocess.run([*FLASK, *words], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def serve(host: str, port: int) -> int:
    """Run the server, and the scheduler beside it, until a signal comes or the server ends by itself."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    server = start(server_command(host, port))
    try:
        if answers(server, host, port, stop):
            announce(host, port)
        keep_scheduling(server, stop)
    finally:
        end(server)
    return 0 if stop.is_set() else server.returncode or 1


def keep_scheduling(server: subprocess.Popen[bytes], stop: threading.Event) -> None:
    """Run the scheduler as long as the server runs, again if it ends; it starts last, so that the first page comes soon."""
    scheduler = start((*FLASK, "scheduler", "run"))
    try:
        while server.poll() is None and not stop.wait(1.0):
            if scheduler.poll() is not None:
                scheduler = start((*FLASK, "scheduler", "run"))
    finally:
        end(scheduler)


def server_command(host: str, port: int) -> tuple[str, ...]:
    """The web server: a few processes of a few threads each. Addresses are not logged: some are secrets."""
    granian = str(Path(sys.executable).with_name("granian"))
    address = ("--host", host, "--port", str(port), "--no-ws", "--http", "1")
    size = ("--workers", WORKERS, "--blocking-threads", THREADS, "--respawn-failed-workers")
    return (granian, "--interface", "wsgi", *address, *size, "--log-level", "error", "--no-access-log", "wsgi:app")


def start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches us alone and we end the children in order."""
    return subprocess.Popen(words, cwd=ROOT, start_new_session=True)


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child to finish; after a while, end it with all that it has started."""
    child.terminate()
    try:
        child.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def answers(server: subprocess.Popen[bytes], host: str, port: int, stop: threading.Event) -> bool:
    """Wait for the first answer; False if the server ended or a signal came before."""
    while server.poll() is None and not stop.wait(0.1):
        try:
            with urllib.request.urlopen(f"{address(host, port)}/healthz", timeout=5):  # noqa: S310  (our own address)
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            continue
    return False


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  (looked up, not listened on)
    return f"http://{name}:{port}"


def announce(host: str, port: int) -> None:
    """Say where to look and whom to be."""
    site = address(host, port)
    click.echo(f"\nThe bureau is open (Ctrl-C closes it).\n  for residents   {site}/\n  for staff       {site}/desk/")
    with app.app_context():
        demonstration = people.find_person(MANAGER) is not None
    if demonstration:
        coordinator = MANAGER.replace("manager@", "open-gate@")
        click.echo(f"  demonstration   {MANAGER} or {coordinator}, password: {PASSWORD}")


if __name__ == "__main__":
    sys.exit(main())
