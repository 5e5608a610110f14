"""Where the public site does not say what the programmes say."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Files that are missing, say something else, or should not be there; and those that cannot be made at all."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return len(self) > 0

    def __len__(self) -> int:
        """How many files differ."""
        return len(self.missing) + len(self.changed) + len(self.extra) + len(self.failed)

    def and_(self, other: "Differences") -> "Differences":
        """These and those of another part of the site."""
        return Differences(
            missing=self.missing + other.missing,
            changed=self.changed + other.changed,
            extra=self.extra + other.extra,
            failed=self.failed + other.failed,
        )


def differences(expected: Mapping[str, str], present: Mapping[str, str]) -> Differences:
    """What is missing, different or too much among ``present`` files; both map paths to fingerprints."""
    return Differences(
        missing=tuple(sorted(expected.keys() - present.keys())),
        changed=tuple(sorted(path for path in expected.keys() & present.keys() if expected[path] != present[path])),
        extra=tuple(sorted(present.keys() - expected.keys())),
    )
