"""Databases of both kinds, made for one test each."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bureau.app import create_app
from bureau.kernel.database import db
from tests import postgres
from tests.installation import migrate, settings


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL in which tests may make databases."""
    with tempfile.TemporaryDirectory(prefix="bureau-pg-") as folder, postgres.server(Path(folder)) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bureau.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as address:
        yield address


@pytest.fixture
def bare_installation(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database without tables, once of each kind."""
    app = create_app(settings(tmp_path, empty_database))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def installation(bare_installation: Flask) -> Flask:
    """The application on an empty database with all its tables, once of each kind; what is committed stays."""
    with bare_installation.app_context():
        migrate(bare_installation)
    return bare_installation
