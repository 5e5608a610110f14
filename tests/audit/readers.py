"""Feeds as five programs read them, over two publications with the weeks in which the clocks change, moves and cancellations.

icalendar, ical.js and node-ical read the files; vdirsyncer takes them twice into a folder of events, as a subscriber does,
and khal reads that folder. All must see the same events at the same instants with the same words as we published.
vdirsyncer takes them from the file and over HTTP; over HTTP it gives every event a UID of its own making, whoever
publishes, so there the rest is compared.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import icalendar
from flask import Flask

from bureau.calendars.site.feeds import feed_drafts
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.audit._installing import node, node_with, python_with
from tests.audit._making import application
from tests.bench.measuring import table
from tests.calendars.made import for_reader
from tests.calendars.two_publications import MARCH, OCTOBER, SECOND, first_publication, second_publication

Seen = dict[str, list[object]]
"""UID → instants of start and end, status, sequence, summary."""

ICAL_JS = """
const { readFileSync } = require("fs"); const ICAL = require("ical.js").default ?? require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[1], "utf8")));
const utc = (time) => time.toJSDate().toISOString().replace(".000Z", "Z"); const found = {};
for (const one of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(one);
  found[event.uid] = [utc(event.startDate), utc(event.endDate), one.getFirstPropertyValue("status"), +event.sequence, event.summary];
}
console.log(JSON.stringify(found));
"""
NODE_ICAL = """
const ical = require("node-ical"); const found = {};
const utc = (time) => time.toISOString().replace(".000Z", "Z"); const words = (one) => one.val ?? one;
for (const event of Object.values(ical.sync.parseFile(process.argv[1]))) if (event.type === "VEVENT")
  found[event.uid] = [utc(event.start), utc(event.end), event.status, +event.sequence, words(event.summary)];
