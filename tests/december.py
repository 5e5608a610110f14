"""A published site that many tests only read: December at the demonstration bureau, in four languages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bureau.app import create_app
from bureau.publishing.actions import publish_documents
from tests import shared
from tests.factories.programmes import a_bureau, a_programme
from tests.installation import settings

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
LANGUAGES = ("bg", "en", "ar", "fa")


@pytest.fixture(scope="session")
def december() -> Path:
    """The folder into which it was published at ``NOW``."""
    return shared.once("december", _publish) / "published"


def _publish(folder: Path) -> None:
    app = create_app(settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}"))
    with app.app_context():
        publish_documents(lambda: [a_programme(bureau=a_bureau(languages=LANGUAGES))], now=NOW)
