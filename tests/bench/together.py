"""Fifteen organisations work on one month at once, on SQLite and on PostgreSQL: how long they wait, and that nothing is lost.

200 actions a second are offered for a minute to the server as ``make run`` starts it, and the client runs beside it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import time as wall
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from flask import Flask
from sqlalchemy import select

from bureau.app import create_app
from bureau.catalogue.queries import get_service
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.month import Month
from bureau.organisations.models import Organisation
from bureau.rotation.models import LIVE, OfferDraft, PlannedSession
from bureau.run import server_command
from tests import postgres
from tests.bench.measuring import table
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import a_demand, a_partner, an_offer, an_open_round, slots_of, to_phase, worker_row
from tests.installation import ROOT, migrate, settings

ORGANISATIONS, WORKERS = 15, 2
RATE, SECONDS = 200, 60
MOST_MILLISECONDS = 300
MIX = {"paint": 40, "book": 20, "release": 15, "look": 15, "refresh": 10}
"""Of a hundred actions: more of what writes, and takes a slot from another, than any bureau sees. Declaring is most of a
month's work, and the page sends it by itself; a slot is looked at before it is booked; 60 open boards ask 8 times a
second, which is 4 of 100 here, not 10. Left out are the pages that a browser opens next, after a booking the board.
"""
SEATS, BLOCKS = 12, [(wall(9), wall(11)), (wall(11), wall(13)), (wall(14), wall(16)), (wall(16), wall(18))]
UNLIMITED = {"max_per_day": 999, "max_per_week": 999, "max_per_month": 999, "max_at_once": 999}
PORT = 8797
SECRET = "for the benchmark only"


def run(words: Sequence[str] = ()) -> bool:
    """Print the table; False where an answer was lost or wrong, or where more than one in twenty waited too long.

    ``words`` may state another rate and another time: ``make bench ARGS="together 60 10"``.
    """
    rate, seconds = [int(word) for word in words] or (RATE, SECONDS)
    rows, kept = [], []
    for name, address, database in databases():
        with tempfile.TemporaryDirectory() as folder:
            answers, wrong, spent = measured(Path(folder), address, rate, seconds, database)
        rows.append(
            [name, *figures(answers, seconds), len(wrong), *(f"{1000 * one / len(answers):.1f}" for one in spent)]
        )
        kept.append(not wrong and waited(answers, 0.95) <= MOST_MILLISECONDS)
        sys.stdout.write("".join(f"{name}: {one}\n" for one in wrong[:5]))
    head = [
        "database",
        "answers",
        "per second",
        "median ms",
        "95 % ms",
        "99 % ms",
        "not 200/204/303/422",
        "lost or wrong",
        *(f"ms of CPU of the {whose} an answer" for whose in ("server", "database's own server", "client")),
    ]
    table(f"{ORGANISATIONS} organisations on one month, {rate} actions a second for {seconds} s ({_mix()})", head, rows)
    return all(kept)


def _mix() -> str:
    return ", ".join(f"{name} {share} %" for name, share in MIX.items())


def databases() -> Iterator[tuple[str, str, list[int]]]:
    """An empty database of each kind, and the processes that serve it where they are ours."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/bureau.db", []
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.server(Path(folder)) as server,
        postgres.database(server) as address,
    ):
        running = Path(folder, "data", "postmaster.pid")
        yield "PostgreSQL", address, [int(running.read_text().split()[0])] if running.exists() else []


def measured(
    folder: Path, address: str, rate: int, seconds: int, database: list[int]
) -> tuple[list[dict[str, Any]], list[str], list[float]]:
    """Every action's answer, what the database does not hold as it was answered, and the seconds of the processor that
    server, database and client spent on it.
    """
    app = create_app(settings(folder, address) | {"SECRET_KEY": SECRET, "WTF_CSRF_ENABLED": True, "TESTING": False})
    task = {"host": "127.0.0.1", "port": PORT, "rate": rate, "seconds": seconds, "mix": MIX, "seed": 1, **a_month(app)}
    with served(folder, address) as server:
        Path(folder, "task.json").write_text(json.dumps(task | {"watched": [[server], database]}))
        words = [sys.executable, "-m", "tests.bench.offered", str(folder / "task.json"), str(folder / "answers.json")]
        subprocess.run(words, cwd=ROOT, check=True)
    told = json.loads((folder / "answers.json").read_text())
    every = told["warming"] + told["answers"]
    with app.app_context():
        wrong = [*double_booked(), *lost_sessions(every), *lost_cells(every)]
        db.session.remove()
        db.engine.dispose()
    return told["answers"], wrong, told["spent"]


