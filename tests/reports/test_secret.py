"""The secret of a bureau's reports: made once, in the database and its backups, and nowhere else."""

import base64
import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from bureau.app import create_app
from bureau.kernel.database import EVERY_ORGANISATION, Base, db
from bureau.kernel.month import Month
from bureau.replication.queries import bureau_document
from bureau.reports import actions
from bureau.reports.domain.bundle import bundle_of
from bureau.reports.models import ReportSeries
from bureau.reports.queries import get_series, report_of
from bureau.reports.queries.tasks import figures_of
from bureau.servicelog import actions as servicelog
from tests.factories.accounts import manager_browser
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, an_entry, logged
from tests.installation import settings

BUREAU, MONTH = "golden-river", "2026-12"
AFTER = datetime(2027, 1, 4, 9, tzinfo=UTC)
PAGES = ("settings", "settings/2026", f"{MONTH}/protection", f"{MONTH}/compare", "tables")


def secret_of(bureau_id: int) -> bytes:
    series = get_series(bureau_id)
    assert series is not None
    return series.secret


def forms_of(secret: bytes) -> tuple[str, ...]:
    """However somebody may have written it down."""
    return secret.hex(), secret.hex().upper(), base64.b64encode(secret).decode(), repr(secret), str(list(secret))


def everything_stored() -> str:
    """All that the database holds, but for the secret's own column."""
    rows = (
        [value for column, value in row.items() if (table.name, column) != ("report_series", "secret")]
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table), execution_options={"scope": EVERY_ORGANISATION}).mappings()
    )
    return str(list(rows))


def test_the_secret_is_told_in_no_row_page_file_log_or_error(
    session: scoped_session[Session], client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    a_logging_bureau()
    logged(*(an_entry() for _ in range(7)))
    servicelog.close_month(BUREAU, MONTH, actor="test", now=AFTER)
    actions.publish_report(BUREAU, MONTH, actor="test", now=AFTER)
    place, browser = a_bureau(), manager_browser(client, a_bureau())
    secret, report = secret_of(place.id), report_of(place.id, MONTH)
    assert report is not None

    told = [browser.get(f"/desk/{BUREAU}/reports/{page}", follow_redirects=True) for page in PAGES]
    told_of = [repr(figures_of(BUREAU, Month.parse(MONTH), now=AFTER)), repr(get_series(place.id))]
    wrong = insert(ReportSeries).values(bureau_id=place.id, method="none", since=MONTH, secret=secret)
    with pytest.raises(IntegrityError) as failed, db.session.begin_nested():
        db.session.execute(wrong)
    current_app.logger.error("", exc_info=failed.value)  # as the server does before its error page

    assert [one.status_code for one in told] == [200] * len(PAGES)
    said = [
        *(one.text for one in told), *told_of, everything_stored(), caplog.text, str(failed.value),
        str(bundle_of(report.release)), str(report.to_json()), str(bureau_document(BUREAU)),
    ]  # fmt: skip
    assert "method_known" in caplog.text
    assert [place for place, words in enumerate(said) for form in forms_of(secret) if form in words] == []


@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
def test_a_backup_brings_the_secret_back_and_nobody_makes_another(installation: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with installation.app_context():
        bureau_id = a_bureau().id
        db.session.commit()
        actions.begin_series(BUREAU, MONTH, actor="test", now=AFTER)
        secret = secret_of(bureau_id)
        with sqlite3.connect(copy) as backup, sqlite3.connect(str(db.engine.url.database)) as source:
            source.backup(backup)

    restored = create_app(settings(tmp_path, f"sqlite:///{copy}"))
    with restored.app_context():
        actions.begin_series(BUREAU, "2027-01", actor="test", now=AFTER)
        after = secret_of(bureau_id)
        db.session.remove()
        db.engine.dispose()

    assert after == secret
