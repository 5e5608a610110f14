"""Copies of the public site elsewhere: what is sent, in which order, and what an interruption leaves."""

import gzip
import json
import os
from pathlib import Path

import obstore
import pytest
from flask import Flask
from obstore.store import MemoryStore

from bureau.publishing.domain import fingerprint
from bureau.publishing.domain.sending import NotSent, headers_of, plan
from bureau.publishing.site.releases import current_release, marks_of
from bureau.publishing.site.stores import KEYS, LIST, open_store, send
from tests.publishing.conftest import in_force, put_out, tiny

FILES = {
    "en/golden-river/index.html": b"<p>Open",
    "en/golden-river/calendar.ics": b"BEGIN:VCALENDAR",
    "static/look-1/css/bureau.css": b"p {}",
    "sw.js": b"//",
}


def lay(root: Path, files: dict[str, bytes]) -> dict[str, str]:
    """Write the files below ``root``; path → fingerprint."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return {path: fingerprint(content) for path, content in files.items()}


def held(store: MemoryStore) -> dict[str, bytes]:
    """What the store holds, unpacked where it is packed, without its list."""
    paths = [one["path"] for batch in obstore.list(store) for one in batch if one["path"] != LIST]
    return {path: unpacked(store, path) for path in paths}


def unpacked(store: MemoryStore, path: str) -> bytes:
    """A file as a browser sees it."""
    answer = obstore.get(store, path)
    content = bytes(answer.bytes())
    return gzip.decompress(content) if answer.attributes.get("Content-Encoding") == "gzip" else content


def test_what_pages_are_drawn_with_is_sent_first_and_pages_last() -> None:
    steps = plan(dict.fromkeys(FILES, "mark"), {"old.html": "mark", "sw.js": "other"})

    assert steps.stages == (
        ("static/look-1/css/bureau.css",),
        ("en/golden-river/calendar.ics",),
        ("en/golden-river/index.html", "sw.js"),
    )
    assert steps.removed == ("old.html",)


def test_a_store_answers_as_our_own_server_does() -> None:
    page, feed, style = (headers_of(path) for path in ("en/index.html", "en/calendar.ics", "static/look-1/a.css"))

    assert page == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public, max-age=60, must-revalidate",
        "Content-Encoding": "gzip",
    }
    assert (feed["Content-Type"], feed.get("Content-Encoding")) == ("text/calendar; charset=utf-8", None)
    assert "immutable" in style["Cache-Control"]


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    store = MemoryStore()
    send(store, tmp_path, lay(tmp_path, FILES))
    changed = {**FILES, "en/golden-river/index.html": b"<p>Closed"}
    del changed["en/golden-river/calendar.ics"]

    done = send(store, tmp_path, lay(tmp_path, changed))
    again = send(store, tmp_path, lay(tmp_path, changed))

    assert (done.sent, done.kept, done.removed) == (1, 2, 1)
    assert (again.sent, again.kept, again.removed) == (0, 3, 0)
    assert held(store) == changed


def test_after_an_interruption_nothing_is_taken_for_sent_that_may_not_be(tmp_path: Path) -> None:
    store = MemoryStore()
    first = lay(tmp_path, FILES)
    send(store, tmp_path, first)
    second = lay(tmp_path, {**FILES, "sw.js": b"// new"}) | {"missing.html": "mark"}
    with pytest.raises(NotSent, match="send it again"):  # sw.js was sent with the page that could not be read
        send(store, tmp_path, second)

    lay(tmp_path, FILES)
    done = send(store, tmp_path, first)

    assert json.loads(bytes(obstore.get(store, LIST).bytes()))["files"] == first
    assert held(store) == FILES
    assert (done.sent, done.removed) == (1, 1)


@pytest.mark.parametrize(
    ("address", "keys", "said"),
    [
        ("s3://bucket", (), "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"),
        ("s3://bucket?password=x", KEYS, "A store is named so"),
        ("s3:///prefix", KEYS, "A store is named so"),
    ],
)
def test_a_store_that_is_not_fully_named_is_refused_in_a_sentence(
    address: str, keys: tuple[str, ...], said: str
) -> None:
    with pytest.raises(NotSent, match=said):
        open_store(address, dict.fromkeys(keys, "x"))


def test_a_copy_is_refused_before_anything_is_published_and_without_rsync(
    house: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runner = house.test_cli_runner()
    early = runner.invoke(args=["site", "sync", str(tmp_path / "copy")])
    put_out(house, tiny())
    monkeypatch.setenv("PATH", "")

    without = runner.invoke(args=["site", "sync", str(tmp_path / "copy")])

    assert (early.exit_code, early.output) == (1, "Error: Nothing is published yet: flask site publish\n")
    assert without.exit_code == 1
    assert "There is no rsync here" in without.output


def test_the_whole_site_in_force_is_sent(house: Flask) -> None:
    put_out(house, tiny())
    published = Path(house.config["PUBLISHED"])
    release = current_release(published)
    assert release is not None
    store = MemoryStore()

    send(store, in_force(house), marks_of(published, release))

    lies_there = {path for path, _ in files_below(in_force(house))}
    assert held(store).keys() == lies_there
    assert all(held(store)[path] == content for path, content in files_below(in_force(house)))


def files_below(root: Path) -> list[tuple[str, bytes]]:
    """Every file but the packed twins."""
    walked = (Path(folder, name) for folder, _, names in os.walk(root, followlinks=True) for name in names)
    return [
        (file.relative_to(root).as_posix(), file.read_bytes()) for file in walked if file.suffix not in {".gz", ".br"}
    ]
