"""``flask scheduler run`` as a process of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]


def leaders(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT count(*) FROM lease").fetchone()[0]
    connection.close()
    return int(found)


def test_the_scheduler_leads_until_it_is_told_to_stop_and_gives_the_lease_back(own_app: Flask, tmp_path: Path) -> None:
    database = tmp_path / "bureau.db"
    settings = {
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "x" * 32,
        "BUREAU_PUBLISHED": str(tmp_path / "p"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "scheduler", "run"],
        cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not leaders(database) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    led = leaders(database)

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)

    assert (led, leaders(database), process.returncode, said) == (1, 0, 0, "")
