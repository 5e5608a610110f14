"""A name, a telephone and a passport, typed into every field of every form: where they may be afterwards, and where not."""

import json
import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import CheckConstraint, String, Table

from bureau.kernel.clock import utcnow
from bureau.publishing.actions import publish_site
from bureau.replication.queries import bureau_document
from bureau.servicelog import models
from tests.conftest import Browser
from tests.servicelog import planted
from tests.servicelog.planted import ALONE, OF_STAFF, TOGETHER, is_stained

WRITTEN = {
    "exchange.ask", "exchange.decline", "reviewing.answer_plan", "reviewing.write_comment", "rotation.cancel_day",
    "rotation.end_series", "rotation.leave_out", "rotation.release_session", "rotation.save_offer", "servicelog.log",
    "servicelog.refer", "servicelog.send_table",
}  # fmt: skip
"""Where staff write about their work: the walk must come to each by a page's own form."""
ARRIVES = {
    "agreement.contributions", "cancelled_day.reason", "log_note.words", "person.name", "planned_session.reason",
    "referral.to_place", "room.name", "service.description", "slot_comment.words",
}  # fmt: skip
"""Where the same forms store what is harmless: so they were refused for what was planted, and for nothing else."""

CLOSED = {
    ("log_entry", "ref"): "made by a program, or a fingerprint of what was sent",
    ("log_entry", "month"): "a year and a number, counted out of the day",
    ("log_close", "month"): "a year and a number, read as such",
    ("month_sign_off", "month"): "a year and a number, read as such",
    ("referral", "code"): "made by chance",
}
"""Texts in the tables of the log that nobody writes."""
OURS = {getattr(models, name).__tablename__ for name in models.__all__}
CHECKED = {("log_note", "words"), ("referral", "to_place")}
"""Texts in the tables of the log that somebody writes: each goes through the check."""


@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
def test_nothing_typed_into_any_form_is_anywhere_afterwards_but_who_works_here(
    installation: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    installation.test_client_class = Browser
    installation.config["PROPAGATE_EXCEPTIONS"] = False
    with installation.app_context():
        numbers = planted.furnish()

        walk = planted.walk(installation, numbers=numbers)
        names = [box.name for form in walk.forms for box in form.boxes]
        piece = {**dict.fromkeys(names, TOGETHER), "organisation": "open-gate", "service": "info", "language": "en", "key": ALONE["passport"], "ref": ALONE["passport"]}  # fmt: skip
        pieces = [piece, {"organisation": "open-gate", "service": "info", "language": "en", "key": "k", "ref": ALONE["passport"], "note": TOGETHER}]  # fmt: skip
        told = planted.everybody(installation).post("/desk/golden-river/log/waiting", json={"entries": pieces})
        publish_site(now=utcnow())

        stained = planted.stained_columns()
        assert stained <= OF_STAFF.keys()
        assert "note" in told.json["k"]  # it came as far as the check
        assert len([box for form in walk.forms for box in form.free()]) > 150
        assert walk.reached >= WRITTEN
        assert planted.stained_answers(installation, numbers) == []
        assert planted.stained_files(tmp_path, but=planted.DATABASE) == []  # the public site, what was sent, what waits
        assert planted.stained_files(tmp_path, traces=planted.NUMBERS) == []  # the database as it lies on the disk
        assert not is_stained(json.dumps(bureau_document("golden-river"), ensure_ascii=False))
        assert not is_stained(caplog.text)

        planted.walk(installation, planted.HARMLESS, numbers=numbers)  # the same way with words that name nobody
        assert planted.stained_columns(planted.HARMLESS) >= ARRIVES


def test_every_form_is_walked_either_as_one_about_the_work_or_as_one_that_names_things(app: Flask) -> None:
    posts = {one.endpoint.partition(".")[0] + "." for one in app.url_map.iter_rules() if "POST" in (one.methods or ())}

    assert posts <= {*planted.OF_WORK, *planted.OF_THINGS}


def test_every_text_of_the_log_is_of_a_closed_list_or_checked() -> None:
    tables = [getattr(models, name).__table__ for name in models.__all__]

    open_ = {(table.name, column.name) for table in tables for column in table.columns if _is_open(table, column.name)}

    assert open_ == CLOSED.keys() | CHECKED


def _is_open(table: Table, name: str) -> bool:
    column = table.columns[name]
    if not isinstance(column.type, String) or column.foreign_keys:
        return False
    listed = f"{name} IN ("
    return not any(listed in str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint))
