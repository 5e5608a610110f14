"""The labelled notes and places, read from ``data/``: what is planted stands in double brackets, half of them is held back.

``python -m tests.servicelog.privacy_set`` writes into ``docs/privacy.md`` what the check makes of them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

from bureau.kernel.privacy import found_in, found_in_place

DATA = Path(__file__).parent / "data"
LANGUAGES = ("bg", "en", "fr", "uk", "ru", "ar", "fa")
TODAY = date(2026, 12, 9)
CLEAN = "clean"
PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- /figures -->)", re.DOTALL)
PLACES = re.compile(r"(?<=<!-- places -->\n).*(?=<!-- /places -->)", re.DOTALL)
KINDS = ("name", "email", "phone", "personal", "document", "iban", "birth", "address", CLEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A labelled note, or a place where somebody is sent."""

    is_place: bool
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
        found = (found_in_place if self.is_place else found_in)(self.text, today=TODAY)
        if self.kind == CLEAN:
            return not found
        return any(one.start < self.end and self.start < one.end for one in found)


def notes() -> list[Note]:
    """All notes."""
    return _read("notes")


def places() -> list[Note]:
    """All places."""
    return _read("places")


def _read(what: str) -> list[Note]:
    files = {tag: (DATA / f"{what}-{tag}.txt").read_text("utf-8").splitlines() for tag in LANGUAGES}
    return [_note(tag, line, is_place=what == "places") for tag, lines in files.items() for line in lines]


def _note(language: str, line: str, *, is_place: bool) -> Note:
    kind, _, marked = line.partition(": ")
    start = marked.find("[[")
    end = marked.rfind("]]") - 2
    text = marked if kind == CLEAN else marked.replace("[[", "", 1)[:end] + marked[end + 4 :]
    return Note(is_place=is_place, language=language, kind=kind, text=text, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some notes were treated rightly."""

    right: int
    of: int

    @property
    def part(self) -> float:
        """As a part of one."""
        return self.right / self.of

    def __str__(self) -> str:
        """As the page says it."""
        return f"{self.right} of {self.of}" if self.of else "–"


def share(some: Iterable[Note]) -> Share:
    """Of these notes."""
    results = [note.right for note in some]
    return Share(right=sum(results), of=len(results))


def figures(every: list[Note]) -> str:
    """The tables of the page: by language, by kind; both halves."""
    by_language = _table("Language", LANGUAGES, every, lambda note: note.language)
    by_kind = _table("Kind", KINDS[:-1], every, lambda note: note.kind)
    return f"\n{_sentence(every)}\n\n{by_language}\n{by_kind}\n"


def figures_of_places(every: list[Note]) -> str:
    """The same of the places, by language."""
    by_language = _table("Language", LANGUAGES, every, lambda note: note.language)
    return f"\n{_sentence(every, what='places')}\n\n{by_language}\n"


def _sentence(every: list[Note], what: str = "notes") -> str:
    held = [note for note in every if note.held_back]
    planted, clean = (share(note for note in held if (note.kind == CLEAN) == plain) for plain in (False, True))
    return (
        f"Of the half held back ({len(held)} of {len(every)} {what}): **{planted.part:.1%} of what is planted is seen** ({planted}), "
        f"and **{1 - clean.part:.1%} of the clean {what} are refused** ({clean.of - clean.right} of {clean.of})."
    )


def _table(head: str, names: Iterable[str], every: list[Note], key: Callable[[Note], str]) -> str:
    lines = [
        f"| {head} | seen, held back | seen, tuned on | let pass, held back | let pass, tuned on |",
        "|---|---|---|---|---|",
    ]
    for name in names:
        mine = [note for note in every if key(note) == name]
        cells = [
            str(share(note for note in mine if (note.kind == CLEAN) == plain and note.held_back == held))
            for plain in (False, True)
            for held in (True, False)
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the figures into the page."""
    page = FIGURES.sub(figures(notes()), PAGE.read_text("utf-8"))
    PAGE.write_text(PLACES.sub(figures_of_places(places()), page), "utf-8")


if __name__ == "__main__":
    main()
