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

from bureau.kernel.database import EVERY_ORGANISATION
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


def read(data: bytes, scope: object = EVERY_ORGANISATION) -> LogTable:
    return actions.read_log(BUREAU, lines_of(BytesIO(data), Limits()), scope=scope, now=NOW)  # type: ignore[arg-type]


def take_in(data: bytes) -> tuple[int, int]:
    """How many entries of a file were counted, and how many were known."""
    table = read(data)
    taken = actions.import_log(BUREAU, table, scope=EVERY_ORGANISATION, person_id=None, actor="test", now=NOW)
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
    take_in(as_csv(("Mr Ali, passport N123", *PLAIN[1:])))

    assert rows()[0].ref.startswith("file:")
    assert "Ali" not in rows()[0].ref


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
        actions.import_log(BUREAU, table, scope=EVERY_ORGANISATION, person_id=None, actor="test", now=NOW)
    assert rows() == []


def test_a_column_that_the_log_has_not_is_refused_and_one_that_it_needs_is_missed() -> None:
    table = read(as_csv((*PLAIN, "Ali"), head=("ref", "date", "organisation", "service", "name")))

    assert [(one.line, one.column, one.refusal.code) for one in table.problems] == [
        (1, "name", "unknown_log_column"), (1, "language", "missing_log_column"),
    ]  # fmt: skip


def test_a_coordinator_takes_in_nothing_for_another_organisation(gate: Organisation) -> None:
    table = read(as_csv(PLAIN, ("r2", "2026-12-01", "lantern", "info", "en")), scope=scope_of(gate.id))

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
