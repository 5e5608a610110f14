"""The application on a real database, one test at a time."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from bureau.app import create_app
from bureau.kernel.database import db
from tests import shared
from tests.installation import copied, settings

pytest_plugins = ["tests.databases", "tests.december"]


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder that all share."""
    if not hasattr(config, "workerinput"):
        shared.open_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """And removes it."""
    if not hasattr(config, "workerinput"):
        shared.close_folder()


def pytest_collection_finish() -> None:
    """What was made by now stays to the end: nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()


class Browser(FlaskClient):
    """A browser whose every request stands alone, as on a server: nothing that one request remembered reaches the next."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Answer within an application context of its own; what the test holds is read afresh afterwards."""
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if db.session.registry.has():
            db.session.expire_all()
        return response


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Flask:
    """The application, its database made by the migrations."""
    folder = tmp_path_factory.mktemp("bureau")
    app = create_app(settings(folder, copied(migrated_file, folder)))
    app.test_client_class = Browser
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database; whatever the test stores is gone after it."""
    with app.app_context():
        engine = db.engines[None]
        connection = engine.connect().execution_options(writes=True)
        outer = connection.begin()
        db._app_engines[app][None] = connection  # type: ignore[assignment]
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint", info={"shared": True})
        yield db.session
        db.session.remove()
        db.session.configure(join_transaction_mode="conditional_savepoint", info={})
        db._app_engines[app][None] = engine
        outer.rollback()
        connection.close()
    shutil.rmtree(app.config["RUNS"], ignore_errors=True)  # the next test's proposals have the same numbers


@pytest.fixture
def client(app: Flask, session: scoped_session[Session]) -> FlaskClient:
    """A browser without script, signed out."""
    return app.test_client()


LONGEST = (
    "tests/load/", "tests/web/test_bad_input", "tests/browser/", "tests/rotation/test_interrupted_runs", "tests/test_run",
    "tests/servicelog/test_privacy_planted", "tests/rotation/solver/", "tests/publishing/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, and would otherwise keep one process busy when the others are done."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((rank for rank, start in enumerate(LONGEST) if start in path), len(LONGEST))
