"""The solver in a child process: a web worker never searches, and a dead search kills nobody."""

import json
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bureau.rotation.solver.child import Child, Folder, start
from bureau.rotation.solver.files import read_document, write_document
from bureau.rotation.solver.malformed import Malformed

POLL_SECONDS, LAST_SECONDS = 0.2, 0.05
"""How often we look what the child says, and whether it is gone once it was told to end."""
GRACE_SECONDS = 60.0
"""Beyond its time a child may build its last model or look for a minimal conflict so long."""

Document = dict[str, Any]


def solve_in_child(
    problem: Mapping[str, object],
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    explain_seconds: float = 0.0,
    folder: Path | None = None,
    on_progress: Callable[[Document], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Document:
    """The solution document of a problem document, found in a child process.

    Progress comes as `{"seconds", "total", "bound", "gap", "terms"}`. When `should_stop` says so, the
    child ends with its best plan. A child that dies raises nothing: its best plan comes back, or
    status "unknown" with the reason in the report.

    A run with a `folder` outlives us: its files and its child stay when we die, or when `should_stop`
    raises. Whoever calls again with the folder follows the child that is still at work, or starts
    another, and the better plan of both comes back. The folder is for the caller to remove.
    """
    options = {"--seconds": seconds, "--seed": seed, "--workers": workers, "--explain": explain_seconds}
    words = [*(word for name, value in options.items() for word in (name, str(value))), "--progress"]
    deadline = time.monotonic() + seconds + explain_seconds + GRACE_SECONDS
    if folder is None:
        with TemporaryDirectory(prefix="rota-") as made:
            files = Folder(path=Path(made))
            child = _child(files, problem, words)
            try:
                _follow(child, deadline, on_progress, should_stop)
            finally:
                child.end(signal.SIGKILL)
                child.wait(GRACE_SECONDS)
            return _answer(problem, files, child)
    folder.mkdir(parents=True, exist_ok=True)
    files = Folder(path=folder)
    child = _child(files, problem, words)
    try:
        _follow(child, deadline, on_progress, should_stop)
    except BaseException:
        child.let_go()
        raise
    child.end(signal.SIGKILL)
    child.wait(GRACE_SECONDS)
    return _answer(problem, files, child)


def is_at_work(folder: Path) -> bool:
    """Whether a child of a run with this folder is at work, whoever started it."""
    return Folder(path=folder).is_busy()


def end_in(folder: Path) -> None:
    """Tell the child that is at work there, if there is one, to end with its best plan."""
    Child(Folder(path=folder), None).end(signal.SIGTERM)


def _child(files: Folder, problem: Mapping[str, object], words: list[str]) -> Child:
    """The child that is at work there, else a new one; what a dead one left is kept."""
    held = files.take()
    if held is None:
        return Child(files, None)
    best = _better(_plan_in(files.before), _plan_in(files.answer))
    if best is not None:
        write_document(files.before, best)
    files.answer.unlink(missing_ok=True)
    write_document(files.instance, problem)
    return start(files, held, words)


def _follow(
    child: Child,
    deadline: float,
    on_progress: Callable[[Document], None] | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    """Relay the child's progress until it ends, is told to end, or is long over its time."""
    told, alive = False, True
    while alive and time.monotonic() < deadline:
        if not told and should_stop is not None and should_stop():
            child.end(signal.SIGTERM)
            told = True
        alive = child.is_alive()
        for line in child.lines():
            if on_progress is not None:
                on_progress(json.loads(line))
        if alive:
            time.sleep(LAST_SECONDS if told else POLL_SECONDS)


def _answer(problem: Mapping[str, object], files: Folder, child: Child) -> Document:
    """The better of what the child wrote and what one before it left."""
    reason = _reason(child.status, files.errors)
    written = _document_in(files.answer)
    best = _better(_plan_in(files.before), _plan_in(files.answer)) or written
    if best is None:
        best = {
            "format": "bureau-rota-solution/1",
            "instance": problem.get("id"),
            "status": "unknown",
            "assignments": [],
            "report": {"reason": reason},
        }
    elif best["report"].get("unfinished"):
        best["report"]["reason"] = reason
    return best


def _reason(status: int | None, errors: Path) -> str:
    """Why a child left its work unfinished, with the last line of its error output."""
    last = errors.read_text(errors="replace").strip().rpartition("\n")[2]
    ended = "the solver's process ended" if status is None else f"the solver's process ended with status {status}"
    return ended + (f": {last}" if last else "")


def _document_in(file: Path) -> Document | None:
    try:
        document = read_document(file)
    except Malformed:
        return None
    return document if isinstance(document, dict) else None


def _plan_in(file: Path) -> Document | None:
    """The solution document in a file, if it holds a plan."""
    document = _document_in(file)
    return document if document and document.get("status") in ("optimal", "feasible") else None


def _better(one: Document | None, other: Document | None) -> Document | None:
    """Of two solutions of one problem the one that costs less, the later if they are as good; with the higher bound."""
    if one is None or other is None:
        return one or other
    best = other if other["claimed"]["total"] <= one["claimed"]["total"] else one
    bounds = [each["bound"] for each in (one, other) if each.get("bound") is not None]
    return {**best, **({"bound": max(bounds)} if bounds else {})}
