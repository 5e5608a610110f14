"""Published folders of their own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bureau.app import create_app
from bureau.publishing.actions import publish_documents
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import a_bureau, a_programme
from tests.installation import settings

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)


def small(**changes: object) -> ProgrammeDocument:
    """A month whose site is written in two languages, which is quicker."""
    return a_programme(**{"bureau": a_bureau(languages=("en", "ar")), **changes})


def put_out(app: Flask, *documents: ProgrammeDocument, now: datetime = NOW, bureau: str | None = None) -> None:
    """Publish these programmes."""
    with app.app_context():
        publish_documents(lambda: documents, now=now, bureau=bureau)


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    """An application whose database cannot be reached, with nothing published."""
    return create_app(settings(tmp_path, f"sqlite:///{tmp_path / 'nowhere' / 'bureau.db'}"))


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application whose database cannot be reached, with December published."""
    folder = tmp_path_factory.mktemp("open-house")
    app = create_app(settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}"))
    put_out(app, a_programme())
    return app


@pytest.fixture
def reader(open_house: Flask) -> FlaskClient:
    """A resident's browser."""
    return open_house.test_client()
