"""Ten years of a large bureau's log: what the month's pages cost at ten thousand, a hundred thousand and two million rows."""

import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau, Organisation
from bureau.rotation.models import Demand, PlannedSession, Round, SessionLanguage, SessionService, Slot
from bureau.servicelog.actions import log_entries
from bureau.servicelog.domain.bands import BANDS
from tests import postgres
from tests.bench.measuring import markdown, statements, table
from tests.factories.accounts import person, sign_in_as
from tests.factories.catalogue import a_language, a_service
from tests.factories.organisations import a_bureau, a_partnership, a_room, a_worker, an_organisation
from tests.factories.servicelog import a_status, an_entry
from tests.installation import migrate, settings

SIZES = (10_000, 100_000, 1_000_000, 2_000_000)
YEARS = 10
ORGANISATIONS, SERVICES = 18, 25
LANGUAGES = ("en", "bg", "ar", "uk", "ru", "fa", "fr", "ps", "kmr", "so", "ti", "tr")
STATUSES = ("applicant", "protection", "temporary", "long-term")
BLOCKS = ((wall(10), wall(12)), (wall(13), wall(15)), (wall(15), wall(17)))
SEATS = 3
MOST_SECONDS = 0.3
TIMES = 7
PAGE = Path("docs/log-bench.md")
COLUMNS = (
    "bureau_id", "organisation_id", "ref", "kind", "number", "day", "hour", "month", "service_id", "language_tag",
    "status_group_id", *BANDS, "logged_at",
)  # fmt: skip


