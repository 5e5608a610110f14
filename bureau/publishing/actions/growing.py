"""Growing the next tree of a part of the site: at once, or what may wait a little later."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bureau.calendars.actions import Drafting, SiteDrafts
from bureau.calendars.domain.files import MadeFile
from bureau.publishing.domain import ABOVE, Changes, Head, Release, mounts_of
from bureau.publishing.site.releases import trees_of
from bureau.publishing.site.trees import Tree, found_in, grow, read_tree
from bureau.rotation.domain.programme import ProgrammeDocument

from .given import Programmes
from .setting import look, published, version

Watch = Callable[[Iterator[MadeFile], int, str], Iterable[MadeFile]]
"""Hands the files of a part on as they are made, so that somebody sees how many of the number are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one publication goes by, and what it has made so far; where it is ``patient``, what may wait is left."""

    programmes: Programmes
    marks: Mapping[str, str]
    before: Release | None
    now: datetime
    watch: Watch | None
    trusting: bool
    patient: bool
    draw: Drafting
    present: dict[str, list[ProgrammeDocument]] = field(default_factory=dict)
    """The programmes that the pages above all bureaux are made from."""
    changes: dict[str, Changes] = field(default_factory=dict)
    left: dict[str, SiteDrafts] = field(default_factory=dict)
    """The drafts of the parts in which something waits."""

    def head(self, code: str) -> Head | None:
        """The part as it is in force."""
        return self.before.parts.get(code) if self.before else None


def grown(work: Work, code: str, drafts: SiteDrafts) -> Head:
    """The next tree of a part, and what it says of itself."""
    head = work.head(code)
    before = _tree(head)
    damaged = _damaged(before) if before and not work.trusting else frozenset()
    known = {path: entry.sources for path, entry in before.files.items() if path not in damaged} if before else {}
    made = drafts.files(known, waiting=work.patient)
    watched = work.watch(made, len(drafts), code) if work.watch else made
    new = grow(trees_of(published()) / code, watched, before, damaged, sharing=work.trusting)
    work.changes[code] = new.changes
    if new.waiting:
        work.left[code] = drafts
    mounts: tuple[str, ...] = ()
    if code != ABOVE:
        mounts = head.mounts if head and new.tree.name == head.tree else mounts_of(new.tree.files, code)
    return Head(
        tree=new.tree.name,
        rests_on=new.tree.rests_on,
        mounts=mounts,
        version=version(),
        look=look().version,
        failed=new.failed,
        waiting=new.waiting,
    )


def let_follow(work: Work, release: Release) -> Release:
    """The release in which nothing waits any more; meanwhile residents read the ``release`` that did not wait."""
    heads = dict(release.parts)
    for code, drafts in work.left.items():
        head = heads[code]
        before = read_tree(trees_of(published()), head.tree)
        known = {path: entry.sources for path, entry in before.files.items()}
        new = grow(trees_of(published()) / code, drafts.files_left(known, head.waiting), before)
        heads[code] = replace(
            head, tree=new.tree.name, rests_on=new.tree.rests_on, failed={**head.failed, **new.failed}, waiting=()
        )
        work.changes[code] = work.changes[code].then(new.changes)
    return replace(release, at=work.now, parts=heads, changes=work.changes, back_to="")


def _tree(head: Head | None) -> Tree | None:
    """The tree of the part in force; None where it was lost."""
    try:
        return read_tree(trees_of(published()), head.tree) if head else None
    except FileNotFoundError:
        return None


def _damaged(tree: Tree) -> frozenset[str]:
    """The files that are not what the list says."""
    there = found_in(tree.folder / "site")
    return frozenset(path for path, entry in tree.files.items() if there.get(path) != entry.mark)
