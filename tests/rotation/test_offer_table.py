"""A month filled in as a table: out and back again, with every mistake said by line and column."""

from datetime import date, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.rotation.domain.draft import at
from bureau.rotation.domain.offer_table import read_table
from bureau.rotation.domain.offers import WorkerChoice
from bureau.rotation.domain.rounds import Block
from bureau.rotation.exports import OfferTable, offer_csv, offer_xlsx
from bureau.web.tables import Limits, UnreadableTable, lines_of

HEAD = ["Date", "Weekday", "From", "To", "L1", "=L2"]
LIMITS = Limits()
LEVELS = {"preferred": "preferred", "with pleasure": "preferred", "possible": "possible", "rather not": "undesired"}
WORKERS = [
    WorkerChoice(id=number, organisation_id=1, label=label, role=LocalisedText(), services=(), languages=())
    for number, label in ((1, "L1"), (2, "=L2"))
]
FIRST, SECOND = (
    Block(
        day=day, starts=time(10), ends=time(12), starts_at=instant(day, time(10), "Europe/Sofia"),
        ends_at=instant(day, time(12), "Europe/Sofia"),
    )
    for day in (date(2026, 12, 1), date(2026, 12, 2))
)  # fmt: skip
TABLE = OfferTable(
    title="2026-12", heads=HEAD, levels=["Preferred", "Possible"], right_to_left=True,
    lines=[[FIRST.day, "Tuesday", "10:00", "12:00", "Preferred", ""], [SECOND.day, "Wednesday", "10:00", "12:00", "", "Possible"]],
)  # fmt: skip
MEANT = {
    at(1, FIRST.code): "preferred", at(2, FIRST.code): "", at(1, SECOND.code): "", at(2, SECOND.code): "possible",
}  # fmt: skip


def found(*lines: list[str]) -> list[tuple[int, int, str]]:
    """Line, column and code of everything wrong in these lines below the head."""
    read = read_table([HEAD, *lines], WORKERS, [FIRST, SECOND], LEVELS)
    return [(one.line, one.column, one.refusal.code) for one in read.problems]


@pytest.mark.parametrize("write", [offer_csv, offer_xlsx])
def test_what_goes_out_comes_back_as_it_was(write: object) -> None:
    assert callable(write)

    lines = list(lines_of(BytesIO(write(TABLE)), LIMITS))

    read = read_table(lines, WORKERS, [FIRST, SECOND], LEVELS)
    assert read.problems == ()
    assert dict(read.cells) == MEANT


def test_no_name_becomes_a_formula_in_a_spreadsheet() -> None:
    sheet = load_workbook(BytesIO(offer_xlsx(TABLE))).worksheets[0]

    assert (sheet["F1"].value, sheet["F1"].data_type) == ("'=L2", "s")
    assert ",'=L2\r\n" in offer_csv(TABLE).decode("utf-8-sig")
    assert sheet.sheet_view.rightToLeft


def test_the_table_of_another_program_is_read_too() -> None:
    text = "Дата;;От;До;L1\n01.12.2026 г.;вт;10;12;with pleasure\n2.12.2026;ср;10.00;12.00;\n"

    read = read_table(list(lines_of(BytesIO(text.encode("utf-16")), LIMITS)), WORKERS, [FIRST, SECOND], LEVELS)

    assert read.problems == ()
    assert dict(read.cells) == {at(1, FIRST.code): "preferred", at(1, SECOND.code): ""}


def test_every_mistake_is_told_by_line_and_column() -> None:
    wrong = found(
        ["soon", "", "10:00"],
        ["2026-12-01", "", "25:00"],
        ["2026-12-31", "", "10:00"],
        ["2026-12-01", "", "10:00", "", "gladly", "="],
        [],
        ["2026-12-01", "", "10:00"],
        ["2026-02-30", "", "10:00"],
        ["2026-12-02", "", "11:00"],
    )

    assert wrong == [
        (2, 0, "invalid"), (3, 2, "invalid"), (4, 0, "unknown_block"), (5, 4, "unknown_level"),
        (5, 5, "formula_in_table"), (7, 0, "line_twice"), (8, 0, "invalid"), (9, 2, "unknown_block"),
    ]  # fmt: skip


def test_a_column_of_somebody_unknown_is_a_mistake_and_one_without_a_head_is_a_note() -> None:
    lines = [["", "", "", "", "L9", ""], ["2026-12-01", "", "10:00", "", "possible", "by bus"]]

    read = read_table(lines, WORKERS, [FIRST], LEVELS)

    assert [(one.line, one.column, one.refusal.code) for one in read.problems] == [(1, 4, "unknown_column")]


def a_formula() -> bytes:
    """A workbook in which a field is computed."""
    book, file = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(HEAD[:5])
    sheet.append(["2026-12-01", "", "10:00", "", '=IF(1=1,"possible","")'])
    book.save(file)
    return file.getvalue()


def test_a_formula_is_not_taken_for_its_result() -> None:
    read = read_table(list(lines_of(BytesIO(a_formula()), LIMITS)), WORKERS, [FIRST], LEVELS)

    assert [(one.line, one.column, one.refusal.code) for one in read.problems] == [(2, 4, "formula_in_table")]


def swollen() -> bytes:
    """A small file that unpacks to a very large one."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (LIMITS.unpacked + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * (LIMITS.size + 1), "size"), (b"a,b\n" * 900, "size"), ("Дата".encode("cp1251"), "letters"),
        (b"PK\x03\x04 no workbook", "kind"), (swollen(), "size"),
    ],
    ids=["too large", "too long", "other letters", "broken", "swollen"],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable) as refusal:
        list(lines_of(BytesIO(data), LIMITS))

    assert refusal.value.params["reason"] == reason
