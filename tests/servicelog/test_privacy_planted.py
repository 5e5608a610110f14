"""A name, a telephone and a passport, typed into every field of every form: where they may be afterwards, and where not."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import CheckConstraint, Connection, String, Table, text

from bureau.accounts.models import Person
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.month import Month
from bureau.publishing.actions import publish_site
from bureau.replication.queries import bureau_document
from bureau.servicelog import actions, models
from tests.conftest import Browser
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau, a_closure, a_worker
from tests.factories.rotation import a_demand, a_partner, a_session, a_small_bureau, an_open_round, slots_of, worker_row
from tests.factories.servicelog import a_referral, a_status, an_entry, logged
from tests.servicelog.walking import Box, Form, forms_in

AHEAD = Month.of(utcnow().date()).shifted(2)
NAME, PHONE, PASSPORT = "Цветомира Златанова", "0887654321", "C07654321"
PLANTED = f"{NAME} {PHONE} {PASSPORT}"
TRACES = ("Златанова", json.dumps("Златанова")[1:-1], "zlatanova", "887654321", "07654321")
"""By which it is known again, as JSON writes it too."""
ENDING = ("sign-out", "deactivate", "roles", "delete", "remove")
"""Forms that would end the walk; what they take is no word of anybody's."""
THERE = {"bureau": "golden-river", "organisation": "open-gate", "month": str(AHEAD), "lang": "en", "tag": "en", "day": AHEAD.last.isoformat()}  # fmt: skip

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


OF_STAFF = {
    "agreement", "audit_entry", "bureau", "cancelled_day", "category", "closure", "language", "organisation", "person",
    "planned_session", "room", "round_letter", "service", "slot_comment", "status_group", "swap", "worker",
}  # fmt: skip
"""Tables that keep what staff write of themselves, their organisations and their plan; see docs/privacy.md."""


@pytest.fixture
def whole(installation: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[Flask]:
    """A bureau in which every page has something to show, and which keeps notes."""
    caplog.set_level(logging.INFO)
    installation.test_client_class = Browser
    installation.config["PROPAGATE_EXCEPTIONS"] = False
    with installation.app_context():
        bureau = a_small_bureau()
        worker = a_worker(a_partner("open-gate", bureau), "L1", services=["info"], languages=["en"])
        a_demand(bureau)
        a_closure(AHEAD.last, bureau)
        a_status("applicant")
        db.session.commit()
        worker_id = worker.id
        round_ = an_open_round(bureau, str(AHEAD), phase="published", now=utcnow())
        a_session(round_, worker_row(worker_id), slots_of(round_)[-1], now=utcnow())
        actions.keep_log_so("golden-river", notes=True, days=30, version=0, actor="test", now=utcnow())
        logged(an_entry(day=utcnow().date(), hour=None), now=utcnow())
        a_referral(organisation="open-gate", now=utcnow())
        yield installation


on_sqlite = pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
"""Its file is searched as it lies there."""


def everybody(app: Flask) -> FlaskClient:
    """The browser of somebody who may come everywhere."""
    browser = app.test_client()
    db.session.rollback()
    someone = db.session.query(Person).filter_by(email="all@example.org").one_or_none()
    sign_in_as(
        browser,
        someone or person(email="all@example.org", administrator=True, manages=[a_bureau()], receives=[a_bureau()]),
    )
    db.session.commit()
    return browser


def planted_in(box: Box) -> str:
    """What is typed into a field of that kind."""
    if box.kind == "email":
        return "zlatanova@example.org"
    if box.kind == "file":
        return f"ref,date,organisation,service,language\n{PLANTED},{PLANTED},{PLANTED},{PLANTED},{PLANTED}\n"
    return {"number": PHONE, "tel": PHONE}.get(box.kind, PLANTED)


def walked(app: Flask, *, of: str = "") -> list[Form]:
    """Fill in every form twice: all its fields, then those only that take any words, so that it is not refused for others."""
    browser = everybody(app)
    forms = forms_in(app, browser, THERE, of=of)
    for form in forms:
        for only_words in form.ways():
            if any(word in form.address for word in ENDING):
                continue
            sent = form.filled(planted_in, only_words=only_words)
            answer = (
                browser.post(form.address, data=sent) if form.posts else browser.get(form.address, query_string=sent)
            )
            assert answer.status_code < 500, form.address
            if answer.location and "sign-in" in answer.location:
                browser = everybody(app)
    return forms


def stained_columns() -> set[str]:
    """The columns of the whole database in which something planted stands."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {f"{table}.{name}" for table in db.metadata.tables for name in _stained(connection, table)}


def _stained(connection: Connection, table: str) -> set[str]:
    rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()  # noqa: S608  (names of our own tables)
    return {name for row in rows for name, value in row.items() if is_stained(str(value))}


def is_stained(words: str) -> bool:
    """Whether anything planted is in the words."""
    return any(trace in words for trace in TRACES)


def stained_files(folder: Path) -> list[str]:
    """The files below the folder in which something planted stands, in whatever way it is encoded."""
    traces = [trace.encode(code) for trace in TRACES for code in ("utf-8", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(trace in path.read_bytes() for trace in traces)]


@on_sqlite
def test_nothing_typed_into_the_forms_of_the_log_is_anywhere_afterwards(
    whole: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    forms = walked(whole, of="servicelog.")
    browser = everybody(whole)
    names = [box.name for form in forms for box in form.boxes]
    piece = {**dict.fromkeys(names, PLANTED), "organisation": "open-gate", "service": "info", "language": "en", "key": PASSPORT, "ref": PASSPORT}  # fmt: skip
    pieces = [piece, {"organisation": "open-gate", "service": "info", "language": "en", "key": "k", "ref": PASSPORT, "note": PLANTED}]  # fmt: skip
    told = browser.post("/desk/golden-river/log/waiting", json={"entries": pieces})
    publish_site(now=utcnow())

    assert {"note", "notes_days", "place", "code"} <= {box.name for form in forms for box in form.free()}
    assert "note" in told.json["k"]  # it came as far as the check
    assert stained_columns() == set()
    assert stained_files(tmp_path) == []  # the database as it lies on the disk, what is written ahead, the public site
    assert not is_stained(json.dumps(bureau_document("golden-river"), ensure_ascii=False))
    assert not is_stained(caplog.text)


@on_sqlite
def test_what_staff_type_elsewhere_never_comes_into_the_log_nor_into_the_servers_log(
    whole: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    forms = walked(whole)

    stained = stained_columns()

    tables = {one.split(".")[0] for one in stained}
    assert "organisation.about" in stained  # what is typed does arrive
    assert len([box for form in forms for box in form.free()]) > 100
    assert tables <= OF_STAFF
    assert not tables & OURS
    assert not is_stained(caplog.text)


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
