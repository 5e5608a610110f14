"""What is costly to make is made once for all the processes of one run of the tests, by whichever needs it first."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

VARIABLE = "BUREAU_TESTS_SHARED"


def open_folder() -> None:
    """Make the folder that the processes share; the one that starts the others calls it."""
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="bureau-tests-")


def close_folder() -> None:
    """Remove it with all that is in it."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


def folder() -> Path:
    """Where it is."""
    return Path(os.environ[VARIABLE])


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, filled by ``make`` if nobody did so yet; to be read only."""
    made = folder() / name
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = made.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)  # somebody failed to make it
            making.mkdir()
            make(making)
            making.rename(made)
    return made
