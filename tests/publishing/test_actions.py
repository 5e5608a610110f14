"""Publishing and checking, from programmes in the database."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from bureau.kernel.clock import utcnow
from bureau.kernel.errors import NotFound
from bureau.publishing.actions import check_site, publish_documents, publish_site
from bureau.publishing.domain import lead_on
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import a_bureau
from tests.publishing.conftest import NOW, check, in_force, put_out, tiny


def cancelled(document: ProgrammeDocument) -> ProgrammeDocument:
    """The month published again, with its first session withdrawn."""
    first, *others = document.sessions
    sessions = (replace(first, sequence=1, modified=NOW, change="cancelled"), *others)
    return replace(document, number=2, published_at=NOW, sessions=sessions)


def test_what_was_published_says_what_the_programmes_say(house: Flask) -> None:
    put_out(house, tiny())

    assert not check(house, tiny())


def test_a_programme_that_is_newer_than_the_site_is_seen_in_the_pages_it_changes(house: Flask) -> None:
    put_out(house, tiny())

    found = check(house, cancelled(tiny()))

    assert "en/golden-river/2026-12/index.html" in found.changed
    assert "en/golden-river/2026-12/calendar.ics" in found.changed
    assert "en/golden-river/2027-01/index.html" not in found.changed


def test_a_page_that_was_tampered_with_removed_or_added_is_named(house: Flask) -> None:
    put_out(house, tiny())
    root = in_force(house)
    (root / "en/golden-river/index.html").write_text("Closed for ever")
    (root / "ar/golden-river/need/work/index.html").unlink()
    (root / "en/golden-river/secret.html").write_text("Psst")

    found = check(house, tiny())

    assert (found.changed, found.missing, found.extra) == (
        ("en/golden-river/index.html",),
        ("ar/golden-river/need/work/index.html",),
        ("ar/golden-river/need/work/index.html.br", "ar/golden-river/need/work/index.html.gz",
         "en/golden-river/secret.html"),
    )  # fmt: skip


def test_a_change_touches_only_the_files_that_say_it(house: Flask) -> None:
    put_out(house, tiny())
    before = in_force(house)

    with house.app_context():
        outcome = publish_documents(lambda: [cancelled(tiny())], now=NOW)

    after = in_force(house)
    untouched = "en/golden-river/2027-01/index.html"
    assert outcome.written < outcome.kept
    assert (after / untouched).stat().st_ino == (before / untouched).stat().st_ino
    assert (after / "en/golden-river/2026-12/index.html").read_bytes() != (
        before / "en/golden-river/2026-12/index.html"
    ).read_bytes()


def test_the_next_day_marks_another_today(house: Flask) -> None:
    put_out(house, tiny())

    assert "en/golden-river/index.html" in check(house, tiny(), now=NOW + timedelta(days=1)).changed


def test_one_bureau_can_be_published_alone_and_the_others_stay_as_they_were(house: Flask) -> None:
    blue = replace(tiny(), bureau=a_bureau("blue-hill", languages=("en",)))
    put_out(house, tiny(), blue)
    both = (replace(tiny(), sessions=()), replace(blue, sessions=()))

    put_out(house, *both, bureau="blue-hill")

    assert not check(house, *both, bureau="blue-hill")
    assert check(house, *both, bureau="golden-river").changed
    assert not check(house, tiny(), blue, bureau="golden-river")


def test_a_bureau_that_is_no_more_leaves_the_site(house: Flask) -> None:
    blue = replace(tiny(), bureau=a_bureau("blue-hill", languages=("en",)))
    put_out(house, tiny(), blue)

    put_out(house, tiny())

    assert not (in_force(house) / "en" / "blue-hill").exists()


def test_the_look_of_the_release_before_stays_for_pages_that_browsers_still_hold(house: Flask, tmp_path: Path) -> None:
    put_out(house, tiny())
    (old,) = (in_force(house) / "static").iterdir()
    changed = tmp_path / "static"
    shutil.copytree(str(house.static_folder), changed)
    (changed / "css" / "bureau.css").write_text("body { margin: 0 }")
    house.static_folder = str(changed)

    put_out(house, tiny())

    versions = {path.name for path in (in_force(house) / "static").iterdir()}
    assert (len(versions), old.name in versions) == (2, True)
    assert not check(house, tiny())


# With the database


def test_the_site_is_made_from_the_programmes_in_force(published: Flask, folder: Path) -> None:
    outcome = publish_site(now=NOW)

    assert (outcome.release, (folder / "current/ar/golden-river/2026-12/index.html").exists()) == ("000001", True)
    assert not check_site(now=NOW)


def test_a_bureau_that_is_not_there_is_refused(published: Flask, folder: Path) -> None:
    with pytest.raises(NotFound):
        publish_site(now=NOW, bureau="nowhere")


def test_the_commands_publish_check_and_name_what_differs(published: Flask, folder: Path) -> None:
    runner = published.test_cli_runner()

    missing = runner.invoke(args=["site", "check"])
    done = runner.invoke(args=["site", "publish"])
    proof = runner.invoke(args=["site", "check"])
    unknown = runner.invoke(args=["site", "publish", "--bureau", "nowhere"])

    assert (missing.exit_code, "missing: ar/golden-river/index.html" in missing.output) == (1, True)
    assert (done.exit_code, done.output.startswith("Release 000001: ")) == (0, True)
    assert (proof.exit_code, proof.output) == (0, "Every public file says what the programmes say.\n")
    assert unknown.exit_code == 1


def test_publishing_by_hand_mends_what_was_damaged_since(published: Flask, folder: Path) -> None:
    runner = published.test_cli_runner()
    publish_site(now=utcnow())
    root = folder / "current"
    (root / "en/golden-river/index.html").write_text("Closed for ever")
    (root / "ar/golden-river/2026-12/index.html").unlink()

    mended = runner.invoke(args=["site", "publish"])
    proof = runner.invoke(args=["site", "check"])

    assert " 2 files written" in mended.output
    assert proof.exit_code == 0


@pytest.mark.parametrize("trusting", [True, False], ids=["by the scheduler", "by hand"])
def test_an_unchanged_publication_writes_nothing_at_all(published: Flask, folder: Path, trusting: bool) -> None:
    publish_site(now=NOW)
    before = {path: path.lstat().st_mtime_ns for path in (folder, *folder.rglob("*"))}

    outcome = publish_site(now=NOW + timedelta(hours=3), trusting=trusting)

    assert (outcome.release, outcome.written, outcome.removed) == ("000001", 0, 0)
    assert {path: path.lstat().st_mtime_ns for path in (folder, *folder.rglob("*"))} == before


# Leading on


@pytest.mark.parametrize(
    ("bureaux", "language", "wanted", "target"),
    [
        ({}, None, ["ar"], None),
        ({"a": ("bg", "ar")}, None, ["fa", "ar"], "/ar/a/"),
        ({"a": ("bg", "ar")}, "fr", ["ar"], "/ar/a/"),
        ({"a": ("bg",)}, None, [], "/bg/a/"),
        ({"a": ("bg",), "b": ("ar",)}, None, ["ar"], "/ar/"),
        ({"a": ("bg",), "b": ("ar",)}, None, ["fr"], "/"),
    ],
)
def test_where_the_front_leads(
    bureaux: dict[str, tuple[str, ...]], language: str | None, wanted: list[str], target: str | None
) -> None:
    assert lead_on(bureaux, language, wanted) == target
