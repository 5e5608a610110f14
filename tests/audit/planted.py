"""What is somebody's, typed into every field of every form and sent beside them: by itself and together, on both databases, in dumps too.

A name alone is let through where a thing is called (``NAMES_OF_THINGS`` says where, and why), so the forms about the work
are filled in before those that name things: what a bureau calls its own things is nobody's name afterwards.
"""

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import make_url

from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.publishing.actions import publish_site
from tests import postgres
from tests.bench.measuring import table
from tests.conftest import Browser
from tests.installation import migrate, settings
from tests.servicelog import planted, planted_beside

EVERYTHING = {"together": planted.TOGETHER, **planted.ALONE}


def run(words: list[str]) -> bool:
    """Type each thing (those that are named, or all) into a bureau of its own on each database; print where it is found."""
    rows = []
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as server:
        for kind in words or EVERYTHING:
            for database in ("SQLite", "PostgreSQL"):
                with TemporaryDirectory() as made, _address(database, server, Path(made)) as address:
                    rows.append((kind, database, *_walked(kind, address, Path(made))))
    table(
        "Typed into every form, and where it is afterwards", ("what", "database", "forms and other ways", "found where it may not be"),
        [(*row[:-1], ", ".join(row[-1]) or "–") for row in rows],
    )  # fmt: skip
    sys.stdout.write("\nWhere it may be:\n")
    for place, why in (planted.OF_STAFF | planted.NAMES_OF_THINGS).items():
        sys.stdout.write(f"  {place}: {why}\n")
    return not any(row[-1] for row in rows)


@contextmanager
def _address(database: str, server: str, folder: Path) -> Iterator[str]:
    if database == "SQLite":
        yield f"sqlite:///{folder / 'bureau.db'}"
        return
    with postgres.database(server) as address:
        yield address


def _walked(kind: str, address: str, folder: Path) -> tuple[int, list[str]]:
    app, said = create_app(settings(folder, address)), StringIO()
    app.test_client_class = Browser
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    try:
        with app.app_context():
            migrate(app)
            numbers = planted.furnish()
            found = list(_found(app, kind, numbers, folder, address))
            db.session.remove()
            db.engine.dispose()
    finally:
        logging.getLogger().removeHandler(handler)
    if planted.is_stained(said.getvalue()):
        found.append((0, "the server's log"))
    return sum(number for number, _ in found), sorted({where for _, where in found if where})


def _found(app: Flask, kind: str, numbers: dict[str, str], folder: Path, address: str) -> Iterator[tuple[int, str]]:
    """How many forms each walk filled in and how often it was sent beside them, and every place in which something is that should not be there."""
    words, may = EVERYTHING[kind], set(planted.OF_STAFF)
    for of in (planted.OF_WORK, planted.OF_THINGS):
        yield len(planted.walk(app, words, of=of, numbers=numbers).forms), ""
        if of == planted.OF_WORK:
            yield planted_beside.send_beside(app, words, numbers), ""
            yield from ((0, one) for one in planted.stained_columns() - may if not _of_donors(kind, one))
    may |= planted.NAMES_OF_THINGS.keys() if kind in ("name", "birth") else set()
    yield from ((0, one) for one in planted.stained_columns() - may)
    if kind == "name":
        return  # what things are called is public, and stands in tables and dumps
    publish_site(now=utcnow())
    yield from ((0, one) for one in planted.stained_answers(app, numbers))
    yield from ((0, one) for one in planted.stained_files(folder, but=planted.DATABASE))
    dump = _dumped(address)
    if any(trace in dump for trace in planted.NUMBERS):
        yield 0, "the dump"


def _of_donors(kind: str, column: str) -> bool:
    """What donors ask for is named beside the words of a report."""
    return kind in ("name", "birth") and column.startswith("report_indicator.") and column in planted.NAMES_OF_THINGS


def _dumped(address: str) -> str:
    """A copy of the whole database, as people make them."""
    db.session.remove()
    url = make_url(address)
    if url.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(url.database or "")) as connection:
            return "\n".join(connection.iterdump())
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return "\n".join(_copied(cursor, name) for (name,) in cursor.fetchall())


def _copied(cursor: psycopg.Cursor[tuple[str, ...]], name: str) -> str:
    """A table as a dump holds it."""
    words = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
    with cursor.copy(words) as copied:
        return "".join(bytes(part).decode() for part in copied)
