"""Eight processes, two thousand free slots, ten thousand tries to book: nobody is booked twice, everybody is told."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import time
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from bureau.kernel.database import db
from bureau.rotation.models import LIVE, PlannedSession, Slot
from tests.factories.organisations import a_bureau, a_room, a_worker, opening_hours
from tests.factories.rotation import DECEMBER, a_partner, an_open_round

ROOT = Path(__file__).parents[2]
PROCESSES, SLOTS = 8, 2_000
TRIES = int(os.environ.get("RACE_TRIES", "10000"))
SEATS, BLOCKS = 15, [(time(9 + 2 * number), time(11 + 2 * number)) for number in range(6)]
UNLIMITED = {"max_per_day": 999, "max_per_week": 999, "max_per_month": 999, "max_at_once": 999}


def a_big_round() -> tuple[int, list[int]]:
    """2,070 free slots (23 days × 6 blocks × 15 seats) and 40 workers of ten partners; ids of the round and of them."""
    bureau = a_bureau()
    a_room(bureau, seats=SEATS)
    opening_hours(bureau, blocks=BLOCKS)
    partners = [a_partner(f"partner-{number}", bureau, usual=UNLIMITED) for number in range(10)]
    workers = [a_worker(partner, f"W{number}").id for partner in partners for number in range(4)]
    db.session.commit()
    return an_open_round(bureau, DECEMBER, phase="proposing").id, workers


def test_no_slot_is_booked_twice_and_every_loser_is_told(installation: Flask) -> None:
    with installation.app_context():
        round_id, workers = a_big_round()
        slots = list(db.session.scalars(select(Slot.id).where(Slot.round_id == round_id).order_by(Slot.id)))[:SLOTS]
        db.session.remove()
    told = compete(installation, slots, workers)

    with installation.app_context():
        alive = PlannedSession.state.in_(LIVE)
        stored = set(db.session.scalars(select(PlannedSession.id).where(alive)))
        most = db.session.scalar(
            select(func.count()).where(alive).group_by(PlannedSession.slot_id).order_by(func.count().desc()).limit(1)
        )
    confirmed = {one["session"] for one in told if "session" in one}
    refused = Counter(one["code"] for one in told if "code" in one)
    assert len(told) == TRIES
    assert most == 1
    assert confirmed == stored
    assert len(confirmed) + refused.total() == TRIES
    assert set(refused) <= {"slot_taken", "worker_busy"}
    assert all(one["words"].endswith((".", "desk-1")) for one in told if "words" in one)


def compete(installation: Flask, slots: list[int], workers: list[int]) -> list[dict[str, object]]:
    """Let eight processes try; what each of their tries came to."""
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder, "task.json")
        task.write_text(json.dumps({"slots": slots, "workers": workers, "tries": TRIES // PROCESSES}))
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": installation.config["SQLALCHEMY_DATABASE_URI"],
        }
        words = [sys.executable, "-m", "tests.load.rival", str(task), folder, str(PROCESSES)]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)
        return [one for number in range(PROCESSES) for one in json.loads(Path(folder, f"{number}.json").read_text())]
