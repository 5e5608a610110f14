"""A publisher killed two hundred times while residents read, and a disk that is full: whole versions only."""

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bureau.publishing.domain import fingerprint
from bureau.publishing.site.releases import found, release_in_force, trees_of
from bureau.publishing.site.trees import read_tree
from tests.bench.measuring import table
from tests.publishing.writer import CODES, house, publish, publish_for_ever

KILLS = 200
LONGEST = 1.2
"""How long to wait before the kill at most, in publications."""
PAGES = [f"/en/{code}/{below}" for code in CODES for below in ("", "2026-12/", "service/job-search/")]
TMPFS = 12_000_000


def run(words: list[str]) -> bool:
    """Kill (as often as the first word says), fill the disk, and look."""
    kills = int(words[0]) if words else KILLS
    with TemporaryDirectory() as folder:
        rows = [_killed(Path(folder), kills)]
    with TemporaryDirectory() as folder:
        rows.append(_too_large(Path(folder)))
    with TemporaryDirectory() as folder:
        rows.append(_full(Path(folder)))
    table("Publishing under bad luck", ["What", "Times", "Seen by readers", "Findings"], rows)
    return not any(row[-1] for row in rows)


def _killed(folder: Path, kills: int) -> tuple[str, int, str, str]:
    app, chance, findings = house(folder), random.Random(2026), Counter[str]()
    _publish_apart(app, 0)
    begun = time.monotonic()
    _publish_apart(app, 1)
    longest = LONGEST * (time.monotonic() - begun)
    seen = folder / "seen"
    reader = _forked(lambda: _read_on(app, seen))
    for number in range(1, kills + 1):
        _kill_one(app, number, chance.uniform(0.0, longest))
        findings.update(_wrong_on_disk(folder / "published"))
    _end(reader, signal.SIGTERM)
    lines = seen.read_text().splitlines()
    findings.update(line for line in lines if not line.startswith("Version"))
    _publish_apart(app, (kills + 1) * 1000)
    findings.update(_wrong_on_disk(folder / "published"))
    versions = len({line for line in lines if line.startswith("Version")})
    findings.update([] if versions > kills / 10 else ["too few versions to say anything"])
    return "kill -9", kills, f"{len(lines)} answers, {versions} versions", _listed(findings)


def _kill_one(app: Flask, number: int, delay: float) -> None:
    """Every second publisher is killed during its first publication, every other one during its second or third."""
    heard, said = os.pipe()
    publisher = _forked(lambda: publish_for_ever(app, number * 1000, lambda _: os.write(said, b".")))
    os.close(said)
    if number % 2:
        os.read(heard, 1)
    time.sleep(delay)
    _end(publisher, signal.SIGKILL)
    os.close(heard)


def _read_on(app: Flask, seen: Path) -> None:
    """Ask for pages through the server's own door, and note what each says: a version, or what is wrong with it."""
    client = app.test_client()
    with seen.open("w", buffering=1) as notes:
        while True:
            for page in PAGES:
                answer = client.get(page)
                notes.write(f"{_judged(answer.status_code, answer.data, answer.headers.get('ETag', ''))}\n")


def _judged(status: int, content: bytes, mark: str) -> str:
    said = set(re.findall(rb"Version \d+\.", content))
    if status != 200 or not content.rstrip().endswith(b"</html>"):
        return f"answered {status} with {len(content)} bytes"
    if len(said) != 1:
        return f"a page of {len(said)} versions"
    if mark and mark.strip('"') != fingerprint(content):
        return "a mark of another version"
    return said.pop().decode()


def _wrong_on_disk(published: Path) -> list[str]:
    """What the site in force holds besides one whole version."""
    release = release_in_force(published)
    if release is None:
        return ["no release"]
    trees = [read_tree(trees_of(published), head.tree) for head in release.parts.values()]
    listed = {path: entry.mark for tree in trees for path, entry in tree.files.items()}
    lies = {path: mark for path, mark in found(published).items() if not path.startswith("static/")}
    said = {
        one
        for page in PAGES
        for one in re.findall(rb"Version \d+\.", (published / f"current{page}index.html").read_bytes())
    }
    return [
        *(["files that the list does not know, or the other way round"] if lies != listed else []),
        *([f"{len(said)} versions at once"] if len(said) != 1 else []),
    ]


def _too_large(folder: Path) -> tuple[str, int, str, str]:
    """A limit on the size of a file, which the publisher meets at a page: the same error as a full disk, anywhere."""
    app, findings = house(folder), Counter[str]()
    _publish_apart(app, 1)
    for number, room in enumerate((100, 3_000, 20_000), start=2):
        child = _forked(lambda number=number, room=room: _publish_in(app, number, room))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        findings.update([] if code == 3 else [f"ended with {code}"])
        findings.update(_wrong_on_disk(folder / "published"))
        findings.update([] if _version_in(folder) == 1 else ["another version than before"])
    _publish_apart(app, 9)
    findings.update([] if _version_in(folder) == 9 else ["the next publication did not heal it"])
    return "file too large", 3, "the version before", _listed(findings)


def _publish_apart(app: Flask, number: int) -> None:
    """In a process of its own: what typesets keeps threads, and would not survive in those forked from this one later."""
    child = _forked(lambda: publish(app, number))
    if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise RuntimeError(f"version {number} could not be published: {code}")


def _publish_in(app: Flask, number: int, room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    _publish_or_say(app, number)


def _publish_or_say(app: Flask, number: int) -> None:
    try:
        publish(app, number)
    except OSError:
        os._exit(3)


def _full(folder: Path) -> tuple[str, int, str, str]:
    """A small disk of its own, where one may be had: only the superuser may."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={TMPFS}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        return "disk full", 0, "a disk of its own may not be mounted here", ""
    try:
        return _on_a_small_disk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _on_a_small_disk(folder: Path) -> tuple[str, int, str, str]:
    app, findings, times = house(folder), Counter[str](), 5
    _publish_apart(app, 1)
    ballast = folder / "ballast"
    for number in range(2, 2 + times):
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        ballast.write_bytes(bytes(max(0, free - number * 30_000)))
        child = _forked(lambda number=number: _publish_or_say(app, number))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        findings.update([] if code == 3 else [f"ended with {code}"])
        findings.update(_wrong_on_disk(folder / "published"))
        findings.update([] if _version_in(folder) == 1 else ["another version than before"])
        ballast.unlink()
    _publish_apart(app, 99)
    findings.update([] if _version_in(folder) == 99 else ["the next publication did not heal it"])
    return "disk full", times, "the version before", _listed(findings)


def _version_in(folder: Path) -> int:
    html = (folder / "published/current/en/golden-river/index.html").read_text()
    return int((re.search(r"Version (\d+)\.", html) or ["", "-1"])[1])


def _forked(work: Callable[[], None]) -> int:
    process = os.fork()
    if not process:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123  (for as long as the process lives)
        try:
            work()
        finally:
            os._exit(1 if sys.exc_info()[0] else 0)
    return process


def _end(process: int, by: int) -> None:
    os.kill(process, by)
    os.waitpid(process, 0)


def _listed(findings: Counter[str]) -> str:
    return ", ".join(f"{times} × {what}" for what, times in findings.items())
