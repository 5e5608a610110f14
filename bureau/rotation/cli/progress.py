"""A progress bar on a terminal, silence elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

STEPS = 1000


class Watch:
    """A bar that fills with the time, or with what is counted, and says one thing beside it."""

    def __init__(self, bar: Any, seconds: float | None) -> None:
        self._bar = bar
        self._seconds = seconds
        self._started = time.monotonic()
        self._said: str | None = None

    def say(self, text: str) -> None:
        """Show this beside the bar from the next tick on."""
        self._said = text

    def tick(self) -> None:
        """Move to the time that has passed."""
        if self._seconds:
            self._move((time.monotonic() - self._started) / self._seconds)

    def count(self, done: int, of: int) -> None:
        """Move to what is done."""
        self._said = f"{done}/{of}"
        self._move(done / of)

    def _move(self, part: float) -> None:
        if self._bar is not None:
            self._bar.update(min(STEPS, int(part * STEPS)) - self._bar.pos, self._said)


@contextmanager
def watching(label: str, seconds: float | None) -> Iterator[Watch]:
    """A watch on the error output if a person sees it."""
    if not sys.stderr.isatty():
        yield Watch(None, seconds)
        return
    with click.progressbar(
        length=STEPS, label=label, file=sys.stderr, show_eta=False, item_show_func=lambda said: said
    ) as bar:
        yield Watch(bar, seconds)
