"""A hundred thousand consultations through the page of tables, in a browser: how long, how much memory, and the bar that moves.

The server runs as ``make run`` starts it. What reads and counts the table is a process of its own; its seconds of the
processor and the most memory that it ever had are taken from the system, as are those of the server's processes.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bureau.app import create_app
from bureau.kernel.database import db
from tests.audit.desks import Server
from tests.bench.log_import import LINES, MOST_MB, MOST_SECONDS, made, write
from tests.bench.measuring import table
from tests.bench.together import SECRET, databases
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, total
from tests.installation import migrate, settings
from tests.tools import chromium

KINDS = ("csv", "xlsx")
PAGE = "/desk/golden-river/log/table/"
LOOKS = 0.05
PATIENCE = 300_000
"""Milliseconds; on a crowded machine everything takes several times as long."""
WATCH = """setInterval(() => {
  const bar = document.querySelector("#progress");
  if (!bar) return;
  const seen = JSON.parse(sessionStorage.seen || "[]"), now = bar.querySelector("[role=status]").textContent.trim();
  if (seen.at(-1) !== now) sessionStorage.seen = JSON.stringify([...seen, now]);
}, 50);"""
HEAD = ["database", "file", "MB", "seconds until told", "until counted", "the bar said", "CPU seconds", "most MB of its process", "of the server's"]  # fmt: skip


@dataclass(slots=True)
class Spent:
    """What the processes behind tables took, by their numbers; the most that the server's own had."""

    cpu: dict[int, float] = field(default_factory=dict)
    megabytes: float = 0.0
    server: float = 0.0


def run(words: list[str]) -> bool:
    """Send both kinds of file (or those named) on each database; whether all keep within the bounds, and the bar moved."""
    chromium.main()
    rows, kept = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        for kind in words or KINDS:
            for name, address, _ in databases():
                with TemporaryDirectory() as folder:
                    row, good = _measured(browser, Path(folder), address, kind)
                rows.append([name, *row])
                kept.append(good)
        browser.close()
    table(f"{LINES:,} consultations through the page", HEAD, rows)
    return all(kept)


def _measured(browser: Browser, folder: Path, address: str, kind: str) -> tuple[list[object], bool]:
    file, app = folder / f"log.{kind}", create_app(settings(folder, address) | {"SECRET_KEY": SECRET})
    with file.open("wb") as opened:
        write(kind, opened, made())
    cookie = _sender(app)
    server = Server(folder, address)
    try:
        with _watched(server.process.pid) as spent:
            page = _page(browser, server, cookie)
            told, counted = _sent(page, file)
            seen = json.loads(page.evaluate("sessionStorage.seen || '[]'"))
            page.context.close()
    finally:
        server.kill()
    with app.app_context():
        stored = total()
        db.session.remove()
        db.engine.dispose()
    cpu = sum(spent.cpu.values())
    good = stored == LINES and cpu <= MOST_SECONDS and max(spent.megabytes, spent.server) <= MOST_MB and len(seen) > 2
    sys.stdout.write(f"  {kind}: {stored} stored; the bar said {', '.join(seen)}\n")
    size = f"{file.stat().st_size / 1e6:.1f}"
    row: list[object] = [kind, size, f"{told:.1f}", f"{counted:.1f}", f"{len(seen)} things", f"{cpu:.1f}", f"{spent.megabytes:.0f}", f"{spent.server:.0f}"]  # fmt: skip
    return row, good


def _sender(app: Flask) -> str:
    """The cookie of somebody at the front desk of a bureau in which nothing is counted yet."""
    browser = app.test_client()
    with app.app_context():
        migrate(app)
        a_logging_bureau("open-gate", "lantern")
        sign_in_as(browser, person(receives=[a_bureau()]))
        db.session.remove()
    cookie = browser.get_cookie("session")
    assert cookie is not None
    return cookie.value


def _page(browser: Browser, server: Server, cookie: str) -> Page:
    url = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(base_url=url)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "session", "value": cookie, "url": url}])
    context.add_init_script(WATCH)
    while not server.answers():
        time.sleep(0.1)
    return context.new_page()


def _sent(page: Page, file: Path) -> tuple[float, float]:
    """Seconds from each click until its outcome stands on the page."""
    page.goto(PAGE)
    page.set_input_files("#table", file)
    told = _seconds(page, "form[action$='/log/table/'] button", f"{LINES} entries are new")
    counted = _seconds(page, "form[action$='/take'] button", f"{LINES} entries were counted")
    return told, counted


def _seconds(page: Page, button: str, outcome: str) -> float:
    begun = time.monotonic()
    page.locator(button).first.click()
    expect(page.locator("main")).to_contain_text(outcome, timeout=PATIENCE)
    return time.monotonic() - begun


@contextmanager
def _watched(server: int) -> Iterator[Spent]:
    """What every process below the server takes, and those that it lets go on by themselves, while inside."""
    spent, over = Spent(), threading.Event()
    watching = threading.Thread(target=_watch, args=(psutil.Process(server), spent, over))
    watching.start()
    try:
        yield spent
    finally:
        over.set()
        watching.join()


def _watch(server: psutil.Process, spent: Spent, over: threading.Event) -> None:
    while not over.wait(LOOKS):
        for one in server.children(recursive=True):
            try:
                most = _most_megabytes(one.pid)
                if "go-on" in one.cmdline():
                    used = one.cpu_times()
                    spent.cpu[one.pid] = used.user + used.system
                    spent.megabytes = max(spent.megabytes, most)
                else:
                    spent.server = max(spent.server, most)
            except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError, StopIteration):
                continue  # it ended meanwhile


def _most_megabytes(pid: int) -> float:
    """The most that a process had in memory until now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
