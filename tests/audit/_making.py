"""Published files to be read by other programs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bureau.app import create_app
from tests.installation import settings


@contextmanager
def application() -> Iterator[Flask]:
    """The application, to write files with; its database is never asked."""
    with TemporaryDirectory() as folder:
        yield create_app(settings(Path(folder), f"sqlite:///{folder}/bureau.db"))


def write(folder: Path, files: dict[str, bytes], name: Callable[[str], str] = str) -> list[Path]:
    """The files below ``folder``, each by the name that ``name`` gives its path."""
    written = []
    for path, content in files.items():
        target = folder / name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(target)
    return written
