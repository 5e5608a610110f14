"""Trees of files on disk: each is written aside, brought to the disk, put in its place by its name, and never changed.

``TREES/<part>/<number>`` holds ``site/…``, the files under their public paths with compressed twins beside them, and
``manifest.json``, the list of them. What stays the same from one tree to the next is a hard link, so that its time of
change is kept; a folder in which all stays the same is a symbolic link into the tree that it really lies in.
"""

import gzip
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from bureau.calendars.domain.files import FailedFile, MadeFile, PublicFile, UnchangedFile, WaitingFile
from bureau.publishing.domain import Changes, Entry, fingerprint

from .disk import Writers, to_disk, write
from .folders import REACH, Links, links_of, parents

COMPRESSED = frozenset({".html", ".ics", ".css", ".js", ".svg", ".txt", ".xml", ".json", ".csv", ".webmanifest"})
GZIP_LEVEL = 6
"""Of 9, which takes half as long again for three percent."""
BROTLI_QUALITY = 6
"""Of 11: a step to 9 takes fifteen times as long for one and a half percent."""
_TWINS = (".gz", ".br")
_COMPRESSED = tuple(COMPRESSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One tree: its folder, the list of its files, and which of its folders really lie in others."""

    folder: Path
    files: Mapping[str, Entry]
    links: Links = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Where it lies among the trees: ``golden-river/000012``."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The names of the trees that must stay as long as this one does."""
        return tuple(f"{self.folder.parent.name}/{number}" for number in sorted(set(self.links.values())))


@dataclass(slots=True, kw_only=True)
class _Growing:
    """What the next tree holds, as far as it is known."""

    files: dict[str, Entry] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What came of writing a tree; ``tree`` is the one before where nothing is different.

    ``waiting`` are the files that are still those of the tree before and are to be made anew.
    """

    tree: Tree
    changes: Changes
    failed: Mapping[str, str]
    waiting: tuple[str, ...]


def read_tree(trees: Path, name: str) -> Tree:
    """The tree of that name, as its list says it is; FileNotFoundError where it, or one that it rests on, is not there."""
    folder = trees / name
    listed = json.loads((folder / "manifest.json").read_bytes())
    files = {path: Entry(*entry) for path, entry in listed["files"].items()}
    tree = Tree(folder=folder, files=files, links=listed.get("links", {}))
    for other in tree.rests_on:
        (trees / other).stat()
    return tree


def grow(
    part: Path, made: Iterable[MadeFile], before: Tree | None, damaged: frozenset[str] = frozenset(), *,
    sharing: bool = True,
) -> Grown:  # fmt: skip
    """The next tree of ``part`` with the files ``made``; those that stay the same are taken from the one ``before``.

    A file that could not be made is taken over too, if it was there. ``damaged`` files are not what the list says, and
    are written again. Unless it is ``sharing`` folders, nothing but what is listed can be in the new tree.
    """
    building = part / "building"
    shutil.rmtree(building, ignore_errors=True)  # left behind by a publisher that was killed
    sound = {path: entry for path, entry in (before.files if before else {}).items() if path not in damaged}
    growing = _Growing()
    try:
        with Writers() as writers:
            for file in made:
                _add(file, growing, sound, building, writers)
        _keep_what_nobody_drafted(growing, sound)
        changes = _changes(growing, before)
        same = before if before and growing.files == before.files and not changes.written else None
        return Grown(
            tree=same or _finish(building, growing, before, sharing=sharing), changes=changes, failed=growing.failed,
            waiting=tuple(sorted(growing.waiting)),
        )  # fmt: skip
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)  # a full disk has better uses for the room
        raise


def _add(file: MadeFile, growing: _Growing, sound: Mapping[str, Entry], building: Path, writers: Writers) -> None:
    there = sound.get(file.path)
    if isinstance(file, FailedFile):
        growing.failed[file.path] = file.error
        if there:
            growing.files[file.path] = Entry(there.mark)
            growing.links.add(file.path)
    elif isinstance(file, WaitingFile):
        growing.files[file.path] = sound[file.path]
        growing.links.add(file.path)
        growing.waiting.append(file.path)
    elif isinstance(file, UnchangedFile):
        growing.files[file.path] = Entry(sound[file.path].mark, file.sources)
        growing.links.add(file.path)
    else:
        growing.files[file.path] = entry = Entry(fingerprint(file.content), file.sources)
        if there and there.mark == entry.mark:
            growing.links.add(file.path)
        else:
            _write_with_twins(building / "site" / file.path, file, writers)


def _keep_what_nobody_drafted(growing: _Growing, sound: Mapping[str, Entry]) -> None:
    """Where a whole kind of files could not be drafted, nobody knows which they were: whatever was there stays."""
    if any(path not in sound and path not in growing.files for path in growing.failed):
        left = sound.keys() - growing.files.keys()
        growing.files.update((path, Entry(sound[path].mark)) for path in left)
        growing.links |= left


def _changes(growing: _Growing, before: Tree | None) -> Changes:
    return Changes(
        written=len(growing.files) - len(growing.links),
        kept=len(growing.links),
        removed=len(before.files.keys() - growing.files.keys()) if before else 0,
    )


def _write_with_twins(target: Path, file: PublicFile, writers: Writers) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    writers.submit(_write_all, target, file.content)


def _write_all(target: Path, content: bytes) -> None:
    write(target, content)
    if target.suffix in COMPRESSED:
        write(target.with_name(f"{target.name}.gz"), gzip.compress(content, GZIP_LEVEL, mtime=0))
        write(target.with_name(f"{target.name}.br"), brotli.compress(content, quality=BROTLI_QUALITY))


def _finish(building: Path, growing: _Growing, before: Tree | None, *, sharing: bool) -> Tree:
    root, number = building / "site", next_number(building.parent)
    root.mkdir(parents=True, exist_ok=True)
    links: Links = {}
    if before:
        if sharing:
            oldest = int(number) - REACH
            links = links_of(growing.files, growing.links, before, oldest=oldest)
        _link_folders(root, links)
        own = (path for path in growing.links if links.keys().isdisjoint(parents(path)))
        _link_all(before.folder / "site", root, own)
    listed = dict(sorted(growing.files.items()))
    write(building / "manifest.json", json.dumps({"files": listed, "links": links}, ensure_ascii=False).encode())
    with Writers() as writers:
        for folder, _, _ in os.walk(building):
            writers.submit(to_disk, Path(folder))
    place = building.with_name(number)
    building.rename(place)
    to_disk(place.parent)
    return Tree(folder=place, files=listed, links=links)


def _link_folders(root: Path, links: Links) -> None:
    """From ``trees/<part>/<number>/site``, the other trees of the part are two up."""
    for folder, number in links.items():
        place = root / folder
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(f"{'../' * (folder.count('/') + 2)}{number}/site/{folder}")


def _link_all(source: Path, target: Path, paths: Iterable[str]) -> None:
    folders: set[str] = set()
    for path in paths:
        above = path.rpartition("/")[0]
        if above not in folders:
            folders.add(above)
            (target / above).mkdir(parents=True, exist_ok=True)
        link(f"{source}/{path}", f"{target}/{path}")


def link(source: str, target: str) -> None:
    """Another name for a file and its compressed twins."""
    os.link(source, target)
    if source.endswith(_COMPRESSED):
        for suffix in _TWINS:
            os.link(source + suffix, target + suffix)


def next_number(folder: Path) -> str:
    """The number after the last one in the folder."""
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"


def found_in(root: Path) -> dict[str, str]:
    """What really lies below ``root``: path → fingerprint of its bytes, or a word where a compressed twin differs."""
    return {path.relative_to(root).as_posix(): _fingerprint(path) for path in _files(root) if not _is_twin(path)}


def _files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root, followlinks=True):
        yield from (Path(folder, name) for name in names)


def _fingerprint(path: Path) -> str:
    content = path.read_bytes()
    for suffix, unpack in (".gz", gzip.decompress), (".br", brotli.decompress):
        twin = path.with_name(path.name + suffix)
        if twin.exists():
            if unpack(twin.read_bytes()) != content:
                return f"its {suffix} differs"
        elif path.suffix in COMPRESSED:
            return f"its {suffix} is missing"
    return fingerprint(content)


def _is_twin(path: Path) -> bool:
    return path.suffix in _TWINS and path.with_suffix("").exists()
