"""What a release of the public site is, and what makes two of them differ."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

LOOK = "static/"
"""The folder of style sheet, fonts and icons; each version of the look has its own inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Every file of a release with the fingerprint of its bytes, and the bureaux with their languages.

    ``made_of`` is the mark of all that the release was made from; ``sources`` has a mark for each file that is kept
    as long as its own do not change.
    """

    files: Mapping[str, str]
    bureaux: Mapping[str, tuple[str, ...]]
    look: str
    made_of: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain data for the file beside the release."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Manifest":
        """From the file beside the release, which an earlier or a later version of the program may have written."""
        return cls(
            files=data["files"],
            bureaux={code: tuple(tags) for code, tags in data["bureaux"].items()},
            look=data["look"],
            made_of=data.get("made_of", ""),
            sources=data.get("sources", {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What publishing did: the release now in force, and how many of its files are new, the same, or gone."""

    release: str
    written: int = 0
    kept: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Where the public site does not say what the programmes say."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.missing or self.changed or self.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that a release is to hold: path → bytes, besides what it takes over from the release before."""

    content: Mapping[str, bytes]
    bureaux: Mapping[str, tuple[str, ...]]
    look: str
    kept: frozenset[str] = field(default=frozenset())
    made_of: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


def fingerprint(content: bytes) -> str:
    """A mark that changes when the bytes do."""
    return hashlib.sha256(content).hexdigest()[:32]


def bureau_of(path: str) -> str | None:
    """The bureau that a file belongs to: ``en/golden-river/index.html`` → ``golden-river``."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and not path.startswith(LOOK) else None


def look_of(path: str) -> str | None:
    """The version of the look that a file belongs to: ``static/look-1a2b/css/bureau.css`` → ``look-1a2b``."""
    return path.split("/")[1] if path.startswith(LOOK) else None


def differences(expected: Mapping[str, str], present: Mapping[str, str]) -> Differences:
    """What is missing, different or too much among ``present`` files; both map paths to fingerprints."""
    return Differences(
        missing=tuple(sorted(expected.keys() - present.keys())),
        changed=tuple(sorted(path for path in expected.keys() & present.keys() if expected[path] != present[path])),
        extra=tuple(sorted(present.keys() - expected.keys())),
    )


def of_bureau(files: Mapping[str, str], bureau: str | None) -> dict[str, str]:
    """The files of one bureau, or all."""
    return {path: mark for path, mark in files.items() if bureau in {None, bureau_of(path)}}


def lead_on(bureaux: Mapping[str, Iterable[str]], language: str | None, wanted: list[str]) -> str | None:
    """Where ``/`` and ``/<language>/`` lead: the one bureau's home, or the list of bureaux; None where nothing is.

    ``wanted`` are the reader's languages, the best first; ``language`` is the address's own.
    """
    written = {tag for tags in bureaux.values() for tag in tags}
    if not written:
        return None
    choice = next((tag for tag in (language, *wanted) if tag in written), None)
    if len(bureaux) > 1:
        return f"/{choice}/" if choice else "/"
    code, tags = next(iter(bureaux.items()))
    return f"/{choice or next(iter(tags))}/{code}/"
