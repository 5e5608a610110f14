"""A release is there whole or not at all."""

import gzip
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import brotli

from bureau.publishing.domain import Manifest, Outcome, Site
from bureau.publishing.site.releases import (
    alone,
    current_release,
    fingerprints,
    put_in_force,
    read_manifest,
)
from tests.publishing.publisher import PATHS, version

ROOT = Path(__file__).parents[2]


def publish(published: Path, site: Site) -> Outcome:
    """As a publisher does."""
    with alone(published):
        return put_in_force(published, site)


def site_of(**content: str) -> Site:
    """A site of a few pages."""
    return Site(
        content={f"{name}.html": text.encode() for name, text in content.items()},
        bureaux={"golden-river": ("en",)},
        look="look-1",
    )


def start(published: Path, name: str, times: int) -> subprocess.Popen[str]:
    """A publisher in a process of its own."""
    command = [sys.executable, "-m", "tests.publishing.publisher", str(published), name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def said_by(release: Path) -> set[str]:
    """What the versioned files of a release say: one text, if the release is whole."""
    return {(release / "site" / path).read_text() for path in PATHS}


def test_the_first_release_holds_every_file_with_its_compressed_twins(tmp_path: Path) -> None:
    outcome = publish(tmp_path, site_of(index="Hello"))

    root = tmp_path / "current"
    assert outcome == Outcome(release="000001", written=1)
    assert (root / "index.html").read_text() == "Hello"
    assert gzip.decompress((root / "index.html.gz").read_bytes()) == b"Hello"
    assert brotli.decompress((root / "index.html.br").read_bytes()) == b"Hello"


def test_publishing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    publish(tmp_path, site_of(index="Hello"))
    before = (tmp_path / "current").readlink()

    outcome = publish(tmp_path, site_of(index="Hello"))

    assert (outcome, (tmp_path / "current").readlink()) == (Outcome(release="000001", kept=1), before)


def test_a_file_that_stays_the_same_is_the_same_file_and_keeps_its_time(tmp_path: Path) -> None:
    publish(tmp_path, site_of(index="Hello", month="Old", gone="Away"))
    old = tmp_path / "releases" / "000001" / "site"
    os.utime(old / "index.html", (1, 1))

    outcome = publish(tmp_path, site_of(index="Hello", month="New"))

    new = tmp_path / "current"
    assert outcome == Outcome(release="000002", written=1, kept=1, removed=1)
    assert [(new / name).samefile(old / name) for name in ("index.html", "index.html.br")] == [True, True]
    assert (new / "index.html").stat().st_mtime == 1
    assert ((new / "month.html").read_text(), (new / "gone.html").exists()) == ("New", False)


def test_three_releases_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        publish(tmp_path, site_of(index=str(number)))

    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["000003", "000004", "000005"]


def test_the_manifest_says_what_lies_there(tmp_path: Path) -> None:
    publish(tmp_path, site_of(index="Hello", month="December"))

    release = current_release(tmp_path)

    assert release is not None
    assert fingerprints(release) == read_manifest(release).files
    assert Manifest.from_json(read_manifest(release).as_json()) == read_manifest(release)


def test_a_twin_that_says_something_else_is_seen(tmp_path: Path) -> None:
    publish(tmp_path, site_of(index="Hello"))
    release = tmp_path / "releases" / "000001"
    (release / "site" / "index.html.gz").write_bytes(gzip.compress(b"Good bye"))

    assert fingerprints(release) == {"index.html": "its .gz differs"}


def test_what_a_killed_publisher_left_behind_is_no_harm(tmp_path: Path) -> None:
    publish(tmp_path, site_of(index="Hello"))
    (tmp_path / "building" / "site").mkdir(parents=True)
    (tmp_path / "building" / "site" / "half.html").write_text("Hal")
    (tmp_path / "current.new").symlink_to("nowhere")

    publish(tmp_path, site_of(index="Hello again"))

    names = sorted(path.name for path in (tmp_path / "current").resolve().iterdir())
    assert names == ["index.html", "index.html.br", "index.html.gz"]


def test_a_publisher_killed_at_any_point_leaves_a_whole_site(tmp_path: Path) -> None:
    publish(tmp_path, version("before"))
    delays = random.Random(2026)

    for number in range(8):
        child = start(tmp_path, f"child {number}", 10_000)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(delays.uniform(0, 0.05))
        child.kill()
        child.wait()
        child.stdout.close()

        release = current_release(tmp_path)
        assert release is not None
        assert len(said_by(release)) == 1
        assert fingerprints(release) == read_manifest(release).files

    assert publish(tmp_path, version("after")).written == len(PATHS)


def test_a_reader_meets_one_release_whole_while_others_are_put_in_force(tmp_path: Path) -> None:
    publish(tmp_path, version("before"))
    child = start(tmp_path, "child", 25)
    met = set()

    while child.poll() is None:
        release = current_release(tmp_path)
        assert release is not None
        try:
            said = said_by(release)
        except FileNotFoundError:
            continue  # so many came after it that it was cleared away; a reader asks for the link again
        assert len(said) == 1
        met |= said
    child.communicate()

    assert met


def test_two_publishers_wait_for_each_other(tmp_path: Path) -> None:
    children = [start(tmp_path, name, 6) for name in ("one", "two")]

    for child in children:
        child.communicate()

    release = current_release(tmp_path)
    assert release is not None
    assert [child.returncode for child in children] == [0, 0]
    assert (release.name, len(said_by(release)), (tmp_path / "building").exists()) == ("000012", 1, False)
