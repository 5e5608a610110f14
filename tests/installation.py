"""An installation of the bureau for tests: settings, and databases of both kinds made for one test each."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask

from bureau.app import create_app
from bureau.kernel.database import db
from tests import postgres

ROOT = Path(__file__).parents[1]


def settings(folder: Path, database: str) -> dict[str, Any]:
    """What an installation for tests is set to; it writes into ``folder`` only."""
    return {
        "TESTING": True,
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": database,
        "PUBLISHED": str(folder / "published"),
        "BASE_URL": "http://localhost",
        "SMTP_URL": "",
        "MAIL_FROM": "bureau@example.org",
        "WTF_CSRF_ENABLED": False,
    }


def migrate(app: Flask, revision: str = "head") -> None:
    """Bring the database of ``app`` up to ``revision``; needs an app context."""
    flask_migrate.upgrade(directory=str(ROOT / "migrations"), revision=revision)


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
