"""Publishing the public site: a bureau with a year of months, and a network of twenty bureaux, from the database to the disk.

Each installation is measured in a process of its own, that says what it is doing: one that is ended, or runs out of
memory, takes only its own rows with it.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TypeVar

from flask import Flask
from flask_babel import force_locale

from bureau.app import create_app
from bureau.calendars.domain.files import MadeFile
from bureau.calendars.domain.place import places_of
from bureau.calendars.site.feeds import feed_drafts
from bureau.calendars.site.reader import Reader, pieces, public_environment
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.organisations.queries import get_bureau
from bureau.publishing.actions import publish_site, what_is_due
from bureau.publishing.domain import Outcome
from bureau.publishing.site.releases import kept_releases
from bureau.rotation.domain.programme import ProgrammeDocument, to_json
from bureau.rotation.models import Programme
from bureau.web.languages import LANGUAGES
from tests.bench.measuring import markdown
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.factories.programmes import PUBLISHED, a_bureau, a_programme
from tests.installation import ROOT, migrate, settings

Result = TypeVar("Result")
Row = list[str]

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
DECEMBER = Month(2026, 12)
MORE = 5
"""Changes that are published together."""
BOUND = 100
"""Microseconds of CPU for each event in each feed."""
KEPT = ROOT / "docs/site-bench.md"
HEAD = ("house", "what", "files written", "files kept", "wall", "CPU", "CPU a file", "memory")
TEXT = """# What publishing costs

Made by `make bench ARGS=site`; do not edit. {date}, {machine}; load when it began: {load:.1f}.

{houses}

From the programmes in the database to files on the disk with their compressed twins; CPU is that of all threads and of the process that typesets, memory the most
that the publishing process held so far; what typesets is ended when it holds 220 MiB. *One change* is one session of tomorrow withdrawn and its month published again: pages and feeds first,
sheets of paper in a release that follows; *five more* are sessions of five later days withdrawn at once; *CPU a file* is that of the row for each file that it wrote, to
see that a change costs in proportion to what it changes, whatever lies beside it; *nothing new* is publishing where nothing is due; *is anything due* is what the scheduler asks every five seconds. All of a house is published by one process, as the scheduler is one:
what it worded of sessions that stay, it need not word again.

{table}

A feed costs {feed:.0f} µs of CPU for each event in it: wording it once for its language and writing it into every feed that it is part of ({events} events in
{feeds} feeds).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An installation: so many bureaux with so many organisations and so many months each."""

    name: str
    bureaux: int
    organisations: int
    months: int

    @property
    def words(self) -> str:
        """How large it is."""
        return (
            f"{self.bureaux} × {self.organisations} organisations × {self.months} month{'s' * (self.months > 1)} × {len(LANGUAGES)} languages, "
            f"{sum(len(one.sessions) for one in documents(self, 0))} sessions each"
        )


HOUSES = (
    House(name="bureau", bureaux=1, organisations=18, months=12),
    House(name="few", bureaux=4, organisations=75, months=1),
    House(name="network", bureaux=20, organisations=75, months=1),
)
"""A bureau with its year; a network of 1,500 organisations, and a fifth of it, to see that it grows by its bureaux only."""


def run(words: Sequence[str] = ()) -> bool:
    """Print the table of the houses named, all if none is; False where a feed costs more than the bound, or a house fell."""
    load, houses = os.getloadavg()[0], [one for one in HOUSES if not words or one.name in words]
    measured = {house.name: _in_a_process(house) for house in houses}
    feed, events, feeds = _feeds()
    text = TEXT.format(
        date=f"{utcnow():%Y-%m-%d}", machine=_machine(), load=load,
        table=markdown(HEAD, [row for rows, _ in measured.values() for row in rows]),
        houses="\n".join(f"- **{one.name}**: {one.words}" for one in houses), feed=feed, events=events, feeds=feeds,
    )  # fmt: skip
    sys.stdout.write(text)
    stood = all(well for _, well in measured.values())
    if stood and not words:
        KEPT.write_text(text, encoding="utf-8")
    return stood and feed <= BOUND


def _in_a_process(house: House) -> tuple[list[Row], bool]:
    """The rows of the house, as far as it came, and whether it came to the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.site", house.name], stdout=subprocess.PIPE, text=True
    )
    with process:
        rows = [json.loads(line) for line in process.stdout or ()]
    if process.returncode:
        sys.stderr.write(f"{house.name}: ended early, with {process.returncode}\n")
    return rows, process.returncode == 0


def main(name: str) -> None:
    """Measure one house, a line for each row, as soon as it is known."""
    (house,) = (one for one in HOUSES if one.name == name)
    for row in _measured(house):
        sys.stdout.write(f"{json.dumps(row)}\n")
        sys.stdout.flush()


def documents(house: House, number: int) -> list[ProgrammeDocument]:
    """The programmes of a bureau of the house: this month, the next, and those before."""
    code = f"bureau-{number + 1}"
    months = [DECEMBER.shifted(1 - back) for back in range(house.months)] if house.months > 1 else [DECEMBER]
    bureau = a_bureau(code, languages=tuple(LANGUAGES))
    return [_many(a_programme(month, bureau=bureau), house.organisations) for month in sorted(months)]


def _many(document: ProgrammeDocument, organisations: int) -> ProgrammeDocument:
    """The month with so many organisations, who do what the first ones do."""
    again = range(ceil(organisations / len(document.organisations)))
    every = [replace(one, code=f"{one.code}-{n}") for n in again for one in document.organisations][:organisations]
    there = {one.code for one in every}
    sessions = (
        replace(one, uid=f"{n}-{one.uid}", organisation=f"{one.organisation}-{n}")
        for one in document.sessions
        for n in again
    )
    kept = tuple(one for one in sessions if one.organisation in there)
    return replace(document, organisations=tuple(every), sessions=kept)


