"""The PDF of a report, read back by its tags, held against the open data: each number where it stands."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bureau.reports.domain.document import Report
from bureau.reports.domain.periods import ending_with, frequency_of
from bureau.reports.site.charts.chart import Chart
from bureau.reports.site.charts.choosing import charts_of
from bureau.reports.site.charts.drawing import draw, told
from bureau.reports.site.headlines import headlines_of
from bureau.reports.site.months import period_name
from bureau.reports.site.parts import parts_of
from bureau.reports.site.shown import Figure
from tests.reports.tagged import Part, read
from tests.reports.truth import Numbers, Open, Place, Table, loose, said


def place_of(figure: Figure) -> Place:
    """The cell that a figure of the product says it is."""
    return tuple(figure.at)


class Paper:
    """A PDF with the tables and paragraphs of it in their order."""

    def __init__(self, pdf: bytes, report: Report, truth: Open) -> None:
        self.document, self.report, self.truth = read(pdf), report, truth
        self.tables = list(self.document.all("Table"))
        self.paragraphs = [one.text for one in self.document.all("P")]

    def wrong(self) -> Iterator[str]:
        """Whatever is not in the open data as the page of paper says."""
        yield from self._wrong_headlines()
        for chart in self._charts():
            yield from self._wrong_chart(self.tables.pop(0), chart)
        if self.report.indicators:
            yield from self._wrong_indicators(self.tables.pop(0))
        for measure, dimension in self._pairs():
            yield from self._wrong_listing(self.tables.pop(0), measure, dimension)
        for table in self._crossed():
            yield from self._wrong_crossed(table)
        if self.tables:
            yield f"{len(self.tables)} tables that nobody knows"
        yield from self._wrong_pictures()

    def _charts(self) -> list[Chart]:
        return [one.chart for part in parts_of(self.report, self.truth.language) for one in part.charts]

    def _pairs(self) -> list[tuple[str, str]]:
        tables = [one for one in self.truth.tables if one.people or len(one.dimensions) == 1]
        return list(dict.fromkeys((one.measure, name) for one in tables for name in one.dimensions))

    def _crossed(self) -> list[Table]:
        wide = [one for one in self.truth.tables if one.people and len(one.dimensions) == 2]
        periods = ("quarter", "year", "month")
        return sorted(wide, key=lambda one: periods.index(frequency_of(one.period)))

    def _wrong_headlines(self) -> Iterator[str]:
        """Number, what it is, and what it was before: one paragraph each."""
        rest = iter(self.paragraphs)
        for one in headlines_of(self.report, self.truth.language):
            (expected,) = self.truth.at([place_of(one.now)])
            wanted = [Counter(expected), *(self._beside(column.label, figure) for column, figure in one.beside)]
            number = next((words for words in rest if loose(words) == wanted[0]), None)
            label, *beside = [next(rest, "") for _ in wanted]
            if number is None or self.truth.key(label) != self.truth.key(one.label):
                yield f"headline {one.label}: {number}, {label}"
            if [loose(words) for words in beside] != wanted[1:]:
                yield f"headline {one.label}: {beside}"

    def _beside(self, period: str, figure: Figure) -> Counter[int]:
        (expected,) = self.truth.at([place_of(figure)])
        return Counter(expected) + loose(period)

    def _wrong_chart(self, table: Part, chart: Chart) -> Iterator[str]:
        rows = [row for row in chart.rows if row.level == 0]
        lines = _lines(table)
        if len(lines) != len(rows):
            yield f"{chart.name}: {len(lines)} rows"
        for (label, *cells), row in zip(lines, rows, strict=False):
            if self.truth.key(label) != self.truth.key(row.label):
                yield f"{chart.name}: {label} for {row.label}"
            for words, figure in zip(cells, row.figures, strict=False):
                if figure and not self._is_at(words, [place_of(figure)]):
                    yield f"{chart.name}, {label}: {words}"

    def _wrong_indicators(self, table: Part) -> Iterator[str]:
        for (label, words), one in zip(_lines(table), self.report.indicators, strict=True):
            if not self._is_at(words, [tuple(one.at)]) or one.code not in label:
                yield f"{label}: {words}"

    def _wrong_listing(self, table: Part, measure: str, dimension: str) -> Iterator[str]:
        periods = [one for one in ending_with(self.report.month) if self.truth.has(self.truth.place(one, measure))]
        heads = [period_name(one, self.truth.language) for one in periods]
        if [self.truth.key(one) for one in _heads(table)] != [self.truth.key(one) for one in heads]:
            yield f"{measure} by {dimension}: {_heads(table)}"
        for label, *cells in _lines(table):
            codes = self.truth.named(dimension, label)
            for period, words in zip(periods, cells, strict=True):
                places = [self.truth.place(period, measure, **{dimension: code}) for code in codes]
                if not (self._is_at(words, places) or (words == "–" and not any(map(self.truth.has, places)))):
                    yield f"{measure} by {dimension}, {label}, {period}: {words}"

    def _wrong_crossed(self, table: Table) -> Iterator[str]:
        """A table may be parted where it has too many columns; each part has the names of the rows."""
        down, across = table.dimensions
        part = self.tables.pop(0)
        parts = [part]
        while self.tables and len(_heads(parts[-1])) == 19 and not self._begins(self.tables[0], across):
            parts.append(self.tables.pop(0))
        for part in parts:
            columns = [self.truth.named(across, head) for head in _heads(part)]
            for label, *cells in _lines(part):
                for codes, words in zip(columns, cells, strict=True):
                    places = [
                        self.truth.place(table.period, table.measure, **{down: one, across: other})
                        for one in self.truth.named(down, label)
                        for other in codes
                    ]
                    if not self._is_at(words, places):
                        yield f"{table.id}, {label}: {words}"

    def _begins(self, table: Part, across: str) -> bool:
        """Whether its first column is that of everything together, with which a table begins."""
        return "_T" in self.truth.named(across, (_heads(table) or [""])[0])

    def _is_at(self, words: str, places: Sequence[Place]) -> bool:
        return _read(words) in self.truth.at(places)

    def _wrong_pictures(self) -> Iterator[str]:
        """A picture holds the numbers of its chart, and its alternative text names each with what it is."""
        drawn = [one.chart for part in parts_of(self.report, self.truth.language) for one in part.charts]
        figures = [one for one in self.document.all("Figure") if "://" not in one.alt]
        charts = [one for one in drawn if one.kind != "heat"]
        if len(figures) != len(charts):
            yield f"{len(figures)} pictures for {len(charts)} charts"
        for figure, chart in zip(figures, charts, strict=False):
            picture = str(draw(chart, self.truth.language))
            yield from wrong_alternative(figure.alt, chart, self.truth)
            yield from wrong_picture(picture, self.truth)
            if _digits(figure.text) != _digits("".join(re.findall(r">([^<]*)</(?:text|tspan)>", picture))):
                yield f"{chart.name}: the picture says {figure.text}"


def wrong_picture(svg: str, truth: Open) -> Iterator[str]:
    """Each number of a picture says which cell it is."""
    for key, machine, words in re.findall(r'data-at="([^"]*)" data-value="([^"]*)">([^<]*)<', svg):
        period, measure, *codes = key.split("/")
        named = dict(one.split("=", 1) for one in codes)
        places = [truth.place(period, measure, **{name.upper(): code for name, code in named.items()})]
        if truth.at(places) != {said(words)} or truth.values(places) != {machine}:
            yield f"{key}: {words}"


def _digits(words: str) -> Counter[str]:
    """The digits in whatever order: each letter of a picture stands for itself in a PDF."""
    return Counter(one for one in words if one.isdigit())


def wrong_in_alternatives(report: Report, truth: Open) -> Iterator[str]:
    """The alternative texts of all charts, as a page has them."""
    for chart in charts_of(report, truth.language):
        yield from wrong_alternative(told(chart, truth.language), chart, truth)


def wrong_alternative(words: str, chart: Chart, truth: Open) -> Iterator[str]:
    """Each row that is drawn is named with what it is and its number, in the order of the picture."""
    rest = words
    for row in chart.drawn:
        if row.is_heading:
            continue
        for words_of, figure in _leading(chart, row.label, row.figures):
            _, found, rest = rest.partition(words_of)
            number = rest.partition(". ")[0].removesuffix(".")
            (expected,) = truth.at([place_of(figure)])
            if not found or (said_in(number, chart) if expected else ()) != expected:
                yield f"{chart.name}, {words_of}: {number} for {expected}"


def said_in(words: str, chart: Chart) -> Numbers:
    """The number that leads; in pairs, the one that was held."""
    numbers = loose(words)
    return tuple(sorted(numbers.elements())) if chart.kind != "pairs" else said(_first(words))


def _first(words: str) -> str:
    digits = [one for one in words.replace(":", " ").split() if any(map(str.isdigit, one))]
    return digits[0] if digits else ""


def _leading(chart: Chart, label: str, figures: Sequence[Figure | None]) -> Iterator[tuple[str, Figure]]:
    if chart.kind == "heat":
        shown = [one for one in figures[:6] if one]
        best = max(shown, key=lambda one: one.size)
        yield f"{label}, {chart.columns[list(figures).index(best)].label}: ", best
    elif (figure := figures[chart.lead]) is not None:
        yield f"{label}: ", figure


def _heads(table: Part) -> list[str]:
    return [one.text for one in next(table.all("TR")).all("TH")][1:]


def _lines(table: Part) -> list[list[str]]:
    _, *rows = table.all("TR")
    return [[cell.text for cell in row.all("TH", "TD")] for row in rows]


def _read(words: str) -> Numbers:
    return said(words) if any(map(str.isdigit, words)) or words == "×" else (-1,)
