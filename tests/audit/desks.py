"""Sixty desks count at once while the server is killed again and again: what was answered is stored, and nothing twice.

The server runs as ``make run`` starts it, on SQLite and on PostgreSQL; ``kill -9`` meets all of its processes five seconds
after it has begun to answer. Each desk behaves as its page: what is not answered is sent again, with the id that it was given at the desk.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from flask import Flask
from sqlalchemy import select

from bureau.app import create_app
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.queries import get_organisation
from bureau.run import server_command
from bureau.servicelog.models import LogEntry
from tests.audit._desk import Desk, work
from tests.audit._servers import free_port
from tests.bench.measuring import table
from tests.bench.together import SECRET, databases
from tests.factories.accounts import person, sign_in_as
from tests.factories.servicelog import a_logging_bureau
from tests.installation import ROOT, migrate, settings

DESKS, SECONDS, EVERY = 60, 60, 5.0
ORGANISATIONS = 15
WAITING = "/desk/golden-river/log/waiting"
HEAD = ["database", "taps", "a second", "seconds", "kills", "requests", "repeated", "nobody there", "answer lost", "median ms", "95 % ms",
        "answered", "stored", "undone", "findings"]  # fmt: skip


def run(words: list[str]) -> bool:
    """Print the table; ``words`` may state fewer desks and seconds: ``make audit ARGS="desks 10 20"``."""
    desks, seconds = [int(word) for word in words] or (DESKS, SECONDS)
    rows = []
    for name, address, _ in databases():
        with TemporaryDirectory() as folder:
            rows.append([name, *_measured(Path(folder), address, desks, seconds)])
        sys.stdout.write(f"{name}: {rows[-1][-1]} findings\n")
        sys.stdout.flush()
    table(
        f"{desks} desks while the server answers for {seconds} s in all, killed every {EVERY:g} s of them", HEAD, rows
    )
    return not any(row[-1] for row in rows)


def _measured(folder: Path, address: str, number: int, seconds: int) -> list[object]:
    app = create_app(settings(folder, address) | {"SECRET_KEY": SECRET, "WTF_CSRF_ENABLED": True, "TESTING": False})
    desks = _desks(app, number)
    server = Server(folder, address)
    try:
        begun = time.monotonic()
        early = asyncio.run(_a_day(app, desks, server, seconds))
        took = time.monotonic() - begun
    finally:
        server.kill()
    findings = [*early, *_wrong(app, desks)]
    sys.stdout.write("".join(f"  {one}\n" for one in findings[:10]))
    said = sum((desk.said for desk in desks), Counter[str]())
    counted, undone = (sum(len(getattr(desk, name)) for desk in desks) for name in ("counted", "undone"))
    taps = sum(desk.taps for desk in desks)
    waits = [1000 * one for desk in desks for one in desk.waits]
    cuts = quantiles(waits, n=20)
    return [
        taps, f"{taps / took:.0f}", f"{took:.0f}", server.kills, sum(said.values()) - said["nobody there"], said["repeated"],
        said["nobody there"], said["answer lost"], f"{cuts[9]:.0f}", f"{cuts[18]:.0f}", counted, len(_stored(app)[0]), undone,
        len(findings),
    ]  # fmt: skip


def _desks(app: Flask, number: int) -> list[Desk]:
    """So many browsers, each signed in as a worker of one of the organisations."""
    codes = [f"partner-{one}" for one in range(ORGANISATIONS)]
    with app.app_context():
        migrate(app)
        a_logging_bureau(*codes)
        db.session.remove()
    return [_desk(app, codes[one % ORGANISATIONS], one) for one in range(number)]


def _desk(app: Flask, code: str, number: int) -> Desk:
    browser = app.test_client()
    with app.app_context():
        sign_in_as(browser, person(works_for=[get_organisation(code)]))
    told = browser.get("/desk/golden-river/today/who").json
    cookie = browser.get_cookie("session")
    assert told is not None
    assert cookie is not None
    return Desk(
        organisation=code, cookie=f"session={cookie.value}", chance=random.Random(number), token=told["token"],
        whose=told["whose"],
    )  # fmt: skip


class Server:
    """The server, which is killed and started again."""

    def __init__(self, folder: Path, address: str) -> None:
        """Start it."""
        self.port, self.kills, self.said = free_port(), 0, folder / "server.log"
        self.environment = os.environ | {
            "DATABASE_URL": address, "SECRET_KEY": SECRET, "BUREAU_PUBLISHED": str(folder / "published"),
            "BUREAU_RUNS": str(folder / "runs"),
        }  # fmt: skip
        self.start()

    def start(self) -> None:
        """A new one."""
        words = server_command("127.0.0.1", self.port)
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, start_new_session=True, stdout=said, stderr=said
            )

    def kill(self) -> None:
        """The server and all of its processes, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    async def ready(self) -> None:
        """When it answers; a RuntimeError with the last that it said if it has ended by itself."""
        while not await asyncio.to_thread(self.answers):
            if self.process.poll() is not None:
                raise RuntimeError("the server ended by itself: " + self.said.read_text()[-2_000:])
            await asyncio.sleep(0.1)

    def answers(self) -> bool:
        """Whether it does."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except HTTPError:
            return True
        except OSError:
            return False


async def _a_day(app: Flask, desks: list[Desk], server: Server, seconds: int) -> list[str]:
    """What was answered and is not in the database, while nobody serves it; then the desks send the rest."""
    await server.ready()
    over, lost = asyncio.Event(), set[str]()
    working = [asyncio.create_task(work(desk, server.port, WAITING, over)) for desk in desks]
    for _ in range(max(1, round(seconds / EVERY))):
        await asyncio.sleep(EVERY)
        server.kill()
        server.kills += 1
        await asyncio.sleep(0.2)  # what has been answered is read
        lost |= {ref for desk in desks for ref in desk.counted} - _stored(app)[0].keys()
        server.start()
        await server.ready()
    over.set()
    await asyncio.gather(*working)
    return [f"{ref} was answered and is not stored" for ref in sorted(lost)]


def _stored(app: Flask) -> tuple[Counter[str], Counter[str]]:
    """How often each entry is stored, and how often it is taken back."""
    with app.app_context():
        statement = select(LogEntry.id, LogEntry.ref, LogEntry.number, LogEntry.corrects_id)
        rows: list[Any] = list(db.session.execute(statement, execution_options=EVERY_ORGANISATION.options()))
        db.session.remove()
    refs = {row.id: row.ref for row in rows}
    return (
        Counter(row.ref for row in rows if row.number > 0),
        Counter(refs[row.corrects_id] for row in rows if row.number < 0),
    )


def _wrong(app: Flask, desks: list[Desk]) -> list[str]:
    """In what the database differs from what the desks were told."""
    counted, undone = Counter[str](), Counter[str]()
    for desk in desks:
        counted.update(desk.counted)
        undone.update(desk.undone)
    found = []
    for what, told, stored in zip(("entry", "undoing"), (counted, undone), _stored(app), strict=True):
        found += [
            f"{what} {ref}: answered {told[ref]} times, stored {stored[ref]} times"
            for ref in told.keys() | stored.keys()
            if told[ref] != stored[ref]
        ]
    return found + [words for desk in desks for words in desk.refused]
