"""Releases of the public site on disk.

``PUBLISHED/releases/<number>/site`` is a whole site and is never changed; ``PUBLISHED/current`` is a symbolic link to
the one in force. A release holds the few files above all bureaux and a link for each folder of a bureau, into the tree
that was grown for it: a publication costs as much as the bureaux that it changes. It is built aside, brought to the
disk, and put in force by replacing the one link: a reader, or a power cut, meets the old site or the new one, never a
mixture.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bureau.publishing.domain import ABOVE, Release

from .disk import to_disk, write
from .folders import parents
from .look import Look
from .trees import Tree, found_in, grow, link, next_number, read_tree

KEPT = 8
"""How many releases stay on disk, the one in force among them: a week of midnights."""
LOOKS = "_looks"


def trees_of(published: Path) -> Path:
    """Where the trees lie that releases are put together from."""
    return published / "trees"


def current_release(published: Path) -> Path | None:
    """The folder of the release in force, if any: it holds ``site`` and ``release.json``."""
    try:
        return published / (published / "current").readlink().parent
    except OSError:
        return None


def read_release(folder: Path) -> Release | None:
    """What the release says of itself; None where it was written before releases said so, or is gone."""
    try:
        return Release.from_json(json.loads((folder / "release.json").read_bytes()))
    except FileNotFoundError:
        return None


def release_in_force(published: Path) -> Release | None:
    """The release that residents read."""
    folder = current_release(published)
    return read_release(folder) if folder else None


def kept_releases(published: Path) -> list[Release]:
    """Every release that is still there, the newest first."""
    folders = sorted((published / "releases").glob("*"), reverse=True)
    return [release for folder in folders if folder.name.isdigit() and (release := read_release(folder))]


@contextmanager
def alone(published: Path) -> Iterator[None]:
    """Only one publisher at a time; the others wait. The lock ends with the process that holds it."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put_in_force(published: Path, release: Release, *, pruning: bool = True) -> Release:
    """Build the release from its trees, give it the next number, and let residents read it. Call it alone."""
    building = published / "building"
    shutil.rmtree(building, ignore_errors=True)  # left behind by a publisher that was killed
    release = replace(release, number=next_number(published / "releases"))
    try:
        _build(published, building, release)
        _switch(published, building, release.number)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    if pruning:
        prune(published)
    return release


def look_tree(published: Path, look: Look) -> Tree:
    """The tree of the look, written if no release has had it yet."""
    name = f"{LOOKS}/{look.version}"
    try:
        return read_tree(trees_of(published), name)
    except FileNotFoundError:
        grown = grow(trees_of(published) / LOOKS, look.made(), None)
        folder = grown.tree.folder.with_name(look.version)
        shutil.rmtree(folder, ignore_errors=True)
        grown.tree.folder.rename(folder)
        to_disk(folder.parent)
        return Tree(folder=folder, files=grown.tree.files)


def marks_of(published: Path, folder: Path) -> dict[str, str]:
    """Every file that residents read of the release in ``folder``: path → fingerprint, as its trees list them."""
    release = read_release(folder)
    if release is None:
        return found_in(folder / "site")
    trees = [head.tree for head in release.parts.values()] + [f"{LOOKS}/{look}" for look in release.looks]
    listed = [read_tree(trees_of(published), tree).files for tree in trees]
    return {path: entry.mark for files in listed for path, entry in files.items()}


def found(published: Path) -> dict[str, str]:
    """What residents can really read: path → fingerprint of its bytes, or a word where a compressed twin differs."""
    folder = current_release(published)
    return found_in(folder / "site") if folder else {}


def _build(published: Path, building: Path, release: Release) -> None:
    root = building / "site"
    root.mkdir(parents=True)
    mounts = {mount: head.tree for head in release.parts.values() for mount in head.mounts}
    mounts |= {f"static/{look}": f"{LOOKS}/{look}" for look in release.looks}
    for mount, tree in mounts.items():
        _lead(root, mount, tree)
    if above := release.parts.get(ABOVE):
        _lay(read_tree(trees_of(published), above.tree), root, shared={up for mount in mounts for up in parents(mount)})
    write(building / "release.json", json.dumps(release.as_json(), ensure_ascii=False).encode())
    for folder, _, _ in os.walk(building):
        to_disk(Path(folder))


def _lay(tree: Tree, root: Path, *, shared: Collection[str]) -> None:
    """The files above all bureaux lie in the release itself where bureaux have folders beside them; other folders are links."""
    whole = {path: next((up for up in reversed(parents(path)) if up not in shared), "") for path in tree.files}
    for folder in sorted({*whole.values()} - {""}):
        number = next((tree.links[up] for up in (folder, *parents(folder)) if up in tree.links), tree.folder.name)
        _lead(root, folder, f"{tree.folder.parent.name}/{number}")
    for path in (path for path, folder in whole.items() if not folder):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        link(f"{tree.folder}/site/{path}", f"{root}/{path}")


def _lead(root: Path, mount: str, tree: str) -> None:
    """A folder of the site leads to the one of the same path in a tree; from releases/<number>/site that is three up."""
    place = root / mount
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(Path(*[".."] * (3 + mount.count("/")), "trees", tree, "site", mount))


def _switch(published: Path, building: Path, number: str) -> None:
    releases = published / "releases"
    releases.mkdir(exist_ok=True)
    building.rename(releases / number)
    to_disk(releases)
    new = published / "current.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path("releases") / number / "site")
    new.replace(published / "current")
    to_disk(published)


def prune(published: Path) -> None:
    """Let old releases go, and the trees that no release that stays is made of.

    A release that more was to follow goes before its time, but not before those who began to read it are through.
    """
    folders = sorted(path for path in (published / "releases").glob("*") if path.name.isdigit())
    passed = {one for one in folders[:-2] if (release := read_release(one)) and release.waiting}
    kept_folders = [one for one in folders if one not in passed][-KEPT:]
    for folder in folders:
        if folder not in kept_folders:
            shutil.rmtree(folder, ignore_errors=True)
    kept = kept_releases(published)
    needed = {tree for release in kept for head in release.parts.values() for tree in (head.tree, *head.rests_on)}
    needed |= {f"{LOOKS}/{look}" for release in kept for look in release.looks}
    for part in trees_of(published).glob("*"):
        for tree in part.glob("*"):
            if f"{part.name}/{tree.name}" not in needed:
                shutil.rmtree(tree, ignore_errors=True)
