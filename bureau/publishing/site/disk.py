"""Writing so that a power cut loses nothing that was said to be there, with as much at a time as the disk likes."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore
from types import TracebackType
from typing import Any

AT_ONCE = 8
"""Threads that compress and write: while one waits for the disk, another packs."""
AHEAD = 64
"""Files that may wait to be written, so that a site of any size is made in a little memory."""


def write(target: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with target.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def to_disk(folder: Path) -> None:
    """A folder's own entries survive a power cut only once the folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Writers:
    """Threads that write; leaving the block waits for them, and raises what the first of them met."""

    def __init__(self) -> None:
        """Nobody works yet."""
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._room = BoundedSemaphore(AHEAD)
        self._mishaps: list[BaseException] = []

    def __enter__(self) -> "Writers":
        """Begin."""
        return self

    def submit(self, work: Callable[..., None], *args: Any) -> None:
        """Have it done soon; after a mishap, raise that instead of beginning more."""
        if self._mishaps:
            raise self._mishaps[0]
        self._room.acquire()
        self._pool.submit(work, *args).add_done_callback(self._done)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Wait for all."""
        self._pool.shutdown(wait=True)
        if error is None and self._mishaps:
            raise self._mishaps[0]

    def _done(self, future: "Future[None]") -> None:
        self._room.release()
        if mishap := future.exception():
            self._mishaps.append(mishap)
