"""The process that typesets: it stands alone, so that what typst keeps in memory goes when it does.

Started with a folder of templates and one of fonts. It reads orders from its standard input, the length of each in four
bytes before it, and answers each with a byte (1: it failed, 2: enough memory is taken for another process to go on,
3: both), four bytes of length, and the PDF or what went wrong. It knows nothing of the product, and ends when nobody is
there to order.
"""

import json
import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import typst

LENGTH = 4
FULL = 220 * 2**20
"""So many bytes of memory are enough; typst keeps what it laid out: 1 MiB of a poster, 70 of a report."""
STATUS = Path("/proc/self/status")
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of writing, which must not tell two files apart that say the same."""


def main(templates: str, fonts: str) -> None:
    """Typeset one order after the other; the fonts are read once."""
    compiler = typst.Compiler(root=templates, font_paths=[fonts], ignore_system_fonts=True)
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while order := _read(orders):
        wanted = json.loads(order)
        try:
            written, failed = _typeset(compiler, f"{templates}/{wanted['template']}.typ", wanted["data"]), False
        except Exception as mishap:
            written, failed = f"{type(mishap).__name__}: {mishap}".encode(), True
        try:
            state = failed + 2 * (_held() > FULL)
            answers.write(state.to_bytes() + len(written).to_bytes(LENGTH) + written)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # who ordered was killed meanwhile; nobody is there to be told


def _typeset(compiler: typst.Compiler, path: str, data: str) -> bytes:
    written = compiler.compile(
        input=path, format="pdf", sys_inputs={"data": data}, timestamp=WRITTEN, pdf_standards=["ua-1"]
    )
    if not isinstance(written, bytes):
        raise TypeError(path)  # only pictures come as one file for each page
    return written


def _held() -> int:
    """The most memory that this process has held.

    Linux counts in ``ru_maxrss`` what the process held that started this one, which may be large: it is asked otherwise.
    """
    try:
        lines = STATUS.read_text().splitlines()
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _read(orders: BinaryIO) -> bytes:
    return orders.read(int.from_bytes(orders.read(LENGTH)))


if __name__ == "__main__":
    main(*sys.argv[1:])
