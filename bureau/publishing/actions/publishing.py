"""Publishing: the parts that would say something else are made, as far as they would; the others stay as they are."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from bureau.calendars.actions import Drafting, SiteDrafts, languages_of
from bureau.calendars.domain.files import MadeFile
from bureau.calendars.domain.marks import mark_of
from bureau.calendars.domain.place import coming
from bureau.kernel.clock import local_date, stopwatch
from bureau.kernel.typeset import typesetting
from bureau.publishing.domain import ABOVE, Changes, Head, Outcome, Release, mounts_of, what_follows
from bureau.publishing.queries import ProgrammesInForce, check_bureau
from bureau.publishing.site.fixed import fixed_drafts
from bureau.publishing.site.releases import alone, look_tree, prune, put_in_force, release_in_force, trees_of
from bureau.publishing.site.trees import Tree, found_in, grow, read_tree
from bureau.rotation.domain.programme import ProgrammeDocument

from .given import Given, Programmes
from .setting import draw, look, of_bureau, published, version

log = logging.getLogger(__name__)

Watch = Callable[[Iterator[MadeFile], int, str], Iterable[MadeFile]]
"""Hands the files of a part on as they are made, so that somebody sees how many of the number are done."""


def publish_site(
    *, now: datetime, bureau: str | None = None, watch: Watch | None = None, trusting: bool = True
) -> Outcome:
    """Write the public site from the programmes in force (one bureau's files, or all) and put it in force.

    Where it is ``trusting``, only what is due is looked at; else every file is read, and made again where it is not
    what was once written, and what somebody went back to is published anew.
    """
    if bureau is not None:
        check_bureau(bureau)
    return _publish(ProgrammesInForce(), now=now, bureau=bureau, watch=watch, trusting=trusting)


def publish_documents(
    load: Callable[[], Sequence[ProgrammeDocument]],
    *,
    now: datetime,
    bureau: str | None = None,
    watch: Watch | None = None,
    trusting: bool = True,
) -> Outcome:
    """Publish what ``load`` gives instead of what is in the database."""
    return _publish(Given(load()), now=now, bureau=bureau, watch=watch, trusting=trusting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The parts of the site that are to be published, ``after`` which release, and a mark of what they are made from."""

    parts: tuple[str, ...]
    after: int
    mark: str

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.parts)


def what_is_due(*, now: datetime) -> Due:
    """What would be published now."""
    release, marks = release_in_force(published()), ProgrammesInForce().marks()
    return Due(
        parts=what_follows(release, marks, version=version(), now=now),
        after=int(release.number) if release else 0,
        mark=mark_of(sorted(marks.items()), version())[:8],
    )


def _publish(
    programmes: Programmes, *, now: datetime, bureau: str | None, watch: Watch | None, trusting: bool
) -> Outcome:
    """Publish once no other publisher is at work; marks are read before programmes, so that nothing new is missed."""
    folder, elapsed = published(), stopwatch()
    with alone(folder), typesetting():
        before = release_in_force(folder)
        marks = programmes.marks()
        parts = _wanted(before, marks, bureau=bureau, trusting=trusting, now=now)
        if not parts and before:
            return _outcome(before, {}, elapsed())
        work = _Work(
            programmes=programmes, marks=marks, before=before, now=now, watch=watch, trusting=trusting, draw=draw(now)
        )
        try:
            return _carry_out(work, parts, folder, elapsed)
        except BaseException:
            prune(folder)  # what was grown for a release that did not come about
            raise