def a_month(app: Flask) -> dict[str, Any]:
    """A month that is booked, with over a thousand slots, declared offers and wishes to meet, one that is declared, and a
    coordinator for every organisation.
    """
    month = Month.of(utcnow().date()).shifted(1)
    following = str(month.shifted(1))
    with app.app_context():
        migrate(app)
        bureau = a_bureau()
        a_room(bureau, seats=SEATS)
        opening_hours(bureau, blocks=BLOCKS)
        codes = [f"partner-{number}" for number in range(ORGANISATIONS)]
        teams = [a_team(a_partner(code, bureau, usual=UNLIMITED)) for code in codes]
        a_demand(bureau, target=20, service_id=get_service("info").id, language_tag="en")
        round_ = an_open_round(bureau, str(month), now=utcnow())
        for team in teams:
            an_offer(round_, [worker_row(one) for one in team], **UNLIMITED)
        round_ = to_phase(round_, "proposing")
        an_open_round(bureau, following, now=utcnow())
        slots = [one.id for one in slots_of(round_)]
        db.session.remove()
    people = [a_person(app, code, following) for code in codes]
    return {"slots": slots, "people": people, "base": "/desk/golden-river", "month": str(month), "following": following}


def a_team(partner: Organisation) -> list[int]:
    """The numbers of the organisation's workers."""
    made = [a_worker(partner, f"W{number}", services=["info"], languages=["en"]) for number in range(WORKERS)]
    db.session.commit()
    return [one.id for one in made]


def a_person(app: Flask, code: str, month: str) -> dict[str, Any]:
    """What a browser of the organisation's coordinator holds, and the fields of its page."""
    browser = app.test_client()
    with app.app_context():
        organisation = db.session.scalars(select(Organisation).where(Organisation.code == code)).one()
        sign_in_as(browser, person(coordinates=[organisation]))
    page = browser.get(f"/desk/golden-river/{month}/offers/{code}/").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    cookie = browser.get_cookie("session")
    assert token is not None
    assert cookie is not None
    cells = sorted(set(re.findall(r'name="(at-\d+-[^"]+)"', page)))
    board = browser.get(f"/desk/golden-river/{Month.parse(month).shifted(-1)}/board").text
    return {
        "board": dict(re.findall(r'name="(mark|seen)" value="([^"]*)"', board)),
        "draft": dict(re.findall(r'name="(version|draft)" value="([^"]*)"', page)),
        "organisation": code, "cookie": f"session={cookie.value}", "token": token[1],
        "worker": int(cells[0].split("-")[1]), "cells": cells,
    }  # fmt: skip


@contextmanager
def served(folder: Path, address: str) -> Iterator[int]:
    """The server on that database, as ``make run`` starts it; the number of its process."""
    environment = os.environ | {
        "DATABASE_URL": address, "SECRET_KEY": SECRET, "BUREAU_PUBLISHED": str(folder / "published"),
        "BUREAU_RUNS": str(folder / "runs"), "PORT": str(PORT),
    }  # fmt: skip
    server = subprocess.Popen(server_command("127.0.0.1", PORT), cwd=ROOT, env=environment)
    try:
        while not answers_now():
            time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def answers_now() -> bool:
    """Whether the server serves its pages."""
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/desk/sign-in", timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def double_booked() -> list[str]:
    """Slots that hold two sessions, and workers who are in two places."""
    statement = select(PlannedSession).where(PlannedSession.state.in_(LIVE))
    live = db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()
    twice = Counter(one.slot_id for one in live) + Counter((one.worker_id, one.starts_at) for one in live)
    return [f"{what} is held {times} times" for what, times in twice.items() if times > 1]


def lost_sessions(answers: list[dict[str, Any]]) -> list[str]:
    """Bookings and releases that were confirmed and are not stored, or are stored and were not confirmed."""
    booked = {one["session"] for one in answers if one["kind"] == "book" and one["session"]}
    released = {one["session"] for one in answers if one["kind"] == "release" and one["status"] == 303}
    stored = {row.id: row.state for row in db.session.execute(select(PlannedSession.id, PlannedSession.state))}
    meant = {number: "released" if number in released else "booked" for number in booked}
    return [
        f"session {number} is {stored.get(number)}, confirmed {meant.get(number)}"
        for number in sorted(booked | stored.keys())
        if stored.get(number) != meant.get(number)
    ]


def lost_cells(answers: list[dict[str, Any]]) -> list[str]:
    """Fields that hold something else than what was last confirmed (where several were on their way, any of them)."""
    confirmed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in answers:
        if one["kind"] == "paint" and one["status"] == 200:
            for cell, value in one["cells"].items():
                confirmed[one["organisation"], cell].add(value)
    statement = select(Organisation.code, OfferDraft.cells).join(
        OfferDraft, OfferDraft.organisation_id == Organisation.id
    )
    stored = dict(db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).tuples().all())
    return [
        f"{code}, {cell}: {stored.get(code, {}).get(cell)!r}, confirmed {sorted(values)}"
        for (code, cell), values in confirmed.items()
        if stored.get(code, {}).get(cell) not in values
    ]


def waited(answers: list[dict[str, Any]], part: float) -> float:
    """How many milliseconds that part of the answers took at most."""
    times = sorted(one["seconds"] for one in answers)
    return 1000 * float(times[min(len(times) - 1, int(part * len(times)))])


def figures(answers: list[dict[str, Any]], seconds: int) -> list[object]:
    """The row of one database."""
    fine = Counter(one["status"] in {200, 204, 303, 422} for one in answers)
    last = max(one["seconds"] for one in answers)
    speed = len(answers) / (seconds + max(0.0, last - 1))
    return [len(answers), f"{speed:.0f}", *(f"{waited(answers, part):.0f}" for part in (0.5, 0.95, 0.99)), fine[False]]
