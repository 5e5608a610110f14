"""`python -m bureau.rotation.solver.bound INSTANCE`: proven lower bounds, a JSON line each."""

import argparse
import json
import os
import sys
from pathlib import Path
from threading import Thread, Timer

from bureau.rotation.solver.bound.bounds import Message, find_bounds
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.files import read_document
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem

NICENESS = 10
GRACE_SECONDS = 5.0
"""A step of HiGHS that does not look at its clock is ended so long after the time."""


def main() -> int:
    """Bounds of one file; with `--leash` the process ends when its standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m bureau.rotation.solver.bound", description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--leash", action="store_true")
    given = parser.parse_args()
    os.nice(NICENESS)
    _end_after(given.seconds + GRACE_SECONDS)
    if given.leash:
        Thread(target=_end_with_leash, daemon=True).start()
    try:
        problem = parse_problem(read_document(given.instance))
    except Malformed as error:
        sys.stderr.write(f"{error}\n")
        return 2
    find_bounds(Facts(problem), seconds=given.seconds, say=_say)
    return 0


def _end_after(seconds: float) -> None:
    timer = Timer(seconds, os._exit, [0])
    timer.daemon = True
    timer.start()


def _end_with_leash() -> None:
    """Wait until nobody holds the other end of our standard input, then end at once."""
    while os.read(sys.stdin.fileno(), 65536):
        pass
    os._exit(0)


def _say(message: Message) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
