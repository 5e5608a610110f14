"""The solver's process and its folder: who finds the folder's lock held knows that the solver is still at work there."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import bureau

NICENESS = "10"
"""Pages are served first. Linux takes the rank for reading and writing files from it too."""
TRIES, TRY_AGAIN_SECONDS = 5, 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """Where one run keeps its files."""

    path: Path

    @property
    def instance(self) -> Path:
        """The problem."""
        return self.path / "instance.json"

    @property
    def answer(self) -> Path:
        """The solution, or the best plan so far."""
        return self.path / "solution.json"

    @property
    def before(self) -> Path:
        """The best plan of a process that died."""
        return self.path / "before.json"

    @property
    def told(self) -> Path:
        """The progress, a JSON line for each better plan or bound."""
        return self.path / "progress.jsonl"

    @property
    def errors(self) -> Path:
        """What the process wrote to its error output."""
        return self.path / "errors.txt"

    @property
    def lock(self) -> Path:
        """Held by the process as long as it lives, by nobody else for longer than it takes to start it."""
        return self.path / "lock"

    @property
    def number(self) -> Path:
        """The number of the process."""
        return self.path / "pid"

    def take(self) -> int | None:
        """The lock, as an open file; None while somebody works here.

        Whoever only looks whether somebody does holds it too, but for no time: we try again.
        """
        held = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        for _ in range(TRIES):
            if _is_locked(held, fcntl.LOCK_EX):
                return held
            time.sleep(TRY_AGAIN_SECONDS)
        os.close(held)
        return None

    def is_busy(self) -> bool:
        """Whether a process is at work here, whoever started it; any number may look at once."""
        try:
            seen = os.open(self.lock, os.O_RDONLY)
        except FileNotFoundError:
            return False
        free = _is_locked(seen, fcntl.LOCK_SH)
        os.close(seen)
        return not free


def _is_locked(file: int, how: int) -> bool:
    """Whether we could lock the file at once."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Child:
    """A solver at work in a folder: one that we started, or one that outlived whoever did."""

    def __init__(self, folder: Folder, started: "subprocess.Popen[bytes] | None") -> None:
        self._folder = folder
        self._started = started
        self._read = 0

    @property
    def status(self) -> int | None:
        """What it ended with; None while it works, or where it was not ours."""
        return self._started.poll() if self._started else None

    def is_alive(self) -> bool:
        """Whether it still works."""
        return self._started.poll() is None if self._started else self._folder.is_busy()

    def lines(self) -> Iterator[str]:
        """What it has told since the last look, whole lines only; nothing while it is being started."""
        if not self._folder.told.exists():
            return
        with self._folder.told.open("rb") as file:
            file.seek(self._read)
            whole = file.read().rpartition(b"\n")[0]
        if whole:
            self._read += len(whole) + 1
            yield from whole.decode().split("\n")

    def end(self, how: signal.Signals) -> None:
        """Tell it to end."""
        if self._started:
            self._started.send_signal(how)
        elif self._folder.is_busy() and self._folder.number.exists():
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(int(self._folder.number.read_text()), how)

    def let_go(self) -> None:
        """It goes on without us; if it ends first, it does not stay a zombie."""
        if self._started:
            Thread(target=self._started.wait, daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Wait until it is gone, if it is ours."""
        if self._started:
            self._started.wait(seconds)


def start(folder: Folder, held: int, arguments: Sequence[str]) -> Child:
    """Start the solver in its folder, at low priority and in a session of its own; the lock is its own from now on."""
    folder.number.unlink(missing_ok=True)  # of one that is gone: nobody shall end a stranger in its place
    files = [str(folder.instance), str(folder.answer)]
    command, environment = command_of("bureau.rotation.solver", [*files, *arguments])
    with folder.told.open("wb") as told, folder.errors.open("wb") as errors:
        started = subprocess.Popen(
            command, env=environment,
            stdin=subprocess.DEVNULL, stdout=told, stderr=errors, pass_fds=[held], start_new_session=True,
        )  # fmt: skip
    os.close(held)
    folder.number.write_text(str(started.pid))
    return Child(folder, started)


def command_of(module: str, arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The words that start a module of ours at low priority, and the environment in which it is found."""
    nice = shutil.which("nice")
    command = [*([nice, "-n", NICENESS] if nice else []), sys.executable, "-m", module, *arguments]
    return command, {**os.environ, "PYTHONPATH": str(Path(bureau.__file__).parent.parent)}