console.log(JSON.stringify(found));
"""
VDIRSYNCER = """
[general]
status_path = "{home}/status"
[pair kept]
a = "events"
b = "file"
collections = null
conflict_resolution = "b wins"
[pair fetched]
a = "copies"
b = "address"
collections = null
conflict_resolution = "b wins"
[storage events]
type = "filesystem"
path = "{home}/events"
fileext = ".ics"
[storage copies]
type = "filesystem"
path = "{home}/copies"
fileext = ".ics"
[storage file]
type = "singlefile"
path = "{home}/calendar.ics"
read_only = true
[storage address]
type = "http"
url = "{url}"
"""
LANGUAGES = ("en", "ar")


def run(_words: list[str]) -> bool:
    """Read every feed with every program; whether all saw the same."""
    rows = []
    with application() as app, TemporaryDirectory() as folder:
        for month in (OCTOBER, MARCH):
            first = first_publication(month, languages=LANGUAGES)
            for language in LANGUAGES:
                subscriber = Path(folder) / f"{month}-{language}"
                rows += _read_twice(app, (first, second_publication(first)), language, subscriber)
    table(
        "Events as programs read them, and how many of them otherwise than published",
        ("month", "language", "publication", *READERS),
        rows,
    )
    return not any(isinstance(cell, str) and "≠" in cell for row in rows for cell in row)


def _read_twice(
    app: Flask, publications: tuple[ProgrammeDocument, ...], language: str, home: Path
) -> Iterator[tuple[object, ...]]:
    """The two publications one after the other at one address, to one subscriber."""
    home.mkdir()
    feed = home / "calendar.ics"
    with _served(home) as address:
        for document in publications:
            feed.write_bytes(_feed(app, document, language))
            expected = _expected(document, feed)
            cells = [_cell(name, read(feed, f"{address}/{feed.name}"), expected) for name, read in READERS.items()]
            yield document.month, language, document.number, *cells


def _cell(name: str, seen: Seen, expected: Seen) -> str:
    if name == OVER_HTTP:
        seen, expected = _without_uids(seen), _without_uids(expected)
    wrong = [uid for uid in expected.keys() | seen.keys() if seen.get(uid) != expected.get(uid)]
    for uid in wrong[:3]:
        sys.stdout.write(f"{name}: {uid}\n  published {expected.get(uid)}\n  read      {seen.get(uid)}\n")
    return f"{len(seen)} (≠ {len(wrong)})" if wrong else str(len(seen))


def _without_uids(events: Seen) -> Seen:
    return {str(number): said for number, said in enumerate(sorted(events.values(), key=repr))}


def _feed(app: Flask, document: ProgrammeDocument, language: str) -> bytes:
    now = SECOND.replace(year=document.month.year, month=document.month.number, day=1)
    made = for_reader(app, feed_drafts, document, language=language, now=now)
    return made[f"{language}/golden-river/{document.month}/calendar.ics"]


def _expected(document: ProgrammeDocument, feed: Path) -> Seen:
    """What was published, from the programme itself; only the words are looked up in the feed, letter by letter."""
    lines = feed.read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")
    uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
    words = [line.partition(":")[2].replace("\\,", ",") for line in lines if line.startswith("SUMMARY")]
    titles = dict(zip(uids, words, strict=True))
    return {
        one.uid: [
            f"{one.starts_at:%Y-%m-%dT%H:%M:%SZ}", f"{one.ends_at:%Y-%m-%dT%H:%M:%SZ}",
            "CANCELLED" if one.cancelled else "CONFIRMED", one.sequence, titles[one.uid],
        ]
        for one in document.sessions
    }  # fmt: skip


def _by_icalendar(feed: Path, _address: str) -> Seen:
    return {
        str(one["UID"]): [
            f"{one['DTSTART'].dt:%Y-%m-%dT%H:%M:%SZ}", f"{one['DTEND'].dt:%Y-%m-%dT%H:%M:%SZ}", str(one["STATUS"]),
            int(one["SEQUENCE"]), str(one["SUMMARY"]),
        ]
        for one in icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT")
    }  # fmt: skip


def _by_node(package: str, program: str, feed: Path, _address: str) -> Seen:
    home = node_with(package.partition("@")[0], package)
    return _said([str(node()), "-e", program, str(feed)], cwd=home)


def _by_vdirsyncer(pair: str, folder: str, feed: Path, address: str) -> Seen:
    """What lies there after it has taken the feed, each event in a file of its own."""
    home, program = feed.parent, str(python_with("vdirsyncer", "vdirsyncer") / "vdirsyncer")
    settings = home / "vdirsyncer.conf"
    (home / folder).mkdir(exist_ok=True)
    settings.write_text(VDIRSYNCER.format(home=home, url=address))
    for order in ("discover", "sync"):
        subprocess.run([program, "-c", str(settings), order, pair], check=True, capture_output=True, input=b"y\n")
    seen: Seen = {}
    for file in (home / folder).glob("*.ics"):
        seen |= _by_icalendar(file, "")
    return seen


def _by_khal(feed: Path, _address: str) -> Seen:
    """What it shows of the events that vdirsyncer took from the file."""
    program = str(python_with("khal", "khal") / "python")
    return _said([program, str(Path(__file__).with_name("_read_khal.py")), str(feed.parent / "events")])


def _said(command: list[str], cwd: Path | None = None) -> Seen:
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd)
    said: Seen = json.loads(done.stdout)
    return said


OVER_HTTP = "vdirsyncer, HTTP"
READERS: dict[str, Callable[[Path, str], Seen]] = {
    "icalendar": _by_icalendar,
    "ical.js": partial(_by_node, "ical.js@2.2.1", ICAL_JS),
    "node-ical": partial(_by_node, "node-ical@0.27.2", NODE_ICAL),
    "vdirsyncer": partial(_by_vdirsyncer, "kept", "events"),
    OVER_HTTP: partial(_by_vdirsyncer, "fetched", "copies"),
    "khal": _by_khal,
}


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads along."""
