"""``make screenshots``: run the demonstration bureau in a folder of its own and take the README's pictures of it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bureau.demonstration.actions import MANAGER, PASSWORD
from bureau.kernel.clock import utcnow
from bureau.kernel.month import Month
from tests.tools import chromium

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "screenshots"
BUREAU = "golden-river"
PATIENCE = 300
"""Seconds that the demonstration may take to be planned and to open."""


def main() -> None:
    """Take every picture."""
    month = Month.of(utcnow().date()).shifted(1)
    PICTURES.mkdir(exist_ok=True)
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        phone = opened(browser, site, width=390, height=844)
        take(phone, f"/ar/{BUREAU}/{month}/", "month-ar-phone")
        desktop = opened(browser, site, width=1280, height=844)
        sign_in(desktop)
        take(desktop, f"/desk/{BUREAU}/{month}/board", "board")
        browser.close()


@contextmanager
def running() -> Iterator[str]:
    """The address of the demonstration bureau; in the environment's database where one is named."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{folder}/bureau.db", "BUREAU_PUBLISHED": f"{folder}/published"}
        environment = {**own, **os.environ, "HOST": "127.0.0.1", "PORT": port, "PYTHONUNBUFFERED": "1"}
        heard = Path(folder) / "heard"
        with heard.open("wb") as ear:
            child = subprocess.Popen([sys.executable, "-m", "bureau.run"], cwd=ROOT, env=environment, stdout=ear)
        try:
            wait_for(heard, child)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()
            child.wait()


def wait_for(heard: Path, child: subprocess.Popen[bytes]) -> None:
    """Wait until the bureau says that it is open."""
    deadline = time.monotonic() + PATIENCE
    while "is open" not in heard.read_text():
        if child.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"The bureau did not open:\n{heard.read_text()}")
        time.sleep(0.2)


def opened(browser: Browser, site: str, *, width: int, height: int) -> Page:
    """A page of that size, twice as sharp."""
    viewport = {"width": width, "height": height}
    return browser.new_context(base_url=site, viewport=viewport, device_scale_factor=2, locale="en-GB").new_page()


def sign_in(page: Page) -> None:
    """Be the demonstration's manager."""
    page.goto("/desk/")
    page.fill("input[type=email]", MANAGER)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)


def take(page: Page, address: str, name: str) -> None:
    """Picture the top of the page."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} answered {answer and answer.status}")
    page.reload(wait_until="networkidle")  # the fonts are optional on a first view; on the second they are at hand
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