def run(words: list[str]) -> bool:
    """Print the table and write the page; False where a page is slow or asks more often as the log grows."""
    sizes = [int(word) for word in words if word.isdecimal()] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": measured_on(Path(folder), f"sqlite:///{folder}/bureau.db", sizes)}
        if "postgresql" in words or not words:
            with postgres.server(Path(folder)) as server, postgres.database(server) as url:
                found["PostgreSQL"] = measured_on(Path(folder), url, sizes)
    return told(found, write=not words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a page took: statements, seconds as a rule, at best, and of our own CPU."""

    statements: int
    seconds: float
    best: float
    cpu: float

    def __str__(self) -> str:
        return f"{1000 * self.seconds:.0f} ms ({1000 * self.cpu:.0f})"


Measured = tuple[int, dict[str, Taken]]
"""Rows, and the pages by their names."""


def measured_on(folder: Path, url: str, sizes: list[int]) -> list[Measured]:
    """A log that grows in that database, and its pages at each size."""
    app = create_app(settings(folder, url))
    with app.app_context():
        migrate(app)
        month = Month.of(utcnow().date())
        place = a_large_bureau(month)
        pages = pages_of(app, place, month)
        found = [measure(app, size, pages) for size in grown(place.id, month, sizes)]
        db.session.remove()
        db.engine.dispose()
    return found


def told(found: dict[str, list[Measured]], *, write: bool) -> bool:
    """Print what was measured, write it down if wanted; whether every bound was kept."""
    tables = {kind: rows_of(measured) for kind, measured in found.items()}
    for kind, (head, rows) in tables.items():
        table(f"The month's pages of a log of ten years, {kind}: median of {TIMES}, in brackets CPU", head, rows)
    if write:
        words = "\n\n".join(f"## {kind}\n\n{markdown(head, rows)}" for kind, (head, rows) in tables.items())
        load = os.getloadavg()[0]
        machine = f"{utcnow():%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}); load when it ended: {load:.1f}"
        PAGE.write_text(PAGE_TEXT.format(machine=machine, tables=words, times=TIMES), encoding="utf-8")
    return all(kept(measured, within_us=kind == "SQLite") for kind, measured in found.items())


def kept(measured: list[Measured], *, within_us: bool) -> bool:
    """Whether each page asks as often whatever the log holds, and within the time: of our CPU, where the database works
    ``within_us``, since other programs do not lengthen it; else at best.
    """
    alike = all(len({pages[name].statements for _, pages in measured}) == 1 for name in measured[0][1])
    taken = (page.cpu if within_us else page.best for _, pages in measured for page in pages.values())
    return alike and all(seconds <= MOST_SECONDS for seconds in taken)


def rows_of(measured: list[Measured]) -> tuple[list[str], list[list[object]]]:
    """The head and the lines of the table."""
    head = ["page", "statements", *(f"{size:,} rows" for size, _ in measured)]
    rows: list[list[object]] = [
        [name, last.statements, *(pages[name] for _, pages in measured)] for name, last in measured[-1][1].items()
    ]
    return head, rows


PAGE_TEXT = """# What the pages of the log cost

Made by `make bench ARGS=log`; do not edit. {machine}.

Ten years of one bureau: 18 organisations, 25 services, 12 languages, every question answered three times in four, spread
evenly over 120 months; so that at two million rows a month has 16,667 of them. Each page as a browser without a script asks for
it, from the request to the last byte, by one process; median of {times}, in brackets its CPU, which other programs on the machine
do not lengthen (of PostgreSQL it is that of the page alone, without the database's). The bound is 300 ms, and as many
statements whatever the log holds.

{tables}
"""


def a_large_bureau(month: Month) -> Bureau:
    """A bureau with partners, a catalogue, and this month published with sessions in every block."""
    place = a_bureau("large")
    services = [a_service(f"service-{number}") for number in range(SERVICES)]
    for tag in LANGUAGES:
        a_language(tag)
    for code in STATUSES:
        a_status(code)
    partners = [an_organisation(f"partner-{number:02d}") for number in range(ORGANISATIONS)]
    for partner in partners:
        a_partnership(partner, place)
    for number, service in enumerate(services):
        db.session.add(
            Demand(
                bureau_id=place.id,
                per="week",
                service_id=service.id,
                language_tag="ar",
                minimum=0,
                target=1 + number % 3,
            )
        )
    for back in range(4):
        a_planned_month(place, partners, month.shifted(-back), back)
    db.session.commit()
    log_entries(
        place.code, partners[0].code, [an_entry(day=utcnow().date(), service="service-0")], scope=EVERY_ORGANISATION,
        person_id=None, now=utcnow(),
    )  # so that every page has something to show  # fmt: skip
    return place


def a_planned_month(place: Bureau, partners: list[Organisation], month: Month, number: int) -> None:
    """A month published, with a session on every seat of every block."""
    room = a_room(place, f"desk-{number}", seats=SEATS)
    workers = [
        a_worker(
            one,
            f"{one.code}-{number}",
            services=[f"service-{at}", f"service-{(at + 7) % SERVICES}"],
            languages=["en", "ar"],
        )
        for at, one in enumerate(partners)
    ]
    now = datetime(month.year, month.number, 1, tzinfo=UTC)
    round_ = Round(
        bureau_id=place.id, month=str(month), phase="published", opened_at=now, declaring_until=now, proposing_until=now,
        reviewing_until=now,
    )  # fmt: skip
    db.session.add(round_)
    db.session.flush()
    days = [day for day in month.days() if day.weekday() < 5]
    for at, (day, block, seat) in enumerate((d, b, s) for d in days for b in BLOCKS for s in range(1, SEATS + 1)):
        starts_at, ends_at = (instant(day, one, "Europe/Sofia") for one in block)
        slot = Slot(
            round_id=round_.id, room_id=room.id, seat=seat, day=day, starts=block[0], ends=block[1], starts_at=starts_at,
            ends_at=ends_at,
        )  # fmt: skip
        db.session.add(slot)
        db.session.flush()
        worker = workers[at % ORGANISATIONS]
        session = PlannedSession(
            slot_id=slot.id, organisation_id=worker.organisation_id, worker_id=worker.id, state="booked", origin="solver",
            starts_at=starts_at, ends_at=ends_at, created_at=now, changed_at=now,
        )  # fmt: skip
        db.session.add(session)
        db.session.flush()
        db.session.add_all(SessionService(session_id=session.id, service_id=one.id) for one in worker.services)
        db.session.add_all(SessionLanguage(session_id=session.id, language_tag=one.tag) for one in worker.languages)


def grown(bureau_id: int, month: Month, sizes: list[int]) -> Iterator[int]:
    """Each size, once the log has grown to it."""
    there = 0
    for size in sizes:
        fill(bureau_id, month, size - there, batch=size)
        there = size
        yield size


def fill(bureau_id: int, month: Month, number: int, *, batch: int) -> None:
    """So many entries more, over ten years until this month, in the order of their days."""
    owners = list(db.session.scalars(text("SELECT id FROM organisation ORDER BY id")))
    services = list(db.session.scalars(text("SELECT id FROM service ORDER BY id")))
    statuses = list(db.session.scalars(text("SELECT id FROM status_group ORDER BY id")))
    db.session.commit()
    rows = entries(random.Random(batch), bureau_id, month, number, batch, owners, services, statuses)
    copy(rows)


def entries(
    dice: random.Random, bureau_id: int, month: Month, number: int, batch: int, owners: list[int], services: list[int],
    statuses: list[int],
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """The rows; of the running month only days that are over."""
    months = [month.shifted(-back) for back in range(12 * YEARS - 1, -1, -1)]
    today = utcnow().date()
    for place in range(number):
        at = months[place * len(months) // number]
        last = min(at.last, today)
        day = at.first + timedelta(days=int(dice.random() * last.day))
        kind = "consultation" if dice.random() < 0.9 else "unmet"
        bands = [codes[int(dice.random() * len(codes))] if dice.random() < 0.75 else None for codes in BANDS.values()]
        status = statuses[int(dice.random() * len(statuses))] if dice.random() < 0.75 else None
        yield (
            bureau_id, owners[int(dice.random() * len(owners))], f"{batch}-{place}", kind, 1, day.isoformat(),
            9 + int(dice.random() * 8), str(at), services[int(dice.random() ** 2 * len(services))],
            LANGUAGES[int(dice.random() ** 2 * len(LANGUAGES))], status, *bands, f"{day.isoformat()} 12:00:00",
        )  # fmt: skip


def copy(rows: Iterator[tuple[Any, ...]]) -> None:
    """Store them as fast as the database takes them."""
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    names = ", ".join(COLUMNS)
    if db.engine.dialect.name == "sqlite":
        cursor.execute("BEGIN")
        values = ", ".join("?" * len(COLUMNS))
        cursor.executemany(f"INSERT INTO log_entry ({names}) VALUES ({values})", rows)  # noqa: S608  (our own names)
        cursor.execute("COMMIT")
    else:
        with cursor.copy(f"COPY log_entry ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
        cursor.execute("ANALYZE log_entry")
        connection.commit()
    connection.close()


Pages = dict[str, tuple[FlaskClient, str]]


def pages_of(app: Flask, place: Bureau, month: Month) -> Pages:
    """The pages, each with a browser of somebody who may see it."""
    partner = an_organisation("partner-00")
    worker, front, manager = app.test_client(), app.test_client(), app.test_client()
    sign_in_as(worker, person(coordinates=[partner]))
    sign_in_as(front, person(receives=[place]))
    sign_in_as(manager, person(manages=[place]))
    desk = f"/desk/{place.code}"
    return {
        "today": (worker, f"{desk}/today/?all=1"),
        "the sheet": (worker, f"{desk}/today/for/{partner.code}/"),
        "the sheet, at the front desk": (front, f"{desk}/today/for/{partner.code}/"),
        "the month's log": (worker, f"{desk}/log/{partner.code}/{month}/"),
        "figures of an organisation": (worker, f"{desk}/log/{partner.code}/{month}/figures"),
        "figures of the bureau": (manager, f"{desk}/figures/{month}/"),
        "what the log proposes to plan": (manager, f"{desk}/figures/demand"),
    }


def measure(app: Flask, size: int, pages: Pages) -> Measured:
    """Open each page some times."""
    found: dict[str, Taken] = {}
    for name, (browser, address) in pages.items():
        visit(app, browser, address)
        with statements(db.engine) as sent:
            visit(app, browser, address)
        times, cpu = zip(*(timed(app, browser, address) for _ in range(TIMES)), strict=True)
        found[name] = Taken(
            statements=len(sent), seconds=statistics.median(times), best=min(times), cpu=statistics.median(cpu)
        )
    return size, found


def timed(app: Flask, browser: FlaskClient, address: str) -> tuple[float, float]:
    """Seconds, and seconds of CPU."""
    start, cpu = time.perf_counter(), time.process_time()
    visit(app, browser, address)
    return time.perf_counter() - start, time.process_time() - cpu


def visit(app: Flask, browser: FlaskClient, address: str) -> None:
    """Open the page within a context of its own; anything but a page is a mistake of the benchmark."""
    with app.app_context():
        answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
