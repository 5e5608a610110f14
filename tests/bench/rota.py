"""The planner on the months of the tests: a table month × method, kept in docs/rota-bench.md with its machine and date."""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any, cast

from bureau.kernel.clock import utcnow
from bureau.rotation.solver.files import read_document
from tests.bench.measuring import markdown
from tests.rotation.solver.independent import check

ROOT = Path(__file__).parents[2]
MONTHS = ROOT / "tests/rotation/solver/months"
KEPT = ROOT / "docs/rota-bench.md"
SECONDS = {"XS": 10, "S": 60, "M": 60, "L": 60, "XL": 120}
"""For each method but greedy, which takes the time it takes."""
METHODS = ("greedy", "CP-SAT alone", "ours")
GRACE = 120.0
"""A method still running so long after its time is ended, and has no answer."""
HEAD = ("month", "method", "total", "over the reference", "bound", "gap", "first plan after", "took", "memory")
TEXT = """# How well the planner plans

Made by `make bench ARGS=rota`; do not edit. {date}, {machine}.

Each method plans the months that the tests keep (`tests/rotation/solver/months`), in a process of its own: *greedy* takes what saves
most until nothing does; *CP-SAT alone* is OR-Tools on the whole month without hint or parts, two workers; *ours* is what a bureau
runs (`python -m bureau.rotation.solver`, two workers, the process of the bound is one of them). Time for the last two: {seconds}.
Every plan was judged by the independent checker (`tests/rotation/solver/independent`).

- **total**: of the nine terms, lower is better; **bound**: proven by the method itself, no plan can be below.
- **over the reference** and **gap** are shares of what a planner controls: (total - reference) / (reference - unavoidable), and
  (total - bound) / (bound - unavoidable). *Unavoidable* is what no plan can avoid, demand by demand and partner by partner; else a month
  with many impossible wishes would make every planner look good. The reference is the best of long runs (up to 480 s) of CP-SAT on the whole month and
  of a plain large-neighbourhood search; below it the share is negative.
- **first plan after**: seconds from the start of the process, the start of Python included; **memory**: most that its largest process held.

{table}
"""

Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one method did with one month."""

    solution: dict[str, Any] | None
    first: float | None
    took: float
    mebibytes: float


def run(names: Iterable[str] = ()) -> bool:
    """Print the table of these months or sizes, all if none is named; False where a plan is not valid."""
    wanted = set(names)
    months = [name for name in _reference() if not wanted or wanted & {name, _size(name)}]
    months.sort(key=lambda name: (list(SECONDS).index(_size(name)), name))
    rows, valid = [], True
    for name in months:
        for method in METHODS:
            row, fine = _row(name, method, _run(name, method))
            rows.append(row)
            valid &= fine
            sys.stderr.write(" ".join(row) + "\n")
    table = markdown(HEAD, rows)
    sys.stdout.write(f"\n{table}\n")
    if not wanted:
        KEPT.write_text(_text(table), encoding="utf-8")
    return valid


def _reference() -> dict[str, dict[str, Any]]:
    """The best known total of each month, and what no plan can avoid."""
    return cast("dict[str, dict[str, Any]]", read_document(MONTHS / "reference.json"))


def _size(name: str) -> str:
    return name.partition("-")[0]


def _run(name: str, method: str) -> Run:
    month, seconds = MONTHS / f"{name}.json.gz", SECONDS[_size(name)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        solution = Path(folder, "solution.json")
        if method == "ours":
            words = ["-m", "bureau.rotation.solver", month, solution, "--seconds", seconds, "--progress"]
        else:
            word = {"greedy": "greedy", "CP-SAT alone": "plain"}[method]
            words = ["-m", "tests.bench.rota_methods", word, month, solution, seconds]
        first, took, mebibytes = _measure([sys.executable, *map(str, words)], seconds + GRACE)
        found = cast("dict[str, Any]", read_document(solution)) if solution.exists() else None
    return Run(solution=found, first=first, took=took, mebibytes=mebibytes)


def _measure(command: list[str], most: float) -> tuple[float | None, float, float]:
    """Seconds to the first line it says and to its end, and the memory of its largest process in MiB."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)
    timer = Timer(most, os.killpg, (child.pid, signal.SIGKILL))
    timer.start()
    first = _first_line(cast("IO[str]", child.stdout), began)
    _, status, used = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return first, time.monotonic() - began, used.ru_maxrss / 1024


def _first_line(lines: IO[str], began: float) -> float | None:
    first = None
    with lines:
        for _ in lines:
            first = first or time.monotonic() - began
    return first


def _row(name: str, method: str, run: Run) -> tuple[Row, bool]:
    """One row of the table, and whether the plan in it is valid."""
    about, found = _reference()[name], run.solution
    measured = (_number(run.first, " s"), _number(run.took, " s"), f"{run.mebibytes:.0f} MiB")
    if found is None or not found["assignments"]:
        bound = str(found["bound"]) if found and "bound" in found else "–"
        return (name, method, "no plan", "–", bound, "–", *measured), found is not None or method != "ours"
    broken, _, total, _ = check.check(check.load(MONTHS / f"{name}.json.gz"), found)
    best, spared, bound = about["best"], about["unavoidable"], found.get("bound")
    over = f"{100 * (total - best) / (best - spared):.1f} %"
    gap = f"{100 * (total - bound) / (bound - spared):.1f} %" if bound is not None and bound > spared else "–"
    worth = f"{total}" if not broken else f"{total}, breaks {broken[0][0]}"
    return (name, method, worth, over, "–" if bound is None else str(bound), gap, *measured), not broken


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.1f}{unit}"


def _text(table: str) -> str:
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {pages / 2**30:.0f} GiB of memory"
    seconds = json.dumps(SECONDS)[1:-1].replace('"', "").replace(":", "")
    return TEXT.format(date=f"{utcnow():%Y-%m-%d}", machine=machine, seconds=f"{seconds} seconds", table=table)
