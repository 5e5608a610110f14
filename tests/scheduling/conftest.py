"""An application with a database file of its own, as several processes share it."""

from pathlib import Path

import pytest
from flask import Flask

from bureau.app import create_app
from tests.installation import migrate, settings


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """The application on a database that really commits."""
    app = create_app(settings(tmp_path, f"sqlite:///{tmp_path / 'bureau.db'}"))
    with app.app_context():
        migrate(app)
    return app
