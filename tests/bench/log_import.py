"""A hundred thousand consultations from a file and into one: seconds of the processor, and the most memory.

Each is done by a process of its own, which the system measures: ``flask log import`` as anybody would run it, and the
file that the page of tables gives.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from bureau.app import create_app
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.queries import get_bureau
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import Entry
from bureau.servicelog.exports import write_csv, write_xlsx
from bureau.servicelog.queries.table import entries_between
from tests.bench.measuring import table
from tests.factories.servicelog import a_logging_bureau
from tests.installation import migrate, settings

ROOT = Path(__file__).parents[2]
LINES = 100_000
FIRST = date(2026, 1, 1)
MOST_SECONDS, MOST_MB = 30.0, 300.0


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took."""

    seconds: float
    megabytes: float

    @property
    def kept(self) -> bool:
        """Whether it is within the bounds."""
        return self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MB


def run(words: list[str]) -> bool:
    """Take both kinds of file (or those named) in, once more (nothing is new), and away; whether all keep within the bounds.

    Each step is told when it is done: on a crowded machine the eight of them take many minutes.
    """
    if words[:1] == ["take-away"]:
        return _take_away(words[1], words[2])
    rows = []
    for kind in words or ("csv", "xlsx"):
        with TemporaryDirectory() as folder:
            for what, spent in _measured(kind, Path(folder)):
                rows.append((kind, what, spent))
                sys.stdout.write(f"{kind}, {what}: {spent.seconds:.1f} s of CPU, {spent.megabytes:.0f} MB\n")
                sys.stdout.flush()
    table(
        f"{LINES:,} consultations, SQLite", ("file", "what", "CPU seconds", "most MB"),
        [(kind, what, f"{spent.seconds:.1f}", f"{spent.megabytes:.0f}") for kind, what, spent in rows],
    )  # fmt: skip
    return all(spent.kept for _, _, spent in rows)


def _measured(kind: str, folder: Path) -> Iterator[tuple[str, Spent]]:
    address, file = f"sqlite:///{folder / 'bureau.db'}", folder / f"log.{kind}"
    app = create_app(settings(folder, address))
    with app.app_context():
        migrate(app)
        a_logging_bureau("open-gate", "lantern")
        db.session.remove()
    with file.open("wb") as opened:
        write(kind, opened, made())
    command = ("-m", "flask", "--app", "wsgi", "log", "import", str(file), "--bureau", "golden-river")
    yield "tried", _spent(*command, "--dry-run", address=address)
    yield "taken in", _spent(*command, address=address)
    yield "once more", _spent(*command, address=address)
    yield "taken away", _spent("-m", "tests.bench", "log-import", "take-away", kind, str(folder), address=address)


def made() -> Iterator[tuple[str, Entry]]:
    """So many consultations of two organisations, with every question answered."""
    for number in range(LINES):
        bands = {name: codes[(number // step) % len(codes)] for step, (name, codes) in enumerate(BANDS.items(), 1)}
        yield ("open-gate", "lantern")[number % 2], Entry(
            ref=f"desk-2026/{number:06d}", day=FIRST + timedelta(days=number % 300), service=("info", "legal")[number % 3 % 2],
            language=("en", "ar")[number % 2], status="applicant" if number % 5 else None, bands=bands,
            kind="consultation" if number % 20 else "unmet",
        )  # fmt: skip


def write(kind: str, file: object, entries: Iterator[tuple[str, Entry]]) -> None:
    """The entries as a file of that kind."""
    if kind == "csv":
        write_csv(file, entries, groups=False)
    else:
        write_xlsx(file, entries, groups=False, right_to_left=False)


def _spent(*words: str, address: str) -> Spent:
    settings = {"DATABASE_URL": address, "SECRET_KEY": "bench", "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )  # fmt: skip
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {child.returncode}")
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _take_away(kind: str, folder: str) -> bool:
    """What the page does, in the process that is measured."""
    app = create_app(settings(Path(folder), os.environ["DATABASE_URL"]))
    with app.app_context(), TemporaryFile() as file:
        last = FIRST + timedelta(days=365)
        found = entries_between(get_bureau("golden-river").id, FIRST, last, scope=EVERY_ORGANISATION)
        write(kind, file, found)
    return True
