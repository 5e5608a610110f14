"""The labelled notes, read from ``data/``: what is planted stands in double brackets, half of them is held back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

from bureau.servicelog.domain.privacy import found_in

DATA = Path(__file__).parent / "data"
LANGUAGES = ("bg", "en", "fr", "uk", "ru", "ar", "fa")
TODAY = date(2026, 12, 9)
CLEAN = "clean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A labelled note."""

    language: str
    kind: str
    text: str
    start: int
    end: int

    @property
    def held_back(self) -> bool:
        """Whether the note was kept out of sight while the checks were tuned; a rule that nobody can bend."""
        return crc32(self.text.encode()) % 2 == 1

    @property
    def right(self) -> bool:
        """Whether the check does with it what it should: sees what is planted; sees nothing where nothing is."""
        found = found_in(self.text, today=TODAY)
        if self.kind == CLEAN:
            return not found
        return any(one.start < self.end and self.start < one.end for one in found)


def notes() -> list[Note]:
    """All of them."""
    return [
        _note(tag, line) for tag in LANGUAGES for line in (DATA / f"notes-{tag}.txt").read_text("utf-8").splitlines()
    ]


def _note(language: str, line: str) -> Note:
    kind, _, marked = line.partition(": ")
    start = marked.find("[[")
    end = marked.rfind("]]") - 2
    text = marked if kind == CLEAN else marked.replace("[[", "", 1)[:end] + marked[end + 4 :]
    return Note(language=language, kind=kind, text=text, start=start, end=end)
