"""Where a Chromium is; run as a program, it gets one where it may, else says in one sentence how."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]
MISSING = (
    "The browser tests need Chromium: install it (on Debian and Ubuntu `sudo apt-get install chromium`) "
    "or give its path as CHROMIUM=/path/to/chromium."
)


def find() -> str | None:
    """The path of a Chromium: the environment's ``CHROMIUM``, else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Take Debian's package where we are root and apt is there."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=quiet, check=False, stdin=subprocess.DEVNULL)


def main() -> int:
    """0 when there is one now."""
    if not find():
        install()
    if not find():
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
