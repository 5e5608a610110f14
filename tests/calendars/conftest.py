"""The public site of the demonstration bureau, made once."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from bureau.calendars.actions import site_drafts
from bureau.calendars.domain.files import PublicFile
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import a_programme, with_changes

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
Rendered = Mapping[str, bytes]


@pytest.fixture(scope="session")
def render(app: Flask) -> Callable[..., dict[str, bytes]]:
    """Makes the files of programmes: path → bytes."""

    def rendered(*documents: ProgrammeDocument, now: datetime = NOW) -> dict[str, bytes]:
        with app.app_context():
            drafts = site_drafts(
                documents, now=now, base_url="http://localhost", asset=lambda name: f"/static/look/{name}"
            )
            return {file.path: file.content for file in drafts.files() if isinstance(file, PublicFile)}

    return rendered


@pytest.fixture(scope="session")
def programme() -> ProgrammeDocument:
    """December, published again after changes."""
    return with_changes(a_programme(closed=[date(2026, 12, 25)]), datetime(2026, 12, 5, tzinfo=UTC))


@pytest.fixture(scope="session")
def site(render: Callable[..., dict[str, bytes]], programme: ProgrammeDocument) -> dict[str, bytes]:
    """The site on Wednesday 9 December, half past eleven by the bureau's clock."""
    return render(programme)
