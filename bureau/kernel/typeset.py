"""Typesetting: a template of ``templates/print`` and plain data in, a PDF out; the same data gives the same bytes.

Every file keeps PDF/UA-1: its text is in order, its headings, tables and pictures are named for who cannot see them.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, cast

from .row_heads import with_row_heads

TEMPLATES = Path(__file__).parents[2] / "templates" / "print"
FONTS = Path(__file__).with_name("fonts")
PRESS = Path(__file__).with_name("press.py")
LENGTH = 4
"""Bytes that tell the length of what follows."""
FAILED, FULL = 1, 2
"""How an order went, and whether the process has taken so much memory that another should go on."""


class NotTypeset(Exception):
    """The sheet could not be set."""


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that ``template`` (``poster``) makes of ``data``; what people wrote is only ever data, never a template."""
    written = _press.typeset(template, _printable(json.dumps(data, ensure_ascii=False, sort_keys=True)))
    return with_row_heads(written)


@contextmanager
def typesetting() -> Iterator[None]:
    """When the block ends, so does the process that typesets, and its memory is free again."""
    try:
        yield
    finally:
        _press.rest()


def has_letters_for(text: str) -> bool:
    """Whether the fonts for paper have all of its characters."""
    return set(text) <= _covered()


def _printable(text: str) -> str:
    """The text with a question mark for each letter that no font has; other signs without a shape are left out."""
    missing = {ord(sign): "?" if sign.isalnum() else None for sign in set(text) - _covered()}
    return text.translate(missing) if missing else text


@lru_cache(maxsize=1)
def _covered() -> frozenset[str]:
    lines = (FONTS / "covered.txt").read_text().split()
    spans = ((int(first, 16), int(last, 16)) for first, _, last in (line.partition("-") for line in lines))
    return frozenset(chr(code) for first, last in spans for code in range(first, last + 1))


class _Press:
    """The process that typesets, there from the first sheet until it may rest."""

    def __init__(self) -> None:
        """Nothing is to be set yet."""
        self._alone = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def typeset(self, template: str, data: str) -> bytes:
        """One sheet; NotTypeset says why not."""
        with self._alone:
            try:
                return self._ordered(template, json.dumps({"template": template, "data": data}).encode())
            except OSError as mishap:  # it died, of this sheet perhaps: the next sheet finds another
                self._end()
                raise NotTypeset(f"{template}: {mishap}") from mishap

    def rest(self) -> None:
        """End the process, if there is one."""
        with self._alone:
            self._end()

    def _ordered(self, template: str, order: bytes) -> bytes:
        orders, answers = self._started()
        orders.write(len(order).to_bytes(LENGTH) + order)
        orders.flush()
        (state,), length = _exactly(answers, 1), int.from_bytes(_exactly(answers, LENGTH))
        answer = _exactly(answers, length)
        if state & FULL:
            self._end()
        if state & FAILED:
            raise NotTypeset(f"{template}: {answer.decode()}")
        return answer

    def _started(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            command = [sys.executable, "-I", str(PRESS), str(TEMPLATES), str(FONTS)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
            )  # in a group of its own: who stops the server by Ctrl-C need not read what it thinks of that
        return cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with process:
                process.kill()


def _exactly(answers: IO[bytes], length: int) -> bytes:
    found = answers.read(length)
    if len(found) < length:
        raise BrokenPipeError("the process that typesets has ended")
    return found


_press = _Press()
