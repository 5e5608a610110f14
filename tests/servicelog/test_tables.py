"""A log taken in from a file: all or nothing, every mistake told by line and column, nothing counted twice."""

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from openpyxl import Workbook
from sqlalchemy.orm import scoped_session

from bureau.kernel.database import EVERY_ORGANISATION, Scope
from bureau.kernel.errors import Stale
from bureau.organisations.models import Organisation
from bureau.servicelog import actions
from bureau.servicelog.domain.table import COLUMNS, LogTable
from bureau.web.identity import scope_of
from bureau.web.tables import Limits, lines_of
from tests.factories.servicelog import NOW, a_logging_bureau, rows

BUREAU = "golden-river"
PLAIN = ("r1", "2026-12-01", "open-gate", "info", "en")
FULL = (
    "r2",
    "2026-12-02",
    "open-gate",
    "legal",
    "ar",
    "phone",
    "first",
    "applicant",
    "f",
    "30-59",
    "0-15",
    "solved",
    "",
)


def as_csv(*lines: tuple[str, ...], head: tuple[str, ...] = COLUMNS) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([head, *lines])
    return text.getvalue().encode()


def as_xlsx(*lines: tuple[object, ...], head: tuple[str, ...] = COLUMNS) -> bytes:
    book, file = Workbook(), BytesIO()
    for line in [head, *lines]:
        book.worksheets[0].append(line)
    book.save(file)
    return file.getvalue()


def read(data: bytes, *scopes: Scope) -> LogTable:
    return actions.read_log(BUREAU, lines_of(BytesIO(data), Limits()), scopes=scopes or (EVERY_ORGANISATION,), now=NOW)


def take_in(data: bytes) -> tuple[int, int]:
    """How many entries of a file were counted, and how many were known."""
    table = read(data)
    taken = actions.import_log(BUREAU, table, scopes=(EVERY_ORGANISATION,), person_id=None, actor="test", now=NOW)
    return taken.counted, taken.known


@pytest.fixture(autouse=True)
def gate(session: scoped_session[Session]) -> Organisation:
    """The first of two partners of Golden River."""
    return a_logging_bureau("open-gate", "lantern")[0]


def test_a_file_is_taken_in_once_however_often_it_comes() -> None:
    data = as_csv(PLAIN, FULL)

    assert [take_in(data), take_in(data), take_in(as_csv(PLAIN, FULL, ("r3", *PLAIN[1:])))] == [(2, 0), (0, 2), (1, 2)]
    full = rows()[1]
    assert (full.day, full.interpretation, full.sex, full.age_band, full.outcome, full.hour) == (
        date(2026, 12, 2), "phone", "f", "30-59", "solved", None,
    )  # fmt: skip


def test_a_workbook_says_the_same_with_its_own_dates() -> None:
    table = read(as_xlsx(("r1", date(2026, 12, 1), *PLAIN[2:]), FULL, ("",)))

    assert (table.problems, table.number) == ([], 2)
    assert table.entries["open-gate"] == read(as_csv(PLAIN, FULL)).entries["open-gate"]


def test_the_order_of_columns_is_free_and_those_not_asked_may_be_missing() -> None:
    head = ("language", "ref", "service", "organisation", "date", "unmet")

    table = read(as_csv(("ar", "r1", "legal", "lantern", "2026-12-01", "1"), head=head))

    (entry,) = table.entries["lantern"]
    assert (entry.kind, entry.language, entry.service) == ("unmet", "ar", "legal")


def test_what_somebody_wrote_as_a_ref_is_not_kept() -> None:
    take_in(as_csv(("red book, line 7", *PLAIN[1:])))

    assert rows()[0].ref.startswith("file:")
    assert "red" not in rows()[0].ref


NOBODYS = (
    "1", "r1", "row-000123", "2026-12-01/17", "20261201000123", "2026000123", "GR-2026-0001", "open-gate 12", "Form A 3",
    "1000001", "000000123", "9f1c2d3e4b5a69788796a5b4c3d2e1f0", "5f3759df-1234-4abc-8def-0123456789ab", "red book, line 7",
    "ред 12", "سطر 7", "L2026-0000001", "abc123def", "Kobo:12:3",
)  # fmt: skip
SOMEBODYS = {
    "ivan.petrov@example.org": "email", "Иван Петров": "name", "Tsvetomira Zlatanova 2": "name", "amina-rahmani-3": "name",
    "0887654321": "phone", "+359 88 765 4321": "phone", "row 0887 654 321": "phone", "7501020018": "personal_number",
    "C07654321": "document", "BG80BNBG96611020345678": "iban", "1985-03-12": "personal_number", "محمد 3": "name",
}  # fmt: skip


def test_a_ref_that_a_program_counts_is_taken_and_one_that_may_be_somebodys_is_refused_by_what_it_looks_like() -> None:
    table = read(as_csv(*((ref, *PLAIN[1:]) for ref in (*NOBODYS, *SOMEBODYS))))

    told = {one.line - 2 - len(NOBODYS): (one.column, one.refusal.params.get("kind")) for one in table.problems}
    assert told == {number: ("ref", kind) for number, kind in enumerate(SOMEBODYS.values())}


