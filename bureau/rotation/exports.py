"""Planning as files for spreadsheets."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bureau.kernel.localised import LocalisedText
from bureau.kernel.text import no_formula
from bureau.rotation.domain.delivery import Delivery
from bureau.rotation.domain.ledger import Entry
from bureau.rotation.domain.offer_table import FIRST_WORKER

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEDGER = (
    "month", "organisation", "name", "promised", "share", "carried_in", "given", "missed", "excused", "released", "lapsed",
    "carried_on",
)  # fmt: skip

DELIVERY = ("of", "code", "name", "planned", "took_place", "did_not_take_place", "still_to_come", "given_back")


def ledger_csv(entries: Iterable[Entry], names: Mapping[str, str]) -> bytes:
    """The ledger, a line for each organisation and month; ``names`` by the organisation's code."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(LEDGER)
    for one in entries:
        writer.writerow(
            (
                one.month, one.organisation, no_formula(names.get(one.organisation, one.organisation)), one.promised,
                one.share, one.carried, one.given, one.missed, one.excused, one.released, one.lapsed, one.balance,
            )
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")  # spreadsheets know by the mark that it is UTF-8


def delivery_csv(delivery: Delivery, say: Callable[[LocalisedText], str]) -> bytes:
    """How a month went, a line for each organisation and each service; ``say`` words their names."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(DELIVERY)
    for kind, lines in (("organisation", delivery.organisations), ("service", delivery.services)):
        for one in lines:
            tally = one.tally
            writer.writerow(
                (
                    kind, one.code, no_formula(say(one.name)), tally.planned, tally.held, tally.missed, tally.ahead,
                    tally.given_back,
                )
            )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTable:
    """When each worker can come, to be filled in: heads, a line for each block, and the words that may stand in it."""

    title: str
    heads: Sequence[str]
    lines: Sequence[Sequence[date | str]]
    levels: Sequence[str]
    right_to_left: bool


def offer_csv(table: OfferTable) -> bytes:
    """The table as text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([no_formula(head) for head in table.heads])
    writer.writerows([_plain(value) for value in line] for line in table.lines)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: date | str) -> str:
    return no_formula(value) if isinstance(value, str) else value.isoformat()


def offer_xlsx(table: OfferTable) -> bytes:
    """The table as a workbook in which each field offers the words to choose from."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = table.title
    sheet.sheet_view.rightToLeft = table.right_to_left
    sheet.freeze_panes = f"{get_column_letter(FIRST_WORKER + 1)}2"
    sheet.append([no_formula(head) for head in table.heads])
    for line in table.lines:
        sheet.append([no_formula(value) if isinstance(value, str) else value for value in line])
    for number in range(1, len(table.heads) + 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 16
    if table.lines and len(table.heads) > FIRST_WORKER:
        choice = DataValidation(type="list", formula1=f'"{",".join(table.levels)}"', allow_blank=True)
        last = f"{get_column_letter(len(table.heads))}{len(table.lines) + 1}"
        choice.add(f"{get_column_letter(FIRST_WORKER + 1)}2:{last}")
        sheet.add_data_validation(choice)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
