"""Planning as files for spreadsheets."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from bureau.rotation.domain.ledger import Entry

CSV = "text/csv; charset=utf-8"
LEDGER = (
    "month", "organisation", "name", "promised", "share", "carried_in", "given", "missed", "released", "lapsed",
    "carried_on",
)  # fmt: skip
COMMANDS = ("=", "+", "-", "@", "\t", "\r")


def ledger_csv(entries: Iterable[Entry], names: Mapping[str, str]) -> bytes:
    """The ledger, a line for each organisation and month; ``names`` by the organisation's code."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(LEDGER)
    for one in entries:
        writer.writerow(
            (
                one.month, one.organisation, _as_text(names.get(one.organisation, one.organisation)), one.promised,
                one.share, one.carried, one.given, one.missed, one.released, one.lapsed, one.balance,
            )
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")  # spreadsheets know by the mark that it is UTF-8


def _as_text(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(COMMANDS) else words
