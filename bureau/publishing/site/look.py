"""Style sheet, fonts, icons and the few small scripts, under an address that changes whenever any of them does."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bureau.calendars.domain.files import MadeFile, PublicFile
from bureau.publishing.domain import fingerprint

LOOK = "static/"
"""The folder of style sheet, fonts and icons; each version of the look has its own inside."""

PARTS = (
    "css/bureau.css", "css/plan.css", "css/print.css", "css/report.css", "css/walls.css", "fonts/*", "icons/*", "*.js",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One version of the look."""

    version: str
    files: Mapping[str, bytes]

    def address(self, name: str) -> str:
        """Where a page finds the file: ``/static/look-1a2b3c4d5e/css/bureau.css``."""
        return f"/{self.path(name)}"

    def path(self, name: str) -> str:
        """Where the file lies in the release."""
        return f"{LOOK}{self.version}/{name}"

    def made(self) -> list[MadeFile]:
        """Every file at its path in the release."""
        return [PublicFile(path=self.path(name), content=content) for name, content in self.files.items()]


@lru_cache(maxsize=1)
def read_look(folder: Path) -> Look:
    """The look as it lies in the application's folder of static files; read once a process."""
    paths = sorted(path for part in PARTS for path in folder.glob(part))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    marks = "".join(f"{name}:{fingerprint(content)}" for name, content in files.items())
    return Look(version=f"look-{fingerprint(marks.encode())[:10]}", files=files)
