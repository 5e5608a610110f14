"""What a release of the public site is: a part for each bureau, one above them, each with what it was made from."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from bureau.kernel.clock import local_date

ABOVE = "_front"
"""The part above all bureaux; no bureau's code begins so."""


class Entry(NamedTuple):
    """A file of a part: the fingerprint of its bytes, and the mark of what they were made from (empty: not known)."""

    mark: str
    sources: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What publishing did to a part: how many files are new, the same, or gone."""

    written: int = 0
    kept: int = 0
    removed: int = 0

    def then(self, later: "Changes") -> "Changes":
        """What both did, one after the other, of which the ``later`` one takes nothing back."""
        written = self.written + later.written
        return Changes(written=written, kept=later.written + later.kept - written, removed=self.removed + later.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A part of a release: the ``tree`` in which its files lie, the folders it is seen under, and what it was made from.

    ``rests_on`` are the trees that folders of its own really lie in.
    ``several`` says whether its pages lead to other bureaux. ``failed`` are the files that could not be made, with the
    reason, and ``waiting`` those that follow in the next release: the ones of the release before stand in for them.
    """

    tree: str
    mounts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    programmes: str = ""
    zone: str = "UTC"
    day: str = ""
    version: str = ""
    look: str = ""
    several: bool = False
    failed: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A whole site: its parts by code of the bureau, and what came of publishing it.

    ``held`` are the parts that somebody went back to, with the mark of the programmes that were in force then: until
    they change, nothing but a person's hand publishes the part again. ``back_to`` names the release they went back to.
    """

    number: str
    at: datetime
    parts: Mapping[str, Head]
    looks: tuple[str, ...] = ()
    changes: Mapping[str, Changes] = field(default_factory=dict)
    seconds: float = 0.0
    held: Mapping[str, str] = field(default_factory=dict)
    back_to: str = ""

    @property
    def bureaux(self) -> dict[str, tuple[str, ...]]:
        """Every bureau with the languages of its site, its default first."""
        return {code: head.languages for code, head in self.parts.items() if code != ABOVE}

    @property
    def failed(self) -> dict[str, str]:
        """Every file that could not be made, with the reason."""
        return {path: reason for head in self.parts.values() for path, reason in head.failed.items()}

    @property
    def waiting(self) -> bool:
        """Whether more is to follow: a release that is passed through, and none to go back to."""
        return any(head.waiting for head in self.parts.values())

    @property
    def total(self) -> Changes:
        """What publishing did to all parts together."""
        return added(self.changes.values())

    def as_json(self) -> dict[str, Any]:
        """Plain data for the file beside the release."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Release":
        """From the file beside the release, which an earlier or a later version of the program may have written."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(
            **{
                **known,
                "at": datetime.fromisoformat(data["at"]),
                "parts": {code: _head(head) for code, head in data["parts"].items()},
                "looks": tuple(data.get("looks", ())),
                "changes": {code: Changes(**changes) for code, changes in data.get("changes", {}).items()},
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What publishing did: the release now in force, how many of its files are new, the same, or gone, and which failed."""

    release: str
    written: int = 0
    kept: int = 0
    removed: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def failures(release: Release | None, bureau: str) -> dict[str, str]:
    """The files of the bureau, and those above all, that could not be made, with the reason."""
    heads = [head for code, head in release.parts.items() if code in {ABOVE, bureau}] if release else []
    return {path: reason for head in heads for path, reason in head.failed.items()}


def newly_failed(before: Release | None, after: Release, bureau: str) -> dict[str, str]:
    """The same, without what failed in the release ``before`` already."""
    known = failures(before, bureau)
    return {path: reason for path, reason in failures(after, bureau).items() if path not in known}


def _head(data: Mapping[str, Any]) -> Head:
    known = {name: data[name] for name in Head.__dataclass_fields__ if name in data}
    plain = {name: tuple(data.get(name, ())) for name in ("mounts", "languages", "waiting", "rests_on")}
    return Head(**{**known, **plain})


def added(changes: Iterable[Changes]) -> Changes:
    """All these changes as one."""
    every = tuple(changes)
    return Changes(
        written=sum(one.written for one in every),
        kept=sum(one.kept for one in every),
        removed=sum(one.removed for one in every),
    )


def fingerprint(content: bytes) -> str:
    """A mark that changes when the bytes do."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def part_of(path: str, codes: Iterable[str]) -> str:
    """The part that a file belongs to: ``en/golden-river/index.html`` → ``golden-river``."""
    folders = path.split("/")[:-1]
    return next((code for code in codes if code in folders), ABOVE)


def mounts_of(paths: Iterable[str], code: str) -> tuple[str, ...]:
    """The folders that are the bureau's own: ``en/golden-river``; ValueError for a file that lies in none."""
    return tuple(sorted({_mount(path, code) for path in paths}))


def _mount(path: str, code: str) -> str:
    above, found, _ = f"/{path}".partition(f"/{code}/")
    if not found:
        raise ValueError(f"{path} lies in no folder called {code}")
    return f"{above}/{code}"[1:]


def is_stale(head: Head | None, *, programmes: str, several: bool, version: str, now: datetime) -> bool:
    """Whether a part would be made from something else at ``now``, is not there, or has files that are still to be made."""
    if head is None:
        return True
    known = head.programmes, head.several, head.version, head.day
    return bool(head.failed or head.waiting) or known != (
        programmes,
        several,
        version,
        local_date(now, head.zone).isoformat(),
    )


def what_follows(
    release: Release | None, programmes: Mapping[str, str], *, version: str, now: datetime
) -> tuple[str, ...]:
    """The parts that are to be published at ``now``, those of bureaux that are no more among them.

    ``programmes`` are the marks of the programmes in force by bureau. What somebody went back to stays as it is until
    its own programmes change, whatever other bureaux do.
    """
    if release is None:
        return (ABOVE, *sorted(programmes))
    codes = sorted((release.parts.keys() | programmes.keys()) - {ABOVE})
    free = [code for code in codes if release.held.get(code) != programmes.get(code, "")]
    due = tuple(code for code in free if _is_due(release.parts.get(code), code, programmes, version, now))
    above = release.parts.get(ABOVE)
    return (ABOVE, *due) if due or above is None or (above.failed and free) else ()


def _is_due(head: Head | None, code: str, programmes: Mapping[str, str], version: str, now: datetime) -> bool:
    """With no programmes, the part goes."""
    if code not in programmes:
        return True
    return is_stale(head, programmes=programmes[code], several=len(programmes) > 1, version=version, now=now)
