"""`python -m bureau.rotation.solver INSTANCE SOLUTION`: the solver in a process of its own."""

import argparse
import json
import sys
from pathlib import Path

from bureau.rotation.solver.run import EXIT_STATUS, leave, run
from bureau.rotation.solver.solution import Progress


def main() -> int:
    """Solve one file; with `--progress` a JSON line on stdout for each better plan or bound."""
    parser = argparse.ArgumentParser(prog="python -m bureau.rotation.solver", description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--explain", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--progress", action="store_true")
    given = parser.parse_args()
    solution = run(
        given.instance,
        given.solution,
        seconds=given.seconds,
        seed=given.seed,
        workers=given.workers,
        explain_seconds=given.explain,
        on_progress=_say if given.progress else _keep_quiet,
    )
    return EXIT_STATUS[solution.status]


def _say(progress: Progress) -> None:
    sys.stdout.write(json.dumps(progress.document()) + "\n")
    sys.stdout.flush()


def _keep_quiet(progress: Progress) -> None:
    del progress


if __name__ == "__main__":
    leave(main())
