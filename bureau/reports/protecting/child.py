"""The process that protects, as others start it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import IO, Any

import bureau
from bureau.reports.protecting.task import Outcome, Task

OnProgress = Callable[[int, int], None]
BEAT_SECONDS = 1.0
LARGEST_PART = 1 << 16


class ProtectionFailed(RuntimeError):
    """The process ended without an answer."""


def protect_in_child(task: Task, on_progress: OnProgress) -> Outcome:
    """What comes of the task (ProtectionFailed where the process dies); it ends with whoever waits for it.

    ``on_progress`` hears at least once a second how far it is, also where that is as far as before.
    """
    with _started() as child:
        if child.stdin is None or child.stdout is None:
            raise ProtectionFailed
        child.stdin.write(json.dumps(task.to_json()).encode())
        child.stdin.close()
        done, of = 0, 0
        for line in _heard(child.stdout):
            said: dict[str, Any] = json.loads(line) if line else {}
            if "outcome" in said:
                return Outcome.from_json(said["outcome"])
            done, of = said.get("done", done), said.get("of", of)
            on_progress(done, of)
    raise ProtectionFailed


def _heard(pipe: IO[bytes]) -> Iterator[bytes]:
    """The lines as they come, and an empty one for each second without any."""
    begun = b""
    while True:
        if not select([pipe], [], [], BEAT_SECONDS)[0]:
            yield b""
            continue
        part = os.read(pipe.fileno(), LARGEST_PART)
        if not part:
            return
        *lines, begun = (begun + part).split(b"\n")
        yield from lines


@contextmanager
def _started() -> "Iterator[subprocess.Popen[bytes]]":
    root = str(Path(bureau.__file__).parent.parent)
    command = [sys.executable, "-m", "bureau.reports.protecting"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    ) as child:
        try:
            yield child
        finally:
            child.kill()
