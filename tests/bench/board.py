"""The board of a month: as many statements for 600 slots as for 60, and what drawing them costs beside a plain page."""

import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month
from bureau.organisations.models import Bureau, Organisation, Room, Worker
from bureau.rotation import queries
from bureau.rotation.models import PlannedSession, Round, SessionLanguage, SessionService, Slot
from tests.bench.measuring import best_of, statements, table
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_partnership, a_room, a_worker, an_organisation
from tests.installation import migrate, settings

MONTH = Month(2026, 12)
BLOCKS = ((time(10), time(12)), (time(13), time(15)), (time(15), time(17)))
DAYS = [day for day in MONTH.days() if day.weekday() < 5][:20]
SEATS = {"small": 1, "large": 10}
MOST_STATEMENTS = 6
"""Six of the board itself; two of features above it: what a person has to read, and what is said of slots."""

TAKEN = 0.6
CREATED = datetime(2026, 11, 1, tzinfo=UTC)


def run() -> bool:
    """Print the table; False where a board took more statements than it may."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(Path(folder), f"sqlite:///{folder}/bureau.db"))
        with app.app_context():
            migrate(app)
            for code, seats in SEATS.items():
                a_month(a_bureau(code), seats)
            db.session.commit()
            manager = person(manages=[a_bureau(code) for code in SEATS])
            browser = app.test_client()
            sign_in_as(browser, manager)
        return measure(app, browser)


def a_month(bureau: Bureau, seats: int) -> None:
    """A published month with ``seats`` seats in every block, six in ten of them taken by as many organisations."""
    room = a_room(bureau, seats=seats)
    workers = [a_worker(partner(f"partner-{number}", bureau), f"{bureau.code}-{number}") for number in range(seats)]
    later = CREATED + timedelta(days=10)
    round_ = Round(
        bureau_id=bureau.id, month=str(MONTH), phase="published", opened_at=CREATED,
        declaring_until=later, proposing_until=later, reviewing_until=later,
    )  # fmt: skip
    db.session.add(round_)
    db.session.flush()
    slots = [a_slot(round_, room, seat, day, block) for day in DAYS for block in BLOCKS for seat in range(1, seats + 1)]
    db.session.add_all(slots)
    db.session.flush()
    sessions = [a_session(slot, workers[slot.seat - 1]) for slot in slots if slot.seat <= max(1, TAKEN * seats)]
    db.session.add_all(sessions)
    db.session.flush()
    for session in sessions:
        worker = workers[[worker.id for worker in workers].index(session.worker_id)]
        db.session.add_all(SessionService(session_id=session.id, service_id=one.id) for one in worker.services)
        db.session.add_all(SessionLanguage(session_id=session.id, language_tag=one.tag) for one in worker.languages)


def partner(code: str, bureau: Bureau) -> Organisation:
    """An organisation that takes part in the bureau."""
    organisation = an_organisation(code)
    a_partnership(organisation, bureau)
    return organisation


def a_slot(round_: Round, room: Room, seat: int, day: date, block: tuple[time, time]) -> Slot:
    """One seat in one block."""
    starts_at, ends_at = (instant(day, wall, "Europe/Sofia") for wall in block)
    return Slot(
        round_id=round_.id, room_id=room.id, seat=seat, day=day, starts=block[0], ends=block[1],
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip


def a_session(slot: Slot, worker: Worker) -> PlannedSession:
    """The worker in the slot."""
    return PlannedSession(
        slot_id=slot.id, organisation_id=worker.organisation_id, worker_id=worker.id, state="booked", origin="solver",
        starts_at=slot.starts_at, ends_at=slot.ends_at, created_at=CREATED, changed_at=CREATED,
    )  # fmt: skip


def measure(app: Flask, browser: FlaskClient) -> bool:
    """Visit each board and print what it took beside the plainest page of the desk."""
    plain = best_of(5, lambda: visit(browser, "/desk/account"))
    small = best_of(5, lambda: visit(browser, f"/desk/small/{MONTH}/board"))
    rows, within = [], True
    for code, seats in SEATS.items():
        address = f"/desk/{code}/{MONTH}/board"
        asked, whole = reading(app, code), page(app, browser, address)
        taken = best_of(5, lambda address=address: visit(browser, address))
        size = len(browser.get(address).data) // 1024
        rows.append(
            [len(DAYS) * len(BLOCKS) * seats, asked, whole, f"{taken / plain:.1f}", f"{taken / small:.1f}", size]
        )
        within = within and whole <= MOST_STATEMENTS
    head = ["slots", "statements", "with the whole page", "time / plain page", "time / small board", "KiB"]
    table(f"The board of a month (at most {MOST_STATEMENTS} statements)", head, rows)
    return within and rows[0][1] == rows[1][1]


def visit(browser: FlaskClient, address: str) -> None:
    """Open the page; anything but a page is a mistake of the benchmark."""
    answer = browser.get(address, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status}")


def reading(app: Flask, bureau: str) -> int:
    """How many statements reading a board takes."""
    with app.app_context():
        round_ = queries.get_round(bureau, str(MONTH))
        with statements(db.engine) as sent:
            queries.board(round_, scope=EVERY_ORGANISATION, now=utcnow())
    return len(sent)


def page(app: Flask, browser: FlaskClient, address: str) -> int:
    """How many statements the whole page takes, with who asks and what stands around the board."""
    with app.app_context(), statements(db.engine) as sent:
        browser.get(address)
    return len(sent)
