"""A copy of the public site in a folder, here or on another machine, by rsync."""

import shutil
import subprocess
from pathlib import Path

from bureau.publishing.domain.sending import NotSent, Sent

RSYNC = (
    "rsync", "--recursive", "--copy-links", "--times", "--checksum", "--chmod=D755,F644", "--itemize-changes",
    "--stats", "--no-human-readable",
)  # fmt: skip
LOOK_ONLY = ("--include=/static/***", "--exclude=*")
SWITCHING = ("--delay-updates", "--delete-delay")
"""Changed files take their places together at the end; what is gone goes after that."""


def mirror(root: Path, target: str) -> Sent:
    """Bring the folder ``target`` (a path, or ``user@host:/path``) up to the site below ``root``, its twins too."""
    if shutil.which("rsync") is None:
        raise NotSent("There is no rsync here; on Debian and Ubuntu: apt-get install rsync")
    if target.startswith("-"):
        raise NotSent("The name of a folder does not begin with a dash.")
    looks = _run(*LOOK_ONLY, f"{root}/", target)
    rest = _run(*SWITCHING, f"{root}/", target)
    sent = sum(_count(said) for said in (looks, rest))
    removed = sum(line.startswith("*deleting") and not line.endswith("/") for line in rest)
    return Sent(sent=sent, kept=_files(rest) - sent, removed=removed)


def _count(said: list[str]) -> int:
    return sum(line[:2] in {"<f", ">f"} for line in said)


def _files(said: list[str]) -> int:
    """From the statistics: ``Number of files: 812 (reg: 640, dir: 172)``."""
    counted = next(line for line in said if line.startswith("Number of files:"))
    return int(counted.partition("reg: ")[2].partition(",")[0].rstrip(")"))


def _run(*words: str) -> list[str]:
    done = subprocess.run([*RSYNC, *words], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise NotSent(f"rsync says: {(done.stderr or done.stdout).strip()}")
    return done.stdout.splitlines()
