"""What is to be sent to a place that keeps a copy of the public site, in which order, and how it is answered there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from .answers import LOOK, cache_of, type_of

WORKER = "sw.js"
_PACKED = frozenset({".html", ".css", ".js", ".svg", ".webmanifest"})
"""What only browsers ask for: each of them unpacks. Whatever reads a feed may not."""


class NotSent(Exception):
    """The copy could not be brought up to date, for the reason given in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of the copy: how many files were sent, were the same, or are gone."""

    sent: int
    kept: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The stages in which files are sent, each whole before the next begins; then those that are removed."""

    stages: tuple[tuple[str, ...], ...]
    removed: tuple[str, ...]
    kept: int

    @property
    def touched(self) -> tuple[str, ...]:
        """Every file that will not stay as it is."""
        return tuple(path for stage in (*self.stages, self.removed) for path in stage)


def plan(here: Mapping[str, str], there: Mapping[str, str | None]) -> Plan:
    """How a copy with the files ``there`` becomes the site ``here``; both map paths to fingerprints, None: not known.

    What pages are drawn with comes first and pages come last, so that none leads to what is not there yet.
    """
    changed = sorted(path for path, mark in here.items() if there.get(path) != mark)
    stages = tuple(tuple(path for path in changed if _stage(path) == stage) for stage in range(3))
    return Plan(
        stages=stages,
        removed=tuple(sorted(there.keys() - here.keys())),
        kept=len(here) - len(changed),
    )


def unsettled(there: Mapping[str, str | None], touched: tuple[str, ...]) -> dict[str, str | None]:
    """What is certain of a copy while it is being changed: of the files that are touched, only that they may be there."""
    return {**there, **dict.fromkeys(touched)}


def headers_of(path: str) -> dict[str, str]:
    """How a store is to answer with the file."""
    headers = {"Content-Type": type_of(path), "Cache-Control": cache_of(path)}
    return {**headers, "Content-Encoding": "gzip"} if is_packed(path) else headers


def is_packed(path: str) -> bool:
    """Whether a store, which cannot choose, is given the file packed."""
    return PurePosixPath(path).suffix in _PACKED


def _stage(path: str) -> int:
    return 0 if path.startswith(LOOK) else 2 if path.endswith(".html") or path == WORKER else 1