def _measured(house: House) -> Iterator[Row]:
    with _installation(house) as app, app.app_context():
        yield _row(house, "everything, from nothing", lambda: publish_site(now=NOW, watch=_Watch(house)))
        yield _row(house, "nothing new", lambda: publish_site(now=NOW))
        _withdraw(house, 1, number=2)
        yield _row(house, "one change", lambda: publish_site(now=NOW))
        yield [house.name, "… of it, until residents read it", "", "", f"{_until_public(app):.2f} s", "", "", ""]
        _withdraw(house, 1 + MORE, number=3)
        yield _row(house, "five more", lambda: publish_site(now=NOW))
        if house.bureaux == 1:  # that of a network is so many times that of a bureau
            yield _row(house, "the next day", lambda: publish_site(now=NOW + timedelta(days=1)))
        wall, cpu, _ = _timed(lambda: what_is_due(now=NOW))
        yield [house.name, "is anything due", "", "", f"{wall * 1000:.1f} ms", f"{cpu * 1000:.1f} ms", "", ""]


def _until_public(app: Flask) -> float:
    """Seconds until pages and feeds were in force; sheets of paper followed."""
    pages = next(one for one in kept_releases(Path(app.config["PUBLISHED"])) if one.waiting)
    return pages.seconds


class _Watch:
    """Says of each part of a long publication when it is done, and what that took."""

    def __init__(self, house: House) -> None:
        """Begin now."""
        self._house, self._cpu = house, _spent()

    def __call__(self, files: Iterator[MadeFile], number: int, part: str) -> Iterable[MadeFile]:
        """Hand the files on, and then say so."""
        yield from files
        now = _spent()
        sys.stderr.write(f"{self._house.name}: {part}: {number} files, {now - self._cpu:.1f} s of CPU, {_memory()}\n")
        self._cpu = now


def _row(house: House, what: str, publish: Callable[[], Outcome]) -> Row:
    wall, cpu, outcome = _timed(publish)
    sys.stderr.write(f"{house.name}: {what}: {outcome.written} files, {wall:.1f} s, {cpu:.1f} s of CPU, {_memory()}\n")
    if outcome.failed:
        raise RuntimeError(str(outcome.failed))
    each = f"{cpu / outcome.written * 1000:.1f} ms" if outcome.written else ""
    return [
        house.name, what, f"{outcome.written:,}", f"{outcome.kept:,}", f"{wall:.2f} s", f"{cpu:.2f} s", each, _memory()
    ]  # fmt: skip


def _timed(call: Callable[[], Result]) -> tuple[float, float, Result]:
    begun, cpu = time.perf_counter(), _spent()
    result = call()
    return time.perf_counter() - begun, _spent() - cpu, result


def _spent() -> float:
    """Seconds of the processor that this process and those that it has ended have spent."""
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in used)


def _memory() -> str:
    """The most that this process has held so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"


@contextmanager
def _installation(house: House) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), f"sqlite:///{folder}/bureau.db"))
        with app.app_context():
            migrate(app)
            for number in range(house.bureaux):
                row = a_bureau_row(f"bureau-{number + 1}")
                for document in documents(house, number):
                    _store(row.id, document)
            db.session.commit()
        yield app


def _store(bureau_id: int, document: ProgrammeDocument) -> None:
    db.session.add(
        Programme(
            bureau_id=bureau_id, month=str(document.month), number=document.number,
            published_at=document.published_at, document=to_json(document),
        )
    )  # fmt: skip


def _withdraw(house: House, days: int, *, number: int) -> None:
    """Publish the month with the first session of so many days, from tomorrow on, withdrawn."""
    document = next(one for one in documents(house, 0) if one.month == DECEMBER)
    first = {one.day: one.uid for one in reversed(document.sessions) if one.day > NOW.date()}
    gone = {first[day] for day in sorted(first)[:days]}
    sessions = tuple(
        replace(one, sequence=1, modified=NOW, change="cancelled") if one.uid in gone else one
        for one in document.sessions
    )
    at = PUBLISHED + timedelta(days=9, minutes=number)
    _store(get_bureau("bureau-1").id, replace(document, number=number, published_at=at, sessions=sessions))
    db.session.commit()


def _feeds() -> tuple[float, int, int]:
    """Microseconds of CPU for each event in each feed of a bureau with two months, with how many there are of both."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), f"sqlite:///{folder}/bureau.db"))
        (place,) = places_of([a_programme(), a_programme(DECEMBER.shifted(1))])
        with app.app_context(), force_locale("en"):
            environment = public_environment(str)
            cpu, written = _cheapest(
                lambda: _written(
                    Reader(place=place, language="en", today=NOW.date(), base_url="", environment=environment)
                )
            )
    events = sum(feed.count(b"BEGIN:VEVENT") for feed in written)
    return cpu / events * 1e6, events, len(written)


def _cheapest(call: Callable[[], list[bytes]]) -> tuple[float, list[bytes]]:
    """The least of five runs: what it costs when nobody else disturbs it."""
    runs = [_timed(call) for _ in range(5)]
    return min(cpu for _, cpu, _ in runs), runs[0][2]


def _written(reader: Reader) -> list[bytes]:
    pieces.forget()  # else only the first run would word anything
    return [draft.make() for draft in feed_drafts(reader) if draft.path.endswith(".ics")]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB of memory"


if __name__ == "__main__":
    main(sys.argv[1])
