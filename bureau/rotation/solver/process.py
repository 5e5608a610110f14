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
        write_document(instance, problem)
        options = {
            "--seconds": seconds,
            "--seed": seed,
            "--workers": workers,
            "--explain": explain_seconds,
        }
        words = [word for name, value in options.items() for word in (name, str(value))]
        with _child([str(instance), str(answer), *words, "--progress"]) as child:
            deadline = time.monotonic() + seconds + explain_seconds + GRACE_SECONDS
            _follow(child, deadline, on_progress, should_stop)
        return _answer(problem, answer, child.returncode)


@contextmanager
def _child(arguments: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """The child, certainly gone afterwards."""
    root = str(Path(bureau.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, "-m", "bureau.rotation.solver", *arguments]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
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


def _answer(problem: Mapping[str, object], answer: Path, status: int) -> Document:
    reason = f"the solver's process ended with status {status}"
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
