"""An installation of the bureau for tests: its settings and its tables."""

import shutil
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask

ROOT = Path(__file__).parents[1]


def settings(folder: Path, database: str) -> dict[str, Any]:
    """What an installation for tests is set to; it writes into ``folder`` only."""
    return {
        "TESTING": True,
        "PASSWORD_COST": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": database,
        "PUBLISHED": str(folder / "published"),
        "RUNS": str(folder / "runs"),
        "COMPILED": str(ROOT / ".pytest_cache" / "templates"),
        "BASE_URL": "http://localhost",
        "SMTP_URL": "",
        "MAIL_FROM": "bureau@example.org",
        "SECURITY_CONTACT": "security@example.org",
        "WTF_CSRF_ENABLED": False,
    }


def copied(file: Path, folder: Path) -> str:
    """The address of a copy in ``folder`` of an SQLite database that the migrations made."""
    return f"sqlite:///{shutil.copy(file, folder / 'bureau.db')}"


def migrate(app: Flask, revision: str = "head") -> None:
    """Bring the database of ``app`` up to ``revision``; needs an app context."""
    flask_migrate.upgrade(directory=str(ROOT / "migrations"), revision=revision)
