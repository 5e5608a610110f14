"""A feed of a thousand sessions: what it costs to write and to answer, beside a calendar server that holds the same events.

pretalx's schedule export is not in the table: it needs a Django project with a database, a task queue and a conference
in it, and exports talks rather than a feed of one's own choice.
"""

import base64
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_babel import force_locale
from werkzeug.serving import WSGIRequestHandler, make_server
from whitenoise import WhiteNoise

from bureau.calendars import ical
from bureau.calendars.domain import files
from bureau.calendars.site.events import event_of, head_of
from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.audit._installing import python_with
from tests.audit._making import application
from tests.bench.measuring import best_of, table
from tests.calendars.made import reader_of
from tests.factories.programmes import a_programme

EVENTS = 1000
BOUND = 100
"""Microseconds of CPU for each event that is worded and written."""
ROUNDS = 7
LOGIN = {"Authorization": f"Basic {base64.b64encode(b'bureau:bureau').decode()}"}


def run(_words: list[str]) -> bool:
    """Write and answer the feed both ways; whether an event costs less than the bound."""
    with application() as app, TemporaryDirectory() as folder:
        written, again, feed = _write(app)
        rows = [
            ("ours: worded and written, once a publication", _ms(written), f"{written / EVENTS * 1e6:.0f} µs an event"),
            ("ours: put together from written events, for a further feed", _ms(again), f"{again / EVENTS * 1e6:.1f} µs an event"),
            *_answers(Path(folder), feed),
        ]  # fmt: skip
    table(f"A feed of {EVENTS} events, {len(feed) // 1024} KiB", ("what", "ms", ""), rows)
    return written / EVENTS * 1e6 <= BOUND


def _write(app: Flask) -> tuple[float, float, bytes]:
    """CPU seconds of wording and writing, of putting together alone, and the feed."""
    documents = [a_programme(Month(2026, 12).shifted(offset)) for offset in range(6)]
    with app.app_context(), force_locale("ar"):
        reader = reader_of(_numbered(documents), "ar")
        sessions = reader.place.sessions[:EVENTS]
        events = [ical.fragment(event_of(reader, one)) for one in sessions]
        head = head_of(reader, files.HOME, "Bureau", sessions)
        written = _cpu(lambda: [ical.fragment(event_of(reader, one)) for one in sessions])
        again = _cpu(lambda: ical.write(head, events))
        return written + again, again, ical.write(head, events)


def _numbered(documents: list[ProgrammeDocument]) -> Iterator[ProgrammeDocument]:
    """Published one after the other, as months are."""
    for number, document in enumerate(documents):
        yield replace(document, published_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number))


def _answers(folder: Path, feed: bytes) -> Iterator[tuple[str, str, str]]:
    """How long a subscriber waits for the whole feed, and where nothing has changed."""
    with _ours(folder / "site", feed) as address:
        seconds, mark = _fetched(address, {})
        yield "ours: answered, the whole feed", _ms(seconds), "read from a file"
        seconds, _ = _fetched(address, {"If-None-Match": mark})
        yield "ours: answered, nothing new", _ms(seconds), "304"
    with _radicale(folder / "radicale", feed) as address:
        seconds, mark = _fetched(address, LOGIN)
        yield "Radicale: answered, the whole calendar", _ms(seconds), "its cache is warm"
        seconds, _ = _fetched(address, {**LOGIN, "If-None-Match": mark})
        yield "Radicale: asked again with the mark", _ms(seconds), ""


def _fetched(address: str, headers: dict[str, str]) -> tuple[float, str]:
    """The shortest time of an answer, and its mark."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  (our own servers on this machine)
    marks: list[str] = []

    def once() -> None:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  (the same)
                answer.read()
                marks.append(answer.headers.get("ETag", ""))
        except urllib.error.HTTPError as answer:
            if answer.code != 304:
                raise

    once()
    return best_of(ROUNDS, once), marks[0] if marks else ""


@contextmanager
def _ours(folder: Path, feed: bytes) -> Iterator[str]:
    """The feed in a published folder, served as our server does: WhiteNoise in one Python process."""
    folder.mkdir()
    (folder / "calendar.ics").write_bytes(feed)
    noise = WhiteNoise(None, root=str(folder), mimetypes={".ics": "text/calendar"}, add_headers_function=_marked)
    server = make_server("127.0.0.1", 0, noise, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/calendar.ics"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _marked(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["ETag"] = '"of-the-release"'


@contextmanager
def _radicale(folder: Path, feed: bytes) -> Iterator[str]:
    """Radicale with the same events in one calendar."""
    _put_into(folder, feed)
    python = python_with("radicale", "radicale") / "python"
    port = _free_port()
    command = [
        str(python), "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
        "--storage-filesystem-folder", str(folder), "--logging-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/bureau/programme/"
    finally:
        process.terminate()
        process.wait()


def _put_into(folder: Path, feed: bytes) -> None:
    """Each event in a file of its own, as Radicale keeps them."""
    calendar = folder / "collection-root" / "bureau" / "programme"
    calendar.mkdir(parents=True)
    (calendar / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
    _, *events = feed.split(b"BEGIN:VEVENT")
    for number, event in enumerate(events):
        body = event.removesuffix(b"END:VCALENDAR\r\n")
        whole = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bureau//EN\r\nBEGIN:VEVENT" + body + b"END:VCALENDAR\r\n"
        (calendar / f"{number}.ics").write_bytes(whole)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("Radicale does not answer")


def _cpu(call: Callable[[], object]) -> float:
    """The least CPU time of several runs, in seconds."""

    def once() -> float:
        start = time.process_time()
        call()
        return time.process_time() - start

    return min(once() for _ in range(ROUNDS))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nobody reads along."""
