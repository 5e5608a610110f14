"""Problem and solution documents in `.json` and `.json.gz` files."""

import gzip
import json
import zlib
from pathlib import Path

from bureau.rotation.solver.malformed import Malformed

HALVES = "backslashreplace"
"""Half a character, which JSON can write and UTF-8 cannot, is written as JSON writes it."""


def read_document(path: Path) -> object:
    """The JSON value in a file; Malformed when the file holds none."""
    try:
        data = path.read_bytes()
        return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    except (ValueError, OSError, EOFError, RecursionError, zlib.error) as error:
        raise Malformed(path.name, f"not readable as JSON ({error})") from error


def write_document(path: Path, document: object) -> None:
    """Write a JSON value whole or not at all; the same value gives the same bytes."""
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(errors=HALVES)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    partial.replace(path)
