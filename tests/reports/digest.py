"""What a small bureau publishes and tells its manager in a quarter, as one short number: ``python -m tests.reports.digest``."""

import hashlib
import sys

from bureau.reports.domain.bundle import bundle_of
from bureau.reports.domain.told_log import told_in_fives
from tests.reports.made import SECRET, Made
from tests.reports.mutants import series_of


def main() -> None:
    """Print it."""
    digest = hashlib.sha256()
    made = Made(4, months=3, partners=4)
    for method in ("rounding", "suppression"):
        for release in series_of(made, method).releases:
            for content in bundle_of(release).values():
                digest.update(content)
            if method == "rounding":
                log = [one for one in made.records if one.at.time_period == release.id]
                digest.update(repr(told_in_fives(log, release, SECRET)).encode())
    sys.stdout.write(digest.hexdigest())


if __name__ == "__main__":
    main()
