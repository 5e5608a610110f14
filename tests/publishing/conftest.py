"""Published folders of their own."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from bureau.app import create_app
from bureau.kernel.month import Month
from bureau.publishing.actions import check_documents, publish_documents
from bureau.publishing.domain import Differences
from bureau.rotation.domain.programme import ProgrammeDocument, to_json
from bureau.rotation.models import Programme
from tests.december import NOW
from tests.factories.organisations import a_bureau as a_bureau_row
from tests.factories.programmes import DECEMBER, PUBLISHED, a_bureau, a_programme, a_session
from tests.installation import settings


def small(**changes: object) -> ProgrammeDocument:
    """A month whose site is written in two languages, which is quicker."""
    return a_programme(**{"bureau": a_bureau(languages=("en", "ar")), **changes})


def tiny(month: Month = DECEMBER, **changes: object) -> ProgrammeDocument:
    """A month of two sessions, with nothing known that they do not name."""
    document = small(month=month)
    return replace(
        document,
        sessions=tuple(a_session(day) for day in list(month.days())[7:9]),
        categories=tuple(one for one in document.categories if one.code == "work"),
        services=tuple(one for one in document.services if one.code == "job-search"),
        languages=tuple(one for one in document.languages if one.tag in {"en", "ar"}),
        organisations=tuple(one for one in document.organisations if one.code == "good-well"),
        **changes,
    )


def put_out(app: Flask, *documents: ProgrammeDocument, now: datetime = NOW, bureau: str | None = None) -> None:
    """Publish these programmes."""
    with app.app_context():
        publish_documents(lambda: documents, now=now, bureau=bureau)


def in_force(app: Flask) -> Path:
    """The folder of the site in force."""
    return (Path(app.config["PUBLISHED"]) / "current").resolve()


def check(app: Flask, *documents: ProgrammeDocument, now: datetime = NOW, bureau: str | None = None) -> Differences:
    """Compare the site with these programmes."""
    with app.app_context():
        return check_documents(documents, now=now, bureau=bureau)


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    """An application whose database cannot be reached, with nothing published."""
    return create_app(settings(tmp_path, f"sqlite:///{tmp_path / 'nowhere' / 'bureau.db'}"))


@pytest.fixture(scope="session")
def open_house(tmp_path_factory: pytest.TempPathFactory, december: Path) -> Flask:
    """An application whose database cannot be reached, with December published, to be read only."""
    folder = tmp_path_factory.mktemp("open-house")
    chosen = settings(folder, f"sqlite:///{folder / 'nowhere' / 'bureau.db'}")
    return create_app(chosen | {"PUBLISHED": str(december)})


@pytest.fixture
def reader(open_house: Flask) -> FlaskClient:
    """A resident's browser."""
    return open_house.test_client()


@pytest.fixture
def published(app: Flask, session: scoped_session[Session], tmp_path: Path) -> Flask:
    """A bureau with one programme in the database, and a folder to publish into."""
    bureau = a_bureau_row("golden-river")
    session.add(
        Programme(bureau_id=bureau.id, month="2026-12", number=1, published_at=PUBLISHED, document=to_json(tiny()))
    )
    session.flush()
    return app


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to publish into."""
    monkeypatch.setitem(app.config, "PUBLISHED", str(tmp_path))
    return tmp_path
