"""An application with a database file of its own, as several processes share it."""

from pathlib import Path

import pytest
from flask import Flask

from bureau.app import create_app
from tests.installation import copied, settings


@pytest.fixture
def own_app(tmp_path: Path, migrated_file: Path) -> Flask:
    """The application on a database that really commits."""
    return create_app(settings(tmp_path, copied(migrated_file, tmp_path)))
