"""Tables of the log in the browser: taken away, tried, counted whole or not at all, and what was counted taken away."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from bureau.kernel.clock import local_date, utcnow
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.kernel.month import Month
from bureau.organisations.models import Organisation
from bureau.servicelog import actions
from bureau.servicelog.actions import uploads
from bureau.servicelog.domain.bands import BANDS
from bureau.servicelog.domain.entries import Entry, Known
from bureau.servicelog.domain.table import COLUMNS, read_table
from bureau.servicelog.exports import write_csv, write_xlsx
from bureau.servicelog.queries.table import entries_between, groups_between
from bureau.web.tables import Limits, lines_of
from tests.conftest import Browser
from tests.factories.accounts import person, sign_in_as
from tests.factories.organisations import a_bureau
from tests.factories.servicelog import a_logging_bureau, an_entry, logged, rows, total
from tests.meeting import at_once

PLACE = "/desk/golden-river/log/table/"
TODAY = local_date(utcnow(), "Europe/Sofia")
HEAD = "ref;date;organisation;service;language\n"
GOOD = f"{HEAD}r1;{TODAY};open-gate;info;en\nr2;{TODAY};open-gate;legal;ar\n"


@pytest.fixture
def gate(session: scoped_session[Session], client: FlaskClient) -> Organisation:
    """Open-gate, whose coordinator looks."""
    gate, _ = a_logging_bureau("open-gate", "lantern")
    sign_in_as(client, person(coordinates=[gate]))
    return gate


def send(client: FlaskClient, text: str | bytes) -> TestResponse:
    """The page that shows what a table says, after sending it."""
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(PLACE, data={"table": (io.BytesIO(data), "table.csv")}, follow_redirects=True)


def kept(app: Flask) -> list[Path]:
    """Everything that is on the disk of tables that were sent."""
    return [path for path in Path(app.config["RUNS"]).rglob("*") if path.is_file()]


def test_a_table_is_told_counted_once_and_known_when_it_comes_again(gate: Organisation, client: FlaskClient) -> None:
    told = send(client, GOOD)
    before = total()
    take = told.request.path + "take"
    done = [client.post(take, follow_redirects=True) for _ in range(2)]
    again = send(client, GOOD.replace("\n", "\r\n").encode("utf-16"))

    assert ("2 entries are new" in told.text, before) == (True, 0)
    assert all("2 entries were counted." in answer.text for answer in done)
    assert "Nothing in this table is new." in again.text
    assert [(row.organisation_id, row.logged_by_id is not None) for row in rows()] == [(gate.id, True)] * 2


def test_what_is_wrong_is_told_by_line_and_column_and_all_of_it_in_a_file(
    app: Flask, gate: Organisation, client: FlaskClient
) -> None:
    wrong = "".join(f"{number};12.5.2026;lantern;info;en\n" for number in range(40))

    told = send(client, HEAD + wrong)
    listed = list(csv.reader(io.StringIO(client.get(told.request.path + "wrong.csv").text)))

    assert "80 fields need another look" in told.text
    assert told.text.count("<tr>") == 1 + 50
    assert (len(listed), listed[1][:2], listed[-1][:2]) == (81, ["2", "organisation"], ["41", "date"])
    assert {path.name for path in kept(app)} == {"state.json", "problems.json"}
    assert rows() == []


def test_a_table_is_its_senders_alone_and_can_be_put_aside(app: Flask, gate: Organisation, client: FlaskClient) -> None:
    told = send(client, GOOD)
    mine = [client.get(told.request.path).status_code]
    sign_in_as(client, person(receives=[a_bureau()], email="other@example.org"))
    theirs = [client.get(told.request.path).status_code, client.post(told.request.path + "take").status_code]
    sign_in_as(client, person(coordinates=[gate], email="third@example.org"))
    send(client, GOOD)
    dropped = client.post(send(client, GOOD).request.path + "drop")

    assert (mine, theirs, dropped.status_code) == ([200], [404, 404], 303)
    assert rows() == []
    assert len(kept(app)) == 2  # the first one's: what was read, and how far it is


def test_what_was_sent_is_forgotten_after_an_hour(app: Flask, gate: Organisation, client: FlaskClient) -> None:
    told = send(client, GOOD)

    early = uploads.forget_uploads(now=utcnow())
    late = uploads.forget_uploads(now=utcnow() + timedelta(hours=2))

    assert (early, late, kept(app)) == (0, 1, [])
    assert client.get(told.request.path).status_code == 404


def test_what_another_month_was_told_is_told_again_before_it_counts(gate: Organisation, client: FlaskClient) -> None:
    before = Month.of(TODAY).shifted(-1)
    told = send(client, f"{HEAD}r1;{before.last};open-gate;info;en\n")
    actions.close_month("golden-river", str(before), actor="test", now=utcnow())

    stopped = client.post(told.request.path + "take", follow_redirects=True)
    nothing = total()
    taken = client.post(told.request.path + "take", follow_redirects=True)

    assert ("is closed." in told.text, "is closed." in stopped.text, nothing) == (False, True, 0)
    assert ("1 entry was counted." in taken.text, rows()[0].month) == (True, str(Month.of(TODAY)))


def test_letters_that_cannot_be_read_are_named_and_so_is_a_file_that_is_none(
    gate: Organisation, client: FlaskClient
) -> None:
    of_windows = send(client, f"{HEAD}ред 1;{TODAY};open-gate;info;en\n".encode("cp1251"))
    none = client.post(PLACE, data={}, follow_redirects=True)

    assert "Save it as “CSV UTF-8” or as XLSX" in of_windows.text
    assert (none.status_code, "Please choose a file." in none.text) == (422, True)


def test_the_empty_table_offers_the_codes_and_says_what_they_mean(gate: Organisation, client: FlaskClient) -> None:
    answer = client.get(f"{PLACE}empty.xlsx?lang=ar")
    plain = client.get(f"{PLACE}empty.csv")

    book = load_workbook(io.BytesIO(answer.data))
    sheet, codes = book["log"], book["codes"]
    meant = {(row[0], row[1]) for row in codes.iter_rows(min_row=2, values_only=True)}
    assert [cell.value for cell in sheet[1]] == list(COLUMNS) == plain.text.lstrip("\ufeff").strip().split(",")
    assert {
        ("organisation", "open-gate"),
        ("service", "legal"),
        ("language", "ar"),
        ("sex", "x"),
        ("unmet", "1"),
    } <= meant
    assert ("organisation", "lantern") not in meant
    assert {str(one.sqref).rstrip("0123456789") for one in sheet.data_validations.dataValidation} == {
        f"{letter}2:{letter}" for letter in "BCDEFGHIJKLM"
    }
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
def test_a_large_table_is_read_by_a_process_of_its_own(installation: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    installation.test_client_class = Browser
    with installation.app_context():
        client = installation.test_client()
        sign_in_as(client, person(coordinates=[a_logging_bureau("open-gate")[0]]))
        db.session.commit()

        waiting = send(client, GOOD)
        their_own_way()
        told = client.get(waiting.request.path, headers={"HX-Request": "true"})
        done = client.post(waiting.request.path + "take", follow_redirects=True)

        assert "The table is being read" in waiting.text
        assert told.headers["HX-Refresh"] == "true"
        assert "2 entries were counted." in done.text
        assert total() == 2


def their_own_way() -> None:
    """Wait until the processes that read and count tables have ended; others of the tests go on."""
    for child in psutil.Process().children():
        if "go-on" in child.cmdline():
            child.wait(120)


def test_one_takes_away_ones_own_organisation_only_and_the_front_desk_all(
    gate: Organisation, client: FlaskClient
) -> None:
    logged(an_entry(day=TODAY), now=utcnow())
    logged(an_entry(day=TODAY), organisation="lantern", now=utcnow())
    days = f"first={TODAY}&last={TODAY}"

    own = fetched(client, f"organisation=open-gate&{days}")
    others = [client.get(f"{PLACE}counted.csv?organisation={code}&{days}").status_code for code in ("lantern", "", "x")]
    unclear = client.get(f"{PLACE}counted.csv?organisation=open-gate&first=soon&last={TODAY}")
    sign_in_as(client, person(receives=[a_bureau()], email="desk@example.org"))
    every = fetched(client, days)

    assert (own.count("open-gate"), own.count("lantern"), others) == (1, 0, [404, 404, 404])
    assert unclear.status_code == 422
    assert (every.count("open-gate"), every.count("lantern")) == (1, 1)


def fetched(client: FlaskClient, asked: str) -> str:
    """What was counted, as CSV."""
    with client.get(f"{PLACE}counted.csv?{asked}") as answer:
        return answer.text


KNOWN = Known(services={"info": 1, "legal": 2}, languages={"en", "ar"}, statuses={"applicant": 1})
ENTRIES = st.lists(
    st.builds(
        Entry,
        ref=st.uuids().map(str),
        kind=st.sampled_from(["consultation", "unmet", "group"]),
        number=st.just(1),
        day=st.dates(TODAY - timedelta(days=300), TODAY),
        service=st.sampled_from(["info", "legal"]),
        language=st.sampled_from(["en", "ar"]),
        status=st.sampled_from([None, "applicant"]),
        bands=st.fixed_dictionaries({}, optional={name: st.sampled_from(codes) for name, codes in BANDS.items()}),
    ),
    unique_by=lambda entry: entry.ref,
    max_size=8,
)


@settings(max_examples=20, deadline=None)
@given(entries=ENTRIES, as_book=st.booleans(), right_to_left=st.booleans())
def test_what_is_taken_away_reads_back_as_the_same(entries: list[Entry], *, as_book: bool, right_to_left: bool) -> None:
    groups = any(entry.kind == "group" for entry in entries)
    named = [("open-gate", entry) for entry in entries]
    file = io.BytesIO()

    if as_book:
        write_xlsx(file, named, groups=groups, right_to_left=right_to_left)
    else:
        write_csv(file, named, groups=groups)
    table = read_table(lines_of(file, Limits()), KNOWN, ["open-gate"], today=TODAY)

    assert (table.problems, table.entries.get("open-gate", [])) == ([], entries)


def test_a_table_of_what_counts_comes_to_the_same_numbers_and_is_known_when_it_comes_back(gate: Organisation) -> None:
    made = logged(*(an_entry(day=TODAY, service=code) for code in ("info", "info", "legal")), now=utcnow())
    logged(an_entry(day=TODAY, kind="group", number=12), now=utcnow())
    who = {"scope": EVERY_ORGANISATION, "person_id": None, "actor": "test", "now": utcnow(), "reason": "mistake"}
    actions.take_back("golden-river", made[0].entry_id or 0, **who)
    actions.correct_entry("golden-river", made[1].entry_id or 0, an_entry(day=TODAY, language="ar"), **who)
    days, file = (gate_bureau(), TODAY, TODAY), io.BytesIO()

    groups = groups_between(*days, scope=EVERY_ORGANISATION)
    write_csv(file, entries_between(*days, scope=EVERY_ORGANISATION), groups=groups)
    table = actions.read_log(
        "golden-river", lines_of(file, Limits()), scopes=(EVERY_ORGANISATION,), now=utcnow()
    )  # fmt: skip

    read = [(entry.service, entry.language, entry.kind, entry.number) for _, entry in table.every()]
    assert sorted(read) == [
        ("info", "ar", "consultation", 1), ("info", "en", "group", 12), ("legal", "en", "consultation", 1),
    ]  # fmt: skip
    assert sum(number for *_, number in read) == total()
    assert len(table.known) == 3


def gate_bureau() -> int:
    return a_bureau("golden-river").id


def test_a_workbook_has_days_numbers_and_a_fixed_head_and_runs_as_its_reader_reads() -> None:
    file, entry = io.BytesIO(), an_entry(day=date(2026, 12, 1), kind="unmet", ref="=1+1")

    write_xlsx(file, [("open-gate", entry)], groups=False, right_to_left=True)
    sheet = load_workbook(file).worksheets[0]

    ref, day, *_, unmet = sheet[2]
    assert (ref.value, ref.data_type, day.is_date, day.value.date(), unmet.value) == ("'=1+1", "s", True, entry.day, 1)
    assert (sheet.freeze_panes, sheet.sheet_view.rightToLeft) == ("B2", True)


def test_of_two_tables_with_the_same_refs_that_come_at_once_each_entry_counts_once(installation: Flask) -> None:
    with installation.app_context():
        a_logging_bureau("open-gate")
        db.session.commit()
    refs = [f"r{number}" for number in range(1200)]

    def take(mine: list[str]) -> actions.TakenIn:
        lines = [list(COLUMNS[:5]), *([ref, str(TODAY), "open-gate", "info", "en"] for ref in mine)]
        every = (EVERY_ORGANISATION,)
        table = actions.read_log("golden-river", lines, scopes=every, now=utcnow())
        return actions.import_log("golden-river", table, scopes=every, person_id=None, actor="test", now=utcnow())

    taken = at_once(installation, lambda: take(refs[:900]), lambda: take(refs[300:]))

    with installation.app_context():
        assert [type(one) for one in taken] == [actions.TakenIn] * 2, taken
        assert sum(one.counted for one in taken) == total() == len(refs)
