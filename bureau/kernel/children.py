"""Work that outlives the request that asked for it: one of our commands in a process of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from flask import current_app

ROOT = Path(__file__).parents[2]


def start_command(*words: str) -> int:
    """Start a ``flask`` command on the same database, which goes on when this request and its server end; its number."""
    settings = {
        "DATABASE_URL": current_app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": current_app.config["SECRET_KEY"],
        "BUREAU_RUNS": current_app.config["RUNS"],
    }
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT, env={**os.environ, **settings}, start_new_session=True, stdin=quiet, stdout=quiet, stderr=quiet,
    )  # fmt: skip
    threading.Thread(target=child.wait, daemon=True).start()  # else it stays a zombie when it ends
    return child.pid
