"""Charts: figures → SVG markup. The same figures stand in the table beside each; nothing is told by colour alone."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext
from markupsafe import Markup, escape

from bureau.web.languages import LANGUAGES

from .canvas import Anchor, Canvas
from .shown import Figure

Kind = Literal["bars", "pairs", "line", "multiples", "heat"]
SHOWN = 9
"""So many rows are drawn at most; the table has all of them."""
COLUMNS_SHOWN = 6
_LINE = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column of figures is; ``month`` where it is one."""

    label: str
    month: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of figures is about, and its figures; None where the plan has no such cell."""

    label: str
    figures: tuple[Figure | None, ...]
    month: str | None = None
    short: str = ""
    last: bool = False
    """Whether it comes after all others, however great it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart before it is drawn. The first row may be called the greatest (``sure``); ``lead`` is the column it is by."""

    name: str
    kind: Kind
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    finding: str = ""
    sure: bool = False
    lead: int = 0


def draw(chart: Chart, language: str) -> Markup:
    """The chart as SVG, mirrored for a language that runs from right to left."""
    canvas = Canvas(language, mirrored=LANGUAGES[language].direction == "rtl")
    height = _KINDS[chart.kind](canvas, chart)
    return canvas.drawn(height, name=f"c-{chart.name}", title=chart.title, told=told(chart, language))


def told(chart: Chart, language: str) -> str:
    """The chart for those who do not see it: its leading figures, row by row."""
    lead = _greatest if chart.kind == "heat" else _leading
    pairs = (lead(chart, row) for row in _shown(chart))
    words = [f"{label}: {figure.said(language)}" for label, figure in pairs if figure]
    return ". ".join((*([chart.finding] if chart.finding else []), *words)) + "."


def _leading(chart: Chart, row: Row) -> tuple[str, Figure | None]:
    return row.label, row.figures[chart.lead]


def _greatest(chart: Chart, row: Row) -> tuple[str, Figure | None]:
    pairs = zip(chart.columns[:COLUMNS_SHOWN], row.figures, strict=False)
    column, figure = max(pairs, key=lambda pair: pair[1].size if pair[1] else -1)
    return f"{row.label}, {column.label}", figure


def _shown(chart: Chart) -> Sequence[Row]:
    return chart.rows if chart.kind == "line" else chart.rows[:SHOWN]


def _most(rows: Sequence[Row], columns: slice = slice(None)) -> int:
    return max((one.size for row in rows for one in row.figures[columns] if one), default=0) or 1


def _bars(canvas: Canvas, chart: Chart) -> float:
    """A bar a row, below its name; a number that may be nothing is drawn empty; a line marks the month before."""
    rows, y = _shown(chart), 0.0
    scale = canvas.width / _most(rows)
    for place, row in enumerate(rows):
        now, *others = row.figures
        y = _named(canvas, row.label, y)
        if now:
            canvas.figure("v", canvas.width, y - 5, now)
        canvas.rect("back", 0, y, canvas.width, 12)
        _bar(canvas, "hi" if chart.sure and place == 0 else "bar", now, y, scale)
        for before in others:
            if before and not before.hidden and not before.band:
                canvas.rect("then", min(before.size * scale, canvas.width - 2), y - 2, 2, 16, round_by=0)
        y += 22
    return y - 6


def _bar(canvas: Canvas, kind: str, figure: Figure | None, y: float, scale: float) -> None:
    if figure is None or figure.hidden:
        return
    if figure.band or figure.value is None:
        canvas.rect("h0", 0.5, y + 0.5, max((figure.high or 0) * scale, 4), 11)
    else:
        canvas.rect(kind, 0, y, figure.size * scale, 12)


def _named(canvas: Canvas, label: str, y: float) -> float:
    """The name of a row in as many lines as it needs; where the next thing may stand below it."""
    for line in textwrap.wrap(label, 38) or [""]:
        y += _LINE
        canvas.text("", 0, y - 5, line)
    return y


def _pairs(canvas: Canvas, chart: Chart) -> float:
    """What was held within what was planned."""
    rows, y = _shown(chart), 0.0
    scale = canvas.width / _most(rows)
    for row in rows:
        held, planned = row.figures[:2]
        y = _named(canvas, row.label, y)
        if held and planned:
            _of(canvas, held, planned, y - 5)
            canvas.rect("h0", 0.5, y + 0.5, planned.size * scale - 1, 11)
            canvas.rect("bar", 0, y, held.size * scale, 12)
        y += 22
    return y - 6


def _of(canvas: Canvas, held: Figure, planned: Figure, y: float) -> None:
    marked = [
        Markup('<tspan data-at="{}" data-value="{}">{}</tspan>').format(
            one.key, one.machine, one.words(canvas.language)
        )
        for one in (held, planned)
    ]
    words = escape(gettext("%(number)s of %(all)s")) % {"number": marked[0], "all": marked[1]}
    canvas.text("v", canvas.width, y, words, anchor="end")


def _line(canvas: Canvas, chart: Chart) -> float:
    """A line through the months; the first, the highest and the last are written beside it."""
    top, floor, side = 28, 150, 16
    figures = [row.figures[0] for row in chart.rows]
    step = (canvas.width - 2 * side) / max(len(figures) - 1, 1)
    scale = (floor - top) / _most(chart.rows)
    known = [(place, one) for place, one in enumerate(figures) if one and not one.hidden]
    points = [(side + place * step, floor - one.size * scale) for place, one in known]
    canvas.path("area", points, floor=floor)
    canvas.rule(floor)
    canvas.path("path", points)
    canvas.dot(*points[-1])
    last = len(figures) - 1
    for (place, figure), (x, y) in zip(known, points, strict=True):
        if place in _told_places(known):
            at, anchor = _along(canvas, place, last, x)
            canvas.figure("v", at, y - 12, figure, anchor=anchor)
    for place in range(last, -1, -3):
        at, anchor = _along(canvas, place, last, side + place * step)
        canvas.text("", at, floor + 20, chart.rows[place].short, anchor=anchor)
    return floor + 28


def _told_places(known: Sequence[tuple[int, Figure]]) -> set[int]:
    """The first, the last, and the highest where it stands well apart from both."""
    first, last = known[0][0], known[-1][0]
    highest = max(known, key=lambda pair: pair[1].size)[0]
    return {first, last, highest} if first + 1 < highest < last - 1 else {first, last}


def _along(canvas: Canvas, place: int, last: int, x: float) -> tuple[float, Anchor]:
    """Where words stand that belong to ``x``: those of the first and the last keep within the picture."""
    if place == last:
        return canvas.width, "end"
    return (0, "start") if place == 0 else (x, "middle")


def _multiples(canvas: Canvas, chart: Chart) -> float:
    """A small picture for each row, all to one measure; the last column is the month that is told."""
    rows, beside, high, deep = _shown(chart), 3, 46, 108
    scale, wide = high / _most(rows), canvas.width / beside
    for place, row in enumerate(rows):
        x, y = (place % beside) * wide, (place // beside) * deep
        lines = textwrap.wrap(row.label, 14)[:2]
        for number, line in enumerate(lines):
            canvas.text("v", x, y + 28 - 15 * (len(lines) - 1 - number), line)
        floor = y + 38 + high
        _small_bars(canvas, row, x, floor, scale, min((wide - 16) / len(row.figures), 16))
        if (now := row.figures[-1]) is not None:
            canvas.figure("", x, floor + 16, now, anchor="start")
    return -(-len(rows) // beside) * deep - 4


def _small_bars(canvas: Canvas, row: Row, x: float, floor: float, scale: float, broad: float) -> None:
    for place, one in enumerate(row.figures):
        if one and not one.hidden:
            tall = max(one.size * scale, 1.5)
            kind = "hi" if place == len(row.figures) - 1 else "faint"
            canvas.rect(kind, x + place * broad, floor - tall, broad - 3, tall, round_by=1)


def _heat(canvas: Canvas, chart: Chart) -> float:
    """A cell for each pair, darker where it is more, always with its number."""
    rows, columns = _shown(chart), chart.columns[:COLUMNS_SHOWN]
    wide = canvas.width / len(columns)
    most, y = _most(rows, slice(len(columns))), 32.0
    for place, column in enumerate(columns):
        x, anchor = _along(canvas, place, len(columns) - 1, (place + 0.5) * wide)
        canvas.text("v", x, 12 if place % 2 == 0 else 27, column.label, anchor=anchor)
    for row in rows:
        y = _named(canvas, row.label, y)
        for place, one in enumerate(row.figures[: len(columns)]):
            if one is None:
                continue
            kind = _heat_of(one, most)
            canvas.rect(kind, place * wide + 1, y, wide - 2, 24, round_by=4)
            canvas.figure("in" if kind in ("h4", "h5") else "v", (place + 0.5) * wide, y + 17, one, anchor="middle")
        y += 30
    return y - 4


def _heat_of(figure: Figure, most: int) -> str:
    if figure.hidden or figure.band or figure.value is None:
        return "h0"
    return f"h{min(5, 1 + figure.value * 5 // (most + 1))}"


_KINDS: dict[Kind, Callable[[Canvas, Chart], float]] = {
    "bars": _bars, "pairs": _pairs, "line": _line, "multiples": _multiples, "heat": _heat,
}  # fmt: skip
