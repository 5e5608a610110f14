"""The solver in a child process: a web worker never searches, and a dead search kills nobody."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

import bureau
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.problem import Malformed

POLL_SECONDS = 0.2
GRACE_SECONDS = 60.0
"""Beyond its time a child may build its last model or look for a minimal conflict so long."""

Document = dict[str, object]


def solve_in_child(
    problem: Mapping[str, object],
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    explain_seconds: float = 0.0,
    on_progress: Callable[[Document], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Document:
    """The solution document of a problem document, found in a child process.

    Progress comes as `{"seconds", "total", "bound", "terms"}`. When `should_stop` says so, the
    child ends with its best plan. A child that dies raises nothing: its best plan comes back, or
    status "unknown" with the reason in the report.
    """
    with TemporaryDirectory(prefix="rota-") as folder:
        instance, answer = Path(folder, "instance.json"), Path(folder, "solution.json")
        errors = Path(folder, "errors.txt")
        write_document(instance, problem)
        options = {
            "--seconds": seconds,
            "--seed": seed,
            "--workers": workers,
            "--explain": explain_seconds,
        }
        words = [word for name, value in options.items() for word in (name, str(value))]
        with _child([str(instance), str(answer), *words, "--progress"], errors) as child:
            deadline = time.monotonic() + seconds + explain_seconds + GRACE_SECONDS
            _follow(child, deadline, on_progress, should_stop)
        return _answer(problem, answer, _reason(child.returncode, errors))


@contextmanager
def _child(arguments: list[str], errors: Path) -> Iterator["subprocess.Popen[str]"]:
    """The child, certainly gone afterwards."""
    root = str(Path(bureau.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, "-m", "bureau.rotation.solver", *arguments]
    with (
        errors.open("wb") as told,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=told, text=True) as child,
    ):
        try:
            yield child
        finally:
            child.kill()


def _follow(
    child: "subprocess.Popen[str]",
    deadline: float,
    on_progress: Callable[[Document], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    """Relay the child's progress until it ends, is told to end, or is long over its time."""
    lines: Queue[str] = Queue()
    assert child.stdout is not None  # noqa: S101 - opened as a pipe
    reader = Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    told = False
    while (reader.is_alive() or not lines.empty()) and time.monotonic() < deadline:
        if not told and should_stop is not None and should_stop():
            child.terminate()
            told = True
        try:
            line = lines.get(timeout=POLL_SECONDS)
        except Empty:
            continue
        if on_progress is not None:
            on_progress(json.loads(line))
    if time.monotonic() < deadline:
        child.wait(timeout=GRACE_SECONDS)


def _read(stream: IO[str], lines: "Queue[str]") -> None:
    for line in stream:
        if line.endswith("\n"):
            lines.put(line)


def _reason(status: int, errors: Path) -> str:
    """Why a child left its work unfinished, with the last line of its error output."""
    last = errors.read_text(errors="replace").strip().rpartition("\n")[2]
    return f"the solver's process ended with status {status}" + (f": {last}" if last else "")


def _answer(problem: Mapping[str, object], answer: Path, reason: str) -> Document:
    try:
        document = read_document(answer)
    except Malformed:
        document = None
    if not isinstance(document, dict):
        return {
            "format": "bureau-rota-solution/1",
            "instance": problem.get("id"),
            "status": "unknown",
            "assignments": [],
            "report": {"reason": reason},
        }
    if document["report"].get("unfinished"):
        document["report"]["reason"] = reason
    return document
