"""The bound's process beside a search: started, listened to without waiting, ended at once."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import IO, Self

import bureau
from bureau.rotation.solver.files import write_document

Message = dict[str, object]


class BoundProcess:
    """Proven lower bounds of a problem's total, and good plans, from a child of low priority.

    The child never outlives us: it ends when our end of its standard input closes.
    """

    def __init__(self, problem: Path | Mapping[str, object], *, seconds: float) -> None:
        self.bound: int | None = None
        self.by: str | None = None
        self._problem = problem
        self._seconds = seconds
        self._news: SimpleQueue[Message] = SimpleQueue()

    def __enter__(self) -> Self:
        with ExitStack() as made:
            if isinstance(self._problem, Path):
                instance = self._problem
            else:
                instance = Path(made.enter_context(TemporaryDirectory(prefix="bound-")), "instance.json")
                write_document(instance, self._problem)
            self._made = made.pop_all()
        self._child = _start(instance, self._seconds)
        assert self._child.stdout is not None  # noqa: S101 - opened as a pipe
        self._reader = Thread(target=_read, args=(self._child.stdout, self._news), daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._made.close()

    @property
    def running(self) -> bool:
        """Whether there may be more news."""
        return self._reader.is_alive() or not self._news.empty()

    def news(self, wait: float = 0.0) -> list[Message]:
        """What was said since the last call; waits for a first message so many seconds at most.

        `{"seconds", "bound", "by"}`: a better bound, kept in `bound` too.
        `{"seconds", "plan": [[team, block, [service, …]], …]}`: a plan to be seated and judged.
        `{"seconds", "values": [[team, block, [service, …], value], …]}`: what the linear optimum
        takes, each in part (0 to 1): a good hint for where to look.
        `{"seconds", "least": [[team, block, total], …]}`: no plan with that shift has a lower total.
        """
        found: list[Message] = []
        while True:
            try:
                found.append(self._news.get(timeout=wait) if wait and not found else self._news.get_nowait())
            except Empty:
                return found
            self._take(found[-1])

    def stop(self) -> None:
        """End the child now; what it had said stays to be read."""
        self._child.kill()
        self._child.wait()
        self._reader.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def status(self) -> int | None:
        """How the child ended: 0 when its time was over or all is proven; None while it works."""
        return self._child.poll() if self._reader.is_alive() else self._child.wait()

    def _take(self, message: Message) -> None:
        bound = message.get("bound")
        if isinstance(bound, int):
            self.bound, self.by = bound, str(message["by"])


def _start(instance: Path, seconds: float) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(Path(bureau.__file__).parent.parent)}
    command = [
        sys.executable,
        "-m",
        "bureau.rotation.solver.bound",
        str(instance),
        "--seconds",
        str(seconds),
        "--leash",
    ]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _read(stream: IO[str], news: "SimpleQueue[Message]") -> None:
    for line in stream:
        if line.endswith("\n"):
            news.put(json.loads(line))
