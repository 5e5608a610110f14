"""A publisher to be killed: puts one version after the other in force, and says each number it has reached.

Every file of a version holds only the version, so that a mixture shows at once.
"""

import sys
from pathlib import Path

from bureau.publishing.domain import Site
from bureau.publishing.site.releases import alone, put_in_force

PATHS = tuple(f"{language}/golden-river/{page}/index.html" for language in ("en", "ar") for page in range(12))


def version(text: str) -> Site:
    """A site that says ``text`` in every file but one."""
    content = {path: text.encode() for path in PATHS}
    return Site(
        content={**content, "same.txt": b"always the same"}, bureaux={"golden-river": ("en", "ar")}, look="look-1"
    )


def main() -> None:
    """Publish for ever, or the number of times given."""
    published, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for count in range(times):
        with alone(published):
            put_in_force(published, version(f"{name} {count}"))
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
