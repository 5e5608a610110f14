"""A publisher to be killed: puts one version after the other in force, and says each number it has reached.

Every file of a version holds only the version, so that a mixture shows at once.
"""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bureau.calendars.domain.files import MadeFile, PublicFile
from bureau.publishing.domain import ABOVE, Head, Release, mounts_of
from bureau.publishing.site.releases import alone, put_in_force, release_in_force, trees_of
from bureau.publishing.site.trees import grow, read_tree

CODES = ("golden-river", "blue-hill")
PATHS = tuple(
    f"{language}/{code}/{page}/index.html" for code in CODES for language in ("en", "ar") for page in range(6)
)
NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)


def put_out(published: Path, parts: Mapping[str, list[MadeFile]], waiting: tuple[str, ...] = ()) -> Release:
    """A release of these files by part, in which some are still ``waiting``."""
    with alone(published):
        before = release_in_force(published)
        heads = {}
        for code, files in parts.items():
            head = before.parts.get(code) if before else None
            there = read_tree(trees_of(published), head.tree) if head else None
            tree = grow(trees_of(published) / code, files, there).tree
            mounts = () if code == ABOVE else mounts_of(tree.files, code)
            heads[code] = Head(
                tree=tree.name, rests_on=tree.rests_on, mounts=mounts, languages=("en", "ar"), waiting=waiting
            )
        return put_in_force(published, Release(number="", at=NOW, parts=heads))


def version(text: str) -> dict[str, list[MadeFile]]:
    """A site that says ``text`` in every file but one."""
    parts: dict[str, list[MadeFile]] = {
        code: [PublicFile(path=path, content=text.encode()) for path in PATHS if f"/{code}/" in path] for code in CODES
    }
    above = {"index.html": text, "same.txt": "always the same"}
    return {**parts, ABOVE: [PublicFile(path=path, content=said.encode()) for path, said in above.items()]}


def main() -> None:
    """Publish for ever, or the number of times given."""
    published, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for count in range(times):
        put_out(published, version(f"{name} {count}"))
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
