"""Releases of the public site on disk.

``PUBLISHED/releases/<number>/site`` is a whole site and is never changed; ``PUBLISHED/current`` is a symbolic link to
the one in force. A release is built aside, brought to the disk, and put in force by replacing the link: a reader, or
a power cut, meets the old site or the new one, never a mixture. Files that stay the same are hard links to the release
before, so that their time of change is kept.
"""

import fcntl
import gzip
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import brotli

from bureau.publishing.domain import Manifest, Outcome, Site, fingerprint

KEPT = 3
"""How many releases stay on disk, the one in force among them."""

COMPRESSED = frozenset({".html", ".ics", ".css", ".js", ".svg", ".txt", ".xml", ".json"})
WRITERS = 8
"""Threads that compress and write: while one waits for the disk, another packs."""
BROTLI_QUALITY = 6
"""Of 11: a step to 9 takes fifteen times as long for one and a half percent."""


def current_release(published: Path) -> Path | None:
    """The folder of the release in force, if any: it holds ``site`` and ``manifest.json``."""
    try:
        return published / (published / "current").readlink().parent
    except OSError:
        return None


def read_manifest(release: Path) -> Manifest:
    """What the release says it holds."""
    return Manifest.from_json(json.loads((release / "manifest.json").read_bytes()))


def fingerprints(release: Path) -> dict[str, str]:
    """What really lies in the release: path → fingerprint of its bytes, or a word where a compressed twin differs."""
    root = release / "site"
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not _is_twin(path))
    return {path.relative_to(root).as_posix(): _fingerprint(path) for path in files}


def _fingerprint(path: Path) -> str:
    content = path.read_bytes()
    for suffix, unpack in (".gz", gzip.decompress), (".br", brotli.decompress):
        twin = path.with_name(path.name + suffix)
        if twin.exists() and unpack(twin.read_bytes()) != content:
            return f"its {suffix} differs"
    return fingerprint(content)


@contextmanager
def alone(published: Path) -> Iterator[None]:
    """Only one publisher at a time; the others wait. The lock ends with the process that holds it."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put_in_force(published: Path, site: Site, present: Mapping[str, str] | None = None) -> Outcome:
    """Write ``site`` as a new release and put it in force; nothing is written where nothing changed. Call it alone.

    ``present`` are the fingerprints of what really lies in the release before, where its own list is not trusted.
    """
    before = current_release(published)
    old = read_manifest(before) if before else None
    files = {path: fingerprint(content) for path, content in site.content.items()}
    files |= {path: mark for path, mark in (old.files if old else {}).items() if path in site.kept}
    manifest = Manifest(
        files=dict(sorted(files.items())),
        bureaux=site.bureaux,
        look=site.look,
        made_of=site.made_of,
        sources=dict(sorted(site.sources.items())),
    )
    lies_there = present if present is not None else (old.files if old else {})
    same = {path for path, mark in files.items() if path in site.kept or lies_there.get(path) == mark}
    if before and manifest == old and len(same) == len(files):
        return Outcome(release=before.name, kept=len(files))
    number = _next_number(published)
    _build(published, manifest, site, before, same)
    _switch(published, number)
    _prune(published)
    removed = len(old.files.keys() - files.keys()) if old else 0
    return Outcome(release=number, written=len(files) - len(same), kept=len(same), removed=removed)


def _next_number(published: Path) -> str:
    numbers = [int(path.name) for path in (published / "releases").glob("*") if path.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"


def _build(published: Path, manifest: Manifest, site: Site, before: Path | None, same: set[str]) -> None:
    building = published / "building"
    shutil.rmtree(building, ignore_errors=True)  # left behind by a publisher that was killed
    folders = {building, building / "site"}
    for path in manifest.files:
        folders.update(folder for folder in (building / "site" / path).parents if building in folder.parents)
    for folder in sorted(folders):
        folder.mkdir(parents=True)

    def lay(path: str) -> None:
        if before and path in same:
            _link(before / "site" / path, building / "site" / path)
        else:
            _write_with_twins(building / "site" / path, site.content[path])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lay, manifest.files))
        _write(building / "manifest.json", json.dumps(manifest.as_json(), ensure_ascii=False).encode())
        list(pool.map(_to_disk, sorted(folders, reverse=True)))


def _link(source: Path, target: Path) -> None:
    for suffix in ("", ".gz", ".br"):
        twin = source.with_name(source.name + suffix)
        if suffix == "" or twin.exists():
            os.link(twin, target.with_name(target.name + suffix))


def _write_with_twins(target: Path, content: bytes) -> None:
    _write(target, content)
    if target.suffix in COMPRESSED:
        _write(target.with_name(f"{target.name}.gz"), gzip.compress(content, 9, mtime=0))
        _write(target.with_name(f"{target.name}.br"), brotli.compress(content, quality=BROTLI_QUALITY))


def _write(target: Path, content: bytes) -> None:
    with target.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    """A folder's own entries survive a power cut only once the folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _switch(published: Path, number: str) -> None:
    releases = published / "releases"
    releases.mkdir(exist_ok=True)
    (published / "building").rename(releases / number)
    _to_disk(releases)
    link = published / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / number / "site")
    link.replace(published / "current")
    _to_disk(published)


def _prune(published: Path) -> None:
    numbers = sorted(path for path in (published / "releases").glob("*") if path.name.isdigit())
    for release in numbers[:-KEPT]:
        shutil.rmtree(release, ignore_errors=True)


def _is_twin(path: Path) -> bool:
    return path.suffix in {".gz", ".br"} and path.with_suffix("").exists()
