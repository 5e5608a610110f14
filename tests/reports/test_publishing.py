"""A month is published once and for all: protected, attacked, frozen; its words may be corrected, its numbers never."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import scoped_session

from bureau.kernel.database import db
from bureau.kernel.errors import Stale
from bureau.organisations.queries import get_bureau
from bureau.reports import actions, queries
from bureau.reports.domain.bundle import release_from
from bureau.reports.domain.document import Report
from bureau.reports.domain.series import MonthNotClosed, MonthsMissing, ReportPublished, SeriesBegun
from bureau.reports.models import MonthReport, NotedFigure, ReportSeries
from bureau.reports.site.files.bundle import bundle_zip
from bureau.servicelog import actions as servicelog
from tests.factories.servicelog import a_logging_bureau, an_entry, logged

BUREAU, MONTH = "golden-river", "2026-12"
AFTER = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def december(session: scoped_session[Session]) -> str:
    """A closed month with seven consultations and a wish in vain."""
    a_logging_bureau()
    logged(
        *(an_entry(language="ar" if number < 3 else "en") for number in range(7)),
        an_entry(kind="unmet", service="legal"),
    )
    servicelog.close_month(BUREAU, MONTH, actor="test", now=AFTER)
    return MONTH


def publish(month: str = MONTH) -> actions.Published:
    return actions.publish_report(BUREAU, month, actor="test", now=AFTER)


def published(month: str = MONTH) -> Report:
    db.session.rollback()
    found = queries.report_of(get_bureau(BUREAU).id, month)
    assert found is not None
    return found


def the_row(month: str = MONTH) -> MonthReport:
    row = queries.find_report(get_bureau(BUREAU).id, month)
    assert row is not None
    return row


def test_only_a_closed_month_is_published(session: scoped_session[Session]) -> None:
    a_logging_bureau()

    with pytest.raises(MonthNotClosed):
        publish()


def test_what_is_published_adds_up_shows_no_small_number_and_has_names_in_every_language(december: str) -> None:
    done = publish()

    report = published()
    shown = {at: cell.value for at, cell in report.release.cells.items() if at.measure == "consultations"}
    assert done.cells == len(report.release.cells)
    assert {value % 5 for value in shown.values() if value is not None} == {0}
    together = report.in_month(MONTH, "consultations")
    assert together is not None
    assert together.value in (5, 10)
    languages = [report.in_month(MONTH, "consultations", language=tag) for tag in ("ar", "en")]
    assert sum(cell.value or 0 for cell in languages if cell) == together.value
    labels = {one.code: one.labels for one in report.release.dimensions["MEASURE"].codes}
    assert labels["consultations"]["en"] == "Consultations"
    assert labels["consultations"]["bg"]


def test_a_month_is_published_once_and_nothing_changes_its_numbers(december: str) -> None:
    publish()
    before = json.dumps(the_row().release)

    with pytest.raises(ReportPublished):
        publish()
    (late,) = logged(an_entry(), now=AFTER)
    for statement in ("UPDATE month_report SET release = '{}'", "DELETE FROM month_report"):
        with pytest.raises(DatabaseError, match="month_report_never_changes"), db.session.begin_nested():
            db.session.execute(text(statement))

    assert str(late.month) == "2027-01"
    assert json.dumps(the_row().release) == before


def test_a_month_before_must_be_published_first(december: str) -> None:
    publish()
    logged(an_entry(day=datetime(2027, 2, 3, tzinfo=UTC).date()), now=datetime(2027, 2, 3, 10, tzinfo=UTC))
    later = datetime(2027, 3, 4, tzinfo=UTC)
    servicelog.close_month(BUREAU, "2027-02", actor="test", now=later)

    with pytest.raises(MonthsMissing):
        actions.publish_report(BUREAU, "2027-02", actor="test", now=later)


def test_words_are_corrected_and_a_report_is_taken_back_and_numbers_stay(december: str) -> None:
    publish()
    numbers, open_data = json.dumps(the_row().release), bundle_zip(published())

    actions.correct_words(
        BUREAU, MONTH, {"summary": {"en": "A calm month."}}, version=the_row().version, actor="test", now=AFTER
    )

    report = published()
    assert (report.words.summary.in_("en"), report.text_version) == ("A calm month.", 2)
    assert json.dumps(the_row().release) == numbers
    assert bundle_zip(report) == open_data
    with pytest.raises(Stale):
        actions.correct_words(BUREAU, MONTH, {}, version=1, actor="test", now=AFTER)

    note = {"en": "One organisation counted twice."}
    actions.withdraw_report(BUREAU, MONTH, note, version=the_row().version, actor="test", now=AFTER)

    gone = published().withdrawn
    assert gone is not None
    assert (gone.on.isoformat(), gone.note.in_("en")) == ("2027-01-04", "One organisation counted twice.")
    assert json.dumps(the_row().release) == numbers
    assert bundle_zip(published()) == open_data


def test_feedback_of_a_few_is_told_to_nobody(december: str) -> None:
    place = get_bureau(BUREAU)
    for code, number in {"events": 2, "feedback": 9, "satisfied": 8}.items():
        db.session.add(NotedFigure(bureau_id=place.id, month=MONTH, code=code, number=number))
    db.session.commit()

    publish()

    assert [(one.code, one.number) for one in published().noted] == [("events", 2)]


def test_the_way_of_protecting_stays_for_the_year(december: str) -> None:
    publish()

    with pytest.raises(SeriesBegun):
        actions.choose_method(BUREAU, "suppression", actor="test", now=datetime(2026, 12, 31, tzinfo=UTC))

    actions.choose_method(BUREAU, "suppression", actor="test", now=AFTER)
    assert db.session.get_one(ReportSeries, get_bureau(BUREAU).id).method == "suppression"


def test_the_commands_publish_and_write_the_bundle(december: str, app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()

    done = run.invoke(args=["report", "publish", BUREAU, MONTH])
    written = run.invoke(args=["report", "bundle", BUREAU, MONTH, str(tmp_path / "open")])
    again = run.invoke(args=["report", "publish", BUREAU, MONTH])
    unknown = run.invoke(args=["report", "bundle", BUREAU, "2027-01", str(tmp_path / "no")])

    assert (done.exit_code, written.exit_code, again.exit_code, unknown.exit_code) == (0, 0, 1, 1), done.output
    assert f"The report of {BUREAU} {MONTH} is published" in done.output
    files = {one.name: one.read_bytes() for one in (tmp_path / "open").iterdir()}
    assert release_from(files).cells == published().release.cells
