"""The public site of the demonstration bureau, made once."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from bureau.calendars.actions import site_drafts
from bureau.calendars.actions.site import SiteDrafts
from bureau.calendars.domain.files import PublicFile
from bureau.rotation.domain.programme import ProgrammeDocument
from tests.factories.programmes import a_programme, with_changes

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)


class Rendered(Mapping[str, bytes]):
    """The files of a site by their paths; each is made when it is first looked at."""

    def __init__(self, app: Flask, drafts: SiteDrafts) -> None:
        self._app = app
        self._drafts = {entry[1].path: entry for entry in drafts.drafts}
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._made:
            with self._app.app_context():
                (file,) = SiteDrafts(drafts=[self._drafts[path]], version="").files()
            assert isinstance(file, PublicFile), file
            self._made[path] = file.content
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._drafts)

    def __len__(self) -> int:
        return len(self._drafts)


@pytest.fixture(scope="session")
def render(app: Flask) -> Callable[..., Mapping[str, bytes]]:
    """Drafts the files of programmes: path → bytes."""

    def rendered(*documents: ProgrammeDocument, now: datetime = NOW) -> Mapping[str, bytes]:
        with app.app_context():
            drafts = site_drafts(
                documents, now=now, base_url="http://localhost", asset=lambda name: f"/static/look/{name}"
            )
        return Rendered(app, drafts)

    return rendered


@pytest.fixture(scope="session")
def programme() -> ProgrammeDocument:
    """December, published again after changes."""
    return with_changes(a_programme(closed=[date(2026, 12, 25)]), datetime(2026, 12, 5, tzinfo=UTC))


@pytest.fixture(scope="session")
def site(render: Callable[..., Mapping[str, bytes]], programme: ProgrammeDocument) -> Mapping[str, bytes]:
    """The site on Wednesday 9 December, half past eleven by the bureau's clock."""
    return render(programme)
