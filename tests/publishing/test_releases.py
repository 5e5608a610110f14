"""A release is there whole or not at all."""

import gzip
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from bureau.calendars.domain.files import FailedFile, MadeFile, PublicFile, UnchangedFile
from bureau.publishing.domain import ABOVE, Changes, Entry, Release, fingerprint
from bureau.publishing.site.folders import REACH
from bureau.publishing.site.releases import KEPT, current_release, found, kept_releases, read_release, release_in_force
from bureau.publishing.site.trees import found_in, grow, read_tree
from tests.publishing.publisher import PATHS, put_out, version

ROOT = Path(__file__).parents[2]


def files(**content: str) -> list[MadeFile]:
    """A few pages; what they are made from is what they say."""
    return [
        PublicFile(path=f"{name}.html", content=text.encode(), sources=f"of {text}") for name, text in content.items()
    ]


def start(published: Path, name: str, times: int) -> subprocess.Popen[str]:
    """A publisher in a process of its own."""
    command = [sys.executable, "-m", "tests.publishing.publisher", str(published), name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def said_by(release: Path) -> set[str]:
    """What the versioned files of a release say: one text, if the release is whole."""
    return {(release / "site" / path).read_text() for path in (*PATHS, "index.html")}


def listed(published: Path) -> dict[str, str]:
    """What the lists of the release in force say that lies there."""
    release = release_in_force(published)
    assert release is not None
    trees = [read_tree(published / "trees", head.tree) for head in release.parts.values()]
    return {path: entry.mark for tree in trees for path, entry in tree.files.items()}


# A tree


def test_a_tree_holds_every_file_with_its_compressed_twins(tmp_path: Path) -> None:
    grown = grow(tmp_path / "here", files(index="Hello"), None)

    root = grown.tree.folder / "site"
    assert (grown.tree.name, grown.changes) == ("here/000001", Changes(written=1))
    assert (root / "index.html").read_text() == "Hello"
    assert gzip.decompress((root / "index.html.gz").read_bytes()) == b"Hello"
    assert brotli.decompress((root / "index.html.br").read_bytes()) == b"Hello"
    assert read_tree(tmp_path, "here/000001").files == {"index.html": Entry(fingerprint(b"Hello"), "of Hello")}


def test_the_same_files_again_touch_nothing(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello"), None).tree
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    grown = grow(tmp_path / "here", files(index="Hello"), before)

    assert (grown.tree, grown.changes) == (before, Changes(kept=1))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_a_file_that_stays_the_same_is_the_same_file_and_keeps_its_time(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello", month="Old", gone="Away"), None).tree
    old = before.folder / "site"
    os.utime(old / "index.html", (1, 1))

    grown = grow(tmp_path / "here", [UnchangedFile(path="index.html", sources="x"), *files(month="New")], before)

    new = grown.tree.folder / "site"
    assert grown.changes == Changes(written=1, kept=1, removed=1)
    assert [(new / name).samefile(old / name) for name in ("index.html", "index.html.br")] == [True, True]
    assert (new / "index.html").stat().st_mtime == 1
    assert ((new / "month.html").read_text(), (new / "gone.html").exists()) == ("New", False)


def test_what_was_made_anew_but_came_out_the_same_is_not_written(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello"), None).tree
    again: list[MadeFile] = [PublicFile(path="index.html", content=b"Hello", sources="another reason")]

    grown = grow(tmp_path / "here", again, before)

    assert grown.changes == Changes(kept=1)
    assert (grown.tree.folder / "site/index.html").samefile(before.folder / "site/index.html")
    assert grown.tree.files["index.html"].sources == "another reason"


def test_a_file_that_cannot_be_made_stays_as_it_was_and_is_tried_again(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello", month="Old"), None).tree
    broken: list[MadeFile] = [FailedFile(path="month.html", error="no"), FailedFile(path="new.html", error="no")]

    grown = grow(tmp_path / "here", [*files(index="Good day"), *broken], before)

    new = grown.tree.folder / "site"
    assert [(new / name).exists() for name in ("index.html", "month.html", "new.html")] == [True, True, False]
    assert (new / "month.html").read_text() == "Old"
    assert grown.tree.files["month.html"].sources == ""
    assert grown.failed == {"month.html": "no", "new.html": "no"}


def test_where_nobody_knows_which_files_there_would_be_all_stay(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello", poster="Big"), None).tree

    grown = grow(tmp_path / "here", [FailedFile(path="en/here/posters", error="no"), *files(index="New")], before)

    assert sorted(grown.tree.files) == ["index.html", "poster.html"]


def test_what_is_damaged_is_written_again(tmp_path: Path) -> None:
    before = grow(tmp_path / "here", files(index="Hello"), None).tree

    grown = grow(tmp_path / "here", files(index="Hello"), before, frozenset({"index.html"}))

    assert grown.changes == Changes(written=1)
    assert not (grown.tree.folder / "site/index.html").samefile(before.folder / "site/index.html")


def test_a_twin_that_says_something_else_or_is_gone_is_seen(tmp_path: Path) -> None:
    root = grow(tmp_path / "here", files(index="Hello", month="December"), None).tree.folder / "site"
    (root / "index.html.gz").write_bytes(gzip.compress(b"Good bye"))
    (root / "month.html.br").unlink()

    assert found_in(root) == {"index.html": "its .gz differs", "month.html": "its .br is missing"}


def test_a_folder_in_which_all_stays_the_same_is_a_link_to_where_it_lies(tmp_path: Path) -> None:
    old = grow(tmp_path / "here", files(**{"en/may": "1", "en/need/work": "2", "ar/may": "3", "top": "4"}), None).tree

    new = grow(tmp_path / "here", files(**{"en/may": "1", "en/need/work": "5", "ar/may": "3", "top": "4"}), old).tree

    site = new.folder / "site"
    assert [(site / name).is_symlink() for name in ("ar", "en", "en/need", "top.html")] == [True, False, False, False]
    assert (new.links, new.rests_on) == ({"ar": "000001"}, ("here/000001",))
    assert (site / "ar/may.html.br").samefile(old.folder / "site/ar/may.html.br")


def test_what_is_not_listed_any_more_is_not_to_be_found_behind_a_link(tmp_path: Path) -> None:
    old = grow(tmp_path / "here", files(**{"en/may": "1", "en/june": "2", "ar/may": "3"}), None).tree

    less = grow(tmp_path / "here", files(**{"en/may": "1", "ar/may": "4"}), old).tree
    again = grow(tmp_path / "here", files(**{"en/may": "1", "ar/may": "5"}), less).tree

    assert sorted(found_in(again.folder / "site")) == ["ar/may.html", "en/may.html"]


def test_trees_hold_what_they_list_however_often_they_change_and_rest_on_young_ones_only(tmp_path: Path) -> None:
    chance, before = random.Random(7), None
    said = {f"{language}/{page}/{part}": "0" for language in "ab" for page in "cdef" for part in "gh"}
    for number in range(1, 3 * REACH):
        said |= {path: str(number) for path in chance.sample(sorted(said), chance.choice((1, 1, 2)))}
        if number % 5 == 0:
            del said[chance.choice(sorted(said))]

        before = grow(tmp_path / "here", files(**said), before).tree

        assert found_in(before.folder / "site") == {path: entry.mark for path, entry in before.files.items()}
        assert read_tree(tmp_path, before.name) == before
        assert all(int(one) >= number - REACH for one in before.links.values())
        for old in (tmp_path / "here").iterdir():
            if int(old.name) < number - 2 * REACH:
                shutil.rmtree(old)


def test_a_tree_whose_folders_are_gone_is_as_good_as_gone_itself(tmp_path: Path) -> None:
    old = grow(tmp_path / "here", files(**{"en/may": "1", "ar/may": "2"}), None).tree
    new = grow(tmp_path / "here", files(**{"en/may": "1", "ar/may": "3"}), old).tree

    shutil.rmtree(old.folder)

    with pytest.raises(FileNotFoundError):
        read_tree(tmp_path, new.name)


# A release


def test_a_release_leads_to_the_trees_of_its_parts(tmp_path: Path) -> None:
    release = put_out(tmp_path, version("Hello"))

    assert release.number == "000001"
    assert (tmp_path / "current" / PATHS[0]).read_text() == "Hello"
    assert (tmp_path / "current/index.html").read_text() == "Hello"
    assert found(tmp_path) == listed(tmp_path)
    assert read_release(tmp_path / "releases" / "000001") == release


def test_a_part_that_stays_the_same_costs_a_link(tmp_path: Path) -> None:
    put_out(tmp_path, version("Hello"))
    parts: dict[str, list[MadeFile]] = {**version("Hello"), "blue-hill": version("New")["blue-hill"]}

    put_out(tmp_path, parts)

    old, new = (tmp_path / "releases" / number / "site" for number in ("000001", "000002"))
    assert [path.is_symlink() for path in (new / "en").iterdir()] == [True, True]
    assert (new / "en/golden-river").resolve() == (old / "en/golden-river").resolve()
    assert (new / "en/blue-hill").resolve() != (old / "en/blue-hill").resolve()


def test_releases_are_kept_for_a_while_and_what_only_older_ones_needed_goes(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        put_out(tmp_path, version(str(number)))

    kept = [release.number for release in kept_releases(tmp_path)]
    assert kept == [f"{number:06d}" for number in range(KEPT + 2, 2, -1)]
    assert len(list((tmp_path / "trees/golden-river").iterdir())) == KEPT
    assert len(list((tmp_path / "trees" / ABOVE).iterdir())) == KEPT


def test_a_tree_that_another_rests_on_stays_as_long_as_that(tmp_path: Path) -> None:
    put_out(tmp_path, version("Hello"))
    parts: dict[str, list[MadeFile]] = {
        code: [replace(one, content=b"New") if one.path.endswith("0/index.html") else one for one in files]
        for code, files in version("Hello").items()
    }

    for number in range(KEPT):
        put_out(tmp_path, {**parts, ABOVE: version(str(number))[ABOVE]})

    release = release_in_force(tmp_path)
    assert release is not None
    assert release.parts["blue-hill"].rests_on == ("blue-hill/000001",)
    assert (tmp_path / "trees/blue-hill/000001").exists()
    assert found(tmp_path) == listed(tmp_path)


def test_a_release_that_more_was_to_follow_goes_before_its_time(tmp_path: Path) -> None:
    put_out(tmp_path, version("whole"))
    put_out(tmp_path, version("half"), waiting=("en/golden-river/poster.pdf",))

    put_out(tmp_path, version("whole again"))
    after_one = [release.number for release in kept_releases(tmp_path)]
    put_out(tmp_path, version("another"))

    assert after_one == ["000003", "000002", "000001"]
    assert [release.number for release in kept_releases(tmp_path)] == ["000004", "000003", "000001"]


def test_what_a_release_says_of_itself_can_be_read_back(tmp_path: Path) -> None:
    release = put_out(tmp_path, version("Hello"))

    assert Release.from_json(release.as_json()) == release


def test_what_a_killed_publisher_left_behind_is_no_harm(tmp_path: Path) -> None:
    put_out(tmp_path, version("Hello"))
    for half in (tmp_path / "building" / "site", tmp_path / "trees" / "golden-river" / "building" / "site"):
        half.mkdir(parents=True)
        (half / "half.html").write_text("Hal")
    (tmp_path / "current.new").symlink_to("nowhere")

    put_out(tmp_path, version("Hello again"))

    assert found(tmp_path) == listed(tmp_path)
    assert said_by(tmp_path / "releases" / "000002") == {"Hello again"}


def test_a_publisher_killed_at_any_point_leaves_a_whole_site(tmp_path: Path) -> None:
    put_out(tmp_path, version("before"))
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
        assert found(tmp_path) == listed(tmp_path)

    put_out(tmp_path, version("after"))
    assert said_by(current_release(tmp_path) or tmp_path) == {"after"}


def test_a_reader_meets_one_release_whole_while_others_are_put_in_force(tmp_path: Path) -> None:
    put_out(tmp_path, version("before"))
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
