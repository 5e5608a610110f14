"""Eight processes, two thousand free slots, ten thousand tries to book, on both kinds of database: nobody is booked twice, everybody is told."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bureau.app import create_app
from bureau.kernel.database import db
from tests import postgres
from tests.bench.measuring import table
from tests.installation import migrate, settings
from tests.load import race

KINDS = ("SQLite", "PostgreSQL")


def run(_: list[str]) -> bool:
    """Race at full size; print what was not as promised."""
    findings, rows = list[str](), []
    with TemporaryDirectory() as place:
        folder = Path(place)
        with postgres.server(folder, durable=True) as server, postgres.database(server) as address:
            for kind, database in zip(KINDS, (f"sqlite:///{folder / 'bureau.db'}", address), strict=True):
                begun = time.monotonic()
                found = _raced(folder, database)
                rows.append((kind, race.PROCESSES * race.FULL.tries, f"{time.monotonic() - begun:.0f} s", len(found)))
                findings += [f"{kind}: {one}" for one in found]
    table("The race for slots", ["Database", "Tries", "Time", "Findings"], rows)
    sys.stdout.writelines(f"  {one}\n" for one in findings)
    return not findings


def _raced(folder: Path, database: str) -> list[str]:
    app = create_app(settings(folder, database))
    with app.app_context():
        migrate(app)
        db.session.remove()
    found = list(race.run(app, race.FULL))
    with app.app_context():
        db.engine.dispose()
    return found
