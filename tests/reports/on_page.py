"""The tables of a report's page held against the open data: each number stands below and beside what it counts."""

from collections.abc import Iterator
from html.parser import HTMLParser

from bureau.reports.domain.document import Report
from bureau.reports.site.months import period_name
from tests.reports.truth import DIGITS, Open, said


class Cells(HTMLParser):
    """Each number of a table that says which cell it is, with the names of its row and of its column."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str, str]] = []
        self._heads: list[str] = []
        self._row = self._words = self._at = self._scope = ""
        self._place = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._heads = []
        elif tag == "tr":
            self._row, self._place = "", 0
        elif tag in ("th", "td"):
            self._words, self._at, self._scope = "", "", dict(attrs).get("scope") or ""
        elif tag == "data":
            self._at = dict(attrs).get("data-at") or ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        words = " ".join(self._words.split())
        if tag == "th" and self._scope == "col":
            self._heads.append(words)
        elif tag == "th" and self._scope == "row":
            self._row = words
        if tag == "td":
            self._place += 1
            if self._at:
                column = self._heads[self._place] if self._heads else ""
                self.found.append((self._at, self._row, column, words))


def wrong_in_tables(page: str, report: Report, truth: Open) -> Iterator[str]:
    """Numbers that stand where the page says something else than what they count."""
    asked = {one.code: tuple(one.at) for one in report.indicators}
    for at, row, column, words in Cells(page).found:
        period, measure, *codes = at.split("/")
        named = {name.upper(): code for name, _, code in (one.partition("=") for one in codes)}
        known = {truth.key(truth.name(name, code)) for name, code in named.items()}
        known |= {truth.key(one) for one in (truth.name("MEASURE", measure), period_name(period, truth.language))}
        known.add(truth.key(truth.name("MEASURE", measure.replace("spoken-", "sessions-"))))
        known |= {truth.key(truth.name(name, "_T")) for name in truth.columns[2:]}
        place = truth.place(period, measure, **named)
        if not column and asked.get(row.partition(" ")[0]) != place:
            yield f"{at}: {words} is told to a donor as {row}"
        for name in (row, column) if column else ():
            if truth.key(name.translate(DIGITS)) not in known:
                yield f"{at}: {words} in the row {row}, the column {column}"
        if truth.at([place]) != {said(words)}:
            yield f"{at}: {words}"
