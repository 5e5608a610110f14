"""Which folders of a tree stay as they are and need no second copy: a link leads into the tree that they really lie in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

Links = Mapping[str, str]
"""Folder → number of the tree that it really lies in, with all that is below it."""

REACH = 8
"""A folder that really lies in a tree so many numbers ago gets files of its own again: no old tree is needed for ever."""


class Before(Protocol):
    """The tree before."""

    @property
    def folder(self) -> Path:
        """Where it lies, by its number."""

    @property
    def files(self) -> Iterable[str]:
        """What it holds."""

    @property
    def links(self) -> Links:
        """What of it lies elsewhere."""


def links_of(files: Iterable[str], unchanged: Iterable[str], before: Before, *, oldest: int) -> Links:
    """The folders that the next tree of ``files`` need not have itself, the outermost ones.

    ``unchanged`` are those of the files that are the same in the tree ``before``. No link leads into a tree older than
    the ``oldest``.
    """
    same = _same(files, unchanged, before.files)
    lies_in = _lying(before)
    links: dict[str, str] = {}
    for folder in sorted(same):
        place = lies_in(folder)
        if place and int(place) >= oldest and not any(above in links for above in parents(folder)):
            links[folder] = place
    return links


def parents(path: str) -> tuple[str, ...]:
    """The folders that a file or folder lies in, the nearest first: ``a/b/c`` → ``a/b``, ``a``."""
    above = path.rpartition("/")[0]
    return (above, *parents(above)) if above else ()


def _same(files: Iterable[str], unchanged: Iterable[str], before: Iterable[str]) -> set[str]:
    """The folders in which every file is the one of before, and none is more or less."""
    now, same, was = _counted(files), _counted(unchanged), _counted(before)
    return {folder for folder, number in now.items() if number == same[folder] == was[folder]}


def _counted(paths: Iterable[str]) -> Counter[str]:
    """How many of the files lie in each folder or below it."""
    beside = Counter(path.rpartition("/")[0] for path in paths)
    below: Counter[str] = Counter()
    for folder, number in beside.items():
        if folder:
            for one in (folder, *parents(folder)):
                below[one] += number
    return below


def _lying(tree: Before) -> Callable[[str], str]:
    """Where a folder of the tree lies with all that is below it; empty where parts of it lie in other trees."""
    mixed = {above for folder in tree.links for above in parents(folder)}

    def lies_in(folder: str) -> str:
        linked = next((tree.links[one] for one in (folder, *parents(folder)) if one in tree.links), "")
        return linked or ("" if folder in mixed else tree.folder.name)

    return lies_in
