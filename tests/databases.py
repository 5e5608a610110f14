"""Databases of both kinds, made for one test each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from bureau.app import create_app
from bureau.kernel.database import db
from tests import postgres, shared
from tests.installation import copied, migrate, settings


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL in which tests may make databases."""
    with postgres.server(shared.folder()) as address:
        yield address


@pytest.fixture(scope="session")
def migrated_file() -> Path:
    """An SQLite database with all its tables, to be copied."""
    return shared.once("sqlite", lambda folder: make_tables(f"sqlite:///{folder / 'bureau.db'}", folder)) / "bureau.db"


@pytest.fixture(scope="session")
def migrated_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with all its tables, to be copied."""
    if not postgres.is_given():
        made = shared.once("template", lambda folder: _make_template(postgres_server, folder))
        yield (made / "name").read_text()
        return
    with postgres.database(postgres_server) as address:  # somebody else's server: we leave nothing there
        make_tables(address, tmp_path_factory.mktemp("migrated"))
        yield _name(address)


def _make_template(server: str, folder: Path) -> None:
    address = postgres.create(server)
    make_tables(address, folder)
    (folder / "name").write_text(_name(address))


def _name(address: str) -> str:
    return make_url(address).database or ""


def make_tables(address: str, folder: Path) -> None:
    """Let the migrations make all tables in an empty database."""
    app = create_app(settings(folder, address))
    with app.app_context():
        migrate(app)
        _leave()


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bureau.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as address:
        yield address


@pytest.fixture(params=KINDS)
def migrated_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with all its tables, once of each kind: migrated once, and copied."""
    if request.param == "sqlite":
        yield copied(request.getfixturevalue("migrated_file"), tmp_path)
        return
    template = request.getfixturevalue("migrated_template")
    with postgres.database(request.getfixturevalue("postgres_server"), template) as address:
        yield address


@pytest.fixture
def bare_installation(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database without tables, once of each kind."""
    yield from _installed(empty_database, tmp_path)


@pytest.fixture
def installation(migrated_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database with all its tables, once of each kind; what is committed stays."""
    yield from _installed(migrated_database, tmp_path)


def _installed(address: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings(folder, address))
    yield app
    with app.app_context():
        _leave()


def _leave() -> None:
    """Close what is open: a database that somebody is connected to can be neither copied nor dropped."""
    db.session.remove()
    db.engine.dispose()
