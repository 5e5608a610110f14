"""An application with a database file of its own, as several processes share it."""

from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from bureau.app import create_app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """The application on a database that really commits."""
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "for tests only",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'bureau.db'}",
            "PUBLISHED": str(tmp_path / "published"),
            "BASE_URL": "http://localhost",
            "SMTP_URL": "",
            "MAIL_FROM": "bureau@example.org",
            "WTF_CSRF_ENABLED": False,
        }
    )
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    return app
