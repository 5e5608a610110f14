"""The process that protects, as others start it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bureau
from bureau.reports.protecting.task import Outcome, Task

OnProgress = Callable[[int, int], None]


class ProtectionFailed(RuntimeError):
    """The process ended without an answer."""


def protect_in_child(task: Task, on_progress: OnProgress) -> Outcome:
    """What comes of the task (ProtectionFailed where the process dies); it ends with whoever waits for it."""
    with _started() as child:
        if child.stdin is None or child.stdout is None:
            raise ProtectionFailed
        child.stdin.write(json.dumps(task.to_json()))
        child.stdin.close()
        for line in child.stdout:
            said: dict[str, Any] = json.loads(line)
            if "outcome" in said:
                return Outcome.from_json(said["outcome"])
            on_progress(said["done"], said["of"])
    raise ProtectionFailed


@contextmanager
def _started() -> "Iterator[subprocess.Popen[str]]":
    root = str(Path(bureau.__file__).parent.parent)
    command = [sys.executable, "-m", "bureau.reports.protecting"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    ) as child:
        try:
            yield child
        finally:
            child.kill()
