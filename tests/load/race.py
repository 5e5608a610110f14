"""Processes that book the same slots at the same time: nobody is booked twice, everybody is told."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from bureau.kernel.database import db
from bureau.rotation.models import LIVE, PlannedSession, Slot
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import DECEMBER, a_partner, an_open_round
from tests.installation import ROOT

PROCESSES, PARTNERS = 8, 10
BLOCKS = [(time(9 + 2 * number), time(11 + 2 * number)) for number in range(6)]
UNLIMITED = {"max_per_day": 999, "max_per_week": 999, "max_per_month": 999, "max_at_once": 999}
REFUSALS = {"slot_taken", "worker_busy"}

Told = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """How many try for how much. The month has 23 days of six blocks: 138 slots for each seat."""

    slots: int
    seats: int
    workers: int
    """Of each of the ten partners."""
    tries: int
    """Of each process."""


FULL = Race(slots=2_000, seats=15, workers=4, tries=1_250)
QUARTER = Race(slots=500, seats=4, workers=1, tries=313)
"""The same crowd before each slot in a quarter of the time."""


def run(app: Flask, race: Race) -> Iterator[str]:
    """Run it on the empty database of the application: what is not as promised."""
    with app.app_context():
        slots, workers = _prepared(race)
        db.session.remove()
    told = _compete(app, race, slots, workers)
    with app.app_context():
        yield from _broken(race, told)
        db.session.remove()


def _prepared(race: Race) -> tuple[list[int], list[int]]:
    """A month with free slots, and who may take them."""
    bureau = a_bureau()
    a_room(bureau, seats=race.seats)
    opening_hours(bureau, blocks=BLOCKS)
    partners = [a_partner(f"partner-{number}", bureau, usual=UNLIMITED) for number in range(PARTNERS)]
    workers = [a_worker(partner, f"W{number}").id for partner in partners for number in range(race.workers)]
    db.session.commit()
    round_id = an_open_round(bureau, DECEMBER, phase="proposing").id
    slots = db.session.scalars(select(Slot.id).where(Slot.round_id == round_id).order_by(Slot.id))
    return list(slots)[: race.slots], workers


def _compete(app: Flask, race: Race, slots: list[int], workers: list[int]) -> Told:
    """Let the processes try; what each of their tries came to."""
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder, "task.json")
        task.write_text(json.dumps({"slots": slots, "workers": workers, "tries": race.tries}))
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        }  # fmt: skip
        words = [sys.executable, "-m", "tests.load.rival", str(task), folder, str(PROCESSES)]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)
        return [one for number in range(PROCESSES) for one in json.loads(Path(folder, f"{number}.json").read_text())]


def _broken(race: Race, told: Told) -> Iterator[str]:
    """What was told against what is stored."""
    alive = PlannedSession.state.in_(LIVE)
    stored = set(db.session.scalars(select(PlannedSession.id).where(alive)))
    each = select(func.count()).where(alive).group_by(PlannedSession.slot_id).order_by(func.count().desc())
    most = db.session.scalar(each.limit(1))
    confirmed = [one["session"] for one in told if "session" in one]
    refused = Counter(one["code"] for one in told if "code" in one)
    unclear = [one["words"] for one in told if "words" in one and not one["words"].endswith((".", "desk-1"))]
    if len(told) != PROCESSES * race.tries or len(confirmed) + refused.total() != len(told):
        yield f"{len(told)} answers, {len(confirmed)} bookings and {refused.total()} refusals"
    if most != 1:
        yield f"{most} sessions in one slot"
    if sorted(confirmed) != sorted(stored):
        yield f"{len(confirmed)} bookings told, {len(stored)} stored, {len(stored ^ set(confirmed))} of them differ"
    if not refused or not refused.keys() <= REFUSALS:
        yield f"refused with {dict(refused)}"
    if unclear:
        yield f"{len(unclear)} refusals without a sentence: {unclear[0]}"
