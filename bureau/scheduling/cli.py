"""``flask scheduler``: the jobs alone, for installations with several processes."""

import signal
import threading

from flask import current_app
from flask.cli import AppGroup

from bureau.scheduling.runner import Runner

scheduler = AppGroup("scheduler", help="Jobs that run by themselves.")


@scheduler.command("run")
def run() -> None:
    """Run the jobs until told to stop; of several such processes one leads, the others stand by."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  (Werkzeug's own way to the app)
    runner = Runner(app, app.extensions["jobs"])
    runner.start()
    try:
        stop.wait()
    finally:
        runner.stop()