def test_what_is_told_of_a_mistake_repeats_nothing_that_may_be_somebodys() -> None:
    table = read(as_csv(("r1", "Иван Петров", "ivan@example.org", "0887654321", "xx", *PLAIN[5:])))

    assert [one.refusal.params["value"] for one in table.problems] == ["…", "…", "…", "xx"]


def test_a_ref_of_another_organisation_is_refused_and_never_silently_left_out() -> None:
    take_in(as_csv(PLAIN))

    table = read(as_csv(("r2", *PLAIN[1:]), (*PLAIN[:2], "lantern", *PLAIN[3:])))

    assert [(one.line, one.column, one.refusal.code) for one in table.problems] == [(3, "ref", "ref_elsewhere")]


def test_groups_have_a_column_of_their_own_where_there_are_any() -> None:
    head = (*COLUMNS[:5], "unmet", "group")
    table = read(
        as_csv(("r1", *PLAIN[1:], "", "12"), ("r2", *PLAIN[1:], "", ""), ("r3", *PLAIN[1:], "1", "2"), head=head)
    )

    assert [(one.kind, one.number) for one in table.entries["open-gate"]] == [("group", 12), ("consultation", 1)]
    assert [(one.line, one.column) for one in table.problems] == [(4, "group")]


def test_every_mistake_is_told_by_line_and_column_and_nothing_is_stored() -> None:
    table = read(
        as_csv(
            PLAIN, ("", *PLAIN[1:]), ("r3", "1.12.2026", *PLAIN[2:]), ("r4", "2026-12-31", *PLAIN[2:]),
            ("r5", PLAIN[1], "nobody", *PLAIN[3:]), ("r6", *PLAIN[1:3], "magic", "en"), ("r7", *PLAIN[1:4], "xx"),
            (*FULL[:5], "shouted"), ("r1", *PLAIN[1:]), ("r9", *FULL[1:12], "perhaps"),
        )
    )  # fmt: skip

    assert [(one.line, one.column, one.refusal.params.get("reason", one.refusal.code)) for one in table.problems] == [
        (3, "ref", "required"), (4, "date", "date"), (5, "date", "in_the_future"), (6, "organisation", "unknown"),
        (7, "service", "unknown"), (8, "language", "unknown"), (9, "interpretation", "choice"), (10, "ref", "ref_twice"),
        (11, "unmet", "choice"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="problems"):
        actions.import_log(BUREAU, table, scopes=(EVERY_ORGANISATION,), person_id=None, actor="test", now=NOW)
    assert rows() == []


def test_a_line_is_told_all_that_is_wrong_in_it() -> None:
    table = read(
        as_csv(("", "soon", "nobody", "magic", "xx", "shouted", "often", "king", "q", "old", "long", "well", "maybe"))
    )

    assert [one.column for one in table.problems] == [
        "organisation", "unmet", "ref", "date", "service", "language", "status", "interpretation", "visit_kind", "sex",
        "age_band", "waiting_band", "outcome",
    ]  # fmt: skip


def test_what_a_closed_month_had_counts_in_the_open_one_and_is_told_before() -> None:
    actions.close_month(BUREAU, "2026-11", actor="test", now=NOW)
    table = read(as_csv(("r1", "2026-11-03", *PLAIN[2:]), ("r2", *PLAIN[1:])))

    where = actions.where_of(BUREAU, table)

    assert [(one.month, one.counts_in, one.new) for one in where] == [
        ("2026-11", "2026-12", 1),
        ("2026-12", "2026-12", 1),
    ]
    with pytest.raises(Stale):
        actions.import_log(
            BUREAU, table, scopes=(EVERY_ORGANISATION,), person_id=None, actor="test", now=NOW,
            told={"2026-11": "2026-11", "2026-12": "2026-12"},
        )  # fmt: skip


def test_a_column_that_the_log_has_not_is_refused_and_one_that_it_needs_is_missed() -> None:
    table = read(as_csv((*PLAIN, "Ali"), head=("ref", "date", "organisation", "service", "name")))

    assert [(one.line, one.column, one.refusal.code) for one in table.problems] == [
        (1, "name", "unknown_log_column"), (1, "language", "missing_log_column"),
    ]  # fmt: skip


def test_a_coordinator_takes_in_nothing_for_another_organisation(gate: Organisation) -> None:
    table = read(as_csv(PLAIN, ("r2", "2026-12-01", "lantern", "info", "en")), *[scope_of(gate.id)])

    assert [(one.line, one.column) for one in table.problems] == [(3, "organisation")]


def test_the_command_tries_stores_and_says_what_is_wrong(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.xlsx"
    good.write_bytes(as_csv(("c1", "2026-11-02", *PLAIN[2:])))
    bad.write_bytes(as_xlsx(("c2", "2026-11-02", "nobody", "info", "en")))
    run = app.test_cli_runner().invoke

    tried = run(args=["log", "import", str(good), "--bureau", BUREAU, "--dry-run"])
    nothing_yet = len(rows())
    stored = run(args=["log", "import", str(good), "--bureau", BUREAU])
    refused = run(args=["log", "import", str(bad), "--bureau", BUREAU])

    assert (tried.exit_code, nothing_yet, stored.exit_code, len(rows())) == (0, 0, 0, 1)
    assert tried.output.startswith("1 entries can be taken in")
    assert (refused.exit_code, "line 2, organisation" in refused.output) == (1, True)
