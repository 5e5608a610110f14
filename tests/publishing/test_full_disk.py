"""No room left while the site is written."""

import subprocess
import sys
from pathlib import Path

from bureau.publishing.site.releases import found, release_in_force
from tests.publishing.writer import house, publish

ROOT = Path(__file__).parents[2]
ROOM = 6_000
"""Bytes: less than a page takes."""


def test_the_old_site_stays_the_error_is_said_and_the_next_publication_heals(tmp_path: Path) -> None:
    app, published = house(tmp_path), tmp_path / "published"
    publish(app, 1)
    before, release = found(published), release_in_force(published)

    command = [sys.executable, "-m", "tests.publishing.writer", str(tmp_path), "2", str(ROOM)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert said == "OSError: [Errno 27] File too large\n"
    assert (found(published), release_in_force(published)) == (before, release)
    assert list(published.rglob("building")) == []
    publish(app, 3)
    assert "Version 3." in (published / "current/en/golden-river/index.html").read_text()
