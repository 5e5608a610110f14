"""What a small bureau publishes in a quarter by both methods, as one short number: ``python -m tests.reports.digest``."""

import hashlib
import sys

from bureau.reports.domain.bundle import bundle_of
from tests.reports.made import Made
from tests.reports.mutants import series_of


def main() -> None:
    """Print it."""
    digest = hashlib.sha256()
    for method in ("rounding", "suppression"):
        for release in series_of(Made(4, months=3, partners=4), method).releases:
            for content in bundle_of(release).values():
                digest.update(content)
    sys.stdout.write(digest.hexdigest())


if __name__ == "__main__":
    main()