def _wanted(
    before: Release | None, marks: Mapping[str, str], *, bureau: str | None, trusting: bool, now: datetime
) -> tuple[str, ...]:
    if bureau is not None and before is not None:
        return (ABOVE, bureau)
    if trusting:
        return what_follows(before, marks, version=version(), now=now)
    return (ABOVE, *sorted(marks.keys() | (before.parts.keys() - {ABOVE} if before else set())))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What one publication goes by, and what it has made so far."""

    programmes: Programmes
    marks: Mapping[str, str]
    before: Release | None
    now: datetime
    watch: Watch | None
    trusting: bool
    draw: Drafting
    present: dict[str, list[ProgrammeDocument]] = field(default_factory=dict)
    """The programmes that the pages above all bureaux are made from."""
    changes: dict[str, Changes] = field(default_factory=dict)

    def head(self, code: str) -> Head | None:
        """The part as it is in force."""
        return self.before.parts.get(code) if self.before else None


def _carry_out(work: _Work, parts: tuple[str, ...], folder: Path, elapsed: Callable[[], float]) -> Outcome:
    before = work.before
    heads = dict(before.parts) if before else {}
    for code in parts:
        if code == ABOVE:
            continue
        head = _bureau_or_what_was(work, code) if code in work.marks else None
        if head is None:
            heads.pop(code, None)
        else:
            heads[code] = head
    heads[ABOVE] = _above(work, heads)
    look_tree(folder, look())
    release = Release(
        number="", at=work.now, parts=dict(sorted(heads.items())), looks=_looks(before, heads),
        changes=work.changes, seconds=elapsed(),
        held={code: mark for code, mark in (before.held.items() if before else ()) if code not in parts},
    )  # fmt: skip
    if before and (release.parts, release.held) == (before.parts, before.held):
        return _outcome(before, work.changes, elapsed())
    return _outcome(put_in_force(folder, release), work.changes, elapsed())


def _looks(before: Release | None, heads: Mapping[str, Head]) -> tuple[str, ...]:
    """Those that pages of the release name, and those of the one before, whose pages browsers still hold."""
    every = [*heads.values(), *(before.parts.values() if before else ())]
    return tuple(sorted({head.look for head in every}))


def _bureau_or_what_was(work: _Work, code: str) -> Head | None:
    """Where a bureau cannot be published at all, its pages stay as they are, and the other bureaux are published."""
    try:
        return _bureau(work, code)
    except (OSError, SQLAlchemyError):
        raise  # no disk or no database: that is nobody's page
    except Exception as mishap:
        log.exception("the pages of %s could not be published", code)
        head = work.head(code) or _grown(work, code, SiteDrafts(version=""))
        return replace(head, failed={f"{code}/": f"{type(mishap).__name__}: {mishap}"})


def _bureau(work: _Work, code: str) -> Head | None:
    documents = list(work.programmes.of(code))
    if not documents:
        return None
    zone = max(documents, key=lambda one: (one.published_at, one.month)).bureau.timezone
    work.present[code] = coming(documents, now=work.now)
    several = len(work.marks) > 1
    head = _grown(work, code, of_bureau(work.draw, code, work.programmes, documents, several=several))
    return replace(
        head, zone=zone, day=local_date(work.now, zone).isoformat(), programmes=work.marks[code], several=several,
        languages=languages_of(documents)[code],
    )  # fmt: skip


def _above(work: _Work, heads: Mapping[str, Head]) -> Head:
    for code, head in heads.items():
        if code not in work.present and code in work.marks:
            documents = work.programmes.coming(code, zone=head.zone, now=work.now)
            work.present[code] = coming(documents, now=work.now)
    drafts = work.draw.above(document for code in sorted(work.present) for document in work.present[code])
    config = current_app.config
    drafts.drafts.extend(
        (None, draft) for draft in fixed_drafts(config["SECURITY_CONTACT"], config["BASE_URL"], work.now)
    )
    return _grown(work, ABOVE, drafts)


def _grown(work: _Work, code: str, drafts: SiteDrafts) -> Head:
    """The next tree of a part, and what it says of itself."""
    head = work.head(code)
    trees = trees_of(published())
    before = _tree(trees, head)
    damaged = _damaged(before) if before and not work.trusting else frozenset()
    known = {path: entry.sources for path, entry in before.files.items() if path not in damaged} if before else {}
    made = drafts.files(known)
    watched = work.watch(made, len(drafts), code) if work.watch else made
    grown = grow(trees / code, watched, before, damaged)
    work.changes[code] = grown.changes
    same = head is not None and grown.tree.name == head.tree
    return Head(
        tree=grown.tree.name,
        mounts=head.mounts if same and head else () if code == ABOVE else mounts_of(grown.tree.files, code),
        version=version(),
        look=look().version,
        failed=grown.failed,
    )


def _tree(trees: Path, head: Head | None) -> Tree | None:
    """The tree of the part in force; None where it was lost."""
    try:
        return read_tree(trees, head.tree) if head else None
    except FileNotFoundError:
        return None


def _damaged(tree: Tree) -> frozenset[str]:
    """The files that are not what the list says."""
    there = found_in(tree.folder / "site")
    return frozenset(path for path, entry in tree.files.items() if there.get(path) != entry.mark)


def _outcome(release: Release, changes: Mapping[str, Changes], seconds: float) -> Outcome:
    total = replace(release, changes=changes).total
    return Outcome(
        release=release.number, written=total.written, kept=total.kept, removed=total.removed,
        failed=release.failed, seconds=seconds,
    )  # fmt: skip
