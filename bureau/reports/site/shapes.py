"""How each kind of chart is drawn: what is put on the canvas, and how high that is."""

from collections.abc import Callable, Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from .canvas import Anchor, Canvas
from .chart import COLUMNS_SHOWN, Chart, Kind, Row
from .lettering import width_of, wrapped
from .shown import Figure

_LINE = 17
FEW = 5
"""Up to so many steps, each month of a line is named."""
_NAMES, _NUMBERS = 136, 46
"""How wide names and numbers are where both stand beside their bar."""


def _most(rows: Sequence[Row], columns: slice = slice(None)) -> int:
    return max((one.size for row in rows for one in row.figures[columns] if one), default=0) or 1


def _bars(canvas: Canvas, chart: Chart) -> float:
    """A bar a row, below its name; a number that may be nothing is drawn empty; a line marks the month before."""
    rows, y = chart.drawn, 0.0
    scale = canvas.width / _most(rows)
    for place, row in enumerate(rows):
        now, *others = row.figures
        y = _named(canvas, row.label, y)
        if now:
            canvas.figure("v", canvas.width, y - 5, now)
        canvas.rect("back", 0, y, canvas.width, 12)
        _bar(canvas, "hi" if chart.sure and place == 0 else "bar", now, y, scale)
        _marks(canvas, others, y, scale)
        y += 22
    return y - 6


def _marks(canvas: Canvas, others: Sequence[Figure | None], y: float, scale: float, *, start: float = 0) -> None:
    """A line where the month before was."""
    for before in others:
        if before and not before.hidden and not before.band:
            canvas.rect("then", start + max(before.size * scale - 1, 0), y - 2, 2, 16, round_by=0)


def _bar(canvas: Canvas, kind: str, figure: Figure | None, y: float, scale: float, *, start: float = 0) -> None:
    if figure is None or figure.hidden:
        return
    if figure.band or figure.value is None:
        canvas.rect("h0", start + 0.5, y + 0.5, max((figure.high or 0) * scale, 4), 11)
    else:
        canvas.rect(kind, start, y, figure.size * scale, 12)


def _named(canvas: Canvas, label: str, y: float) -> float:
    """The name of a row in as many lines as it needs; where the next thing may stand below it."""
    for line in wrapped(label, canvas.width - 52):
        y += _LINE
        canvas.text("", 0, y - 5, line)
    return y


def _groups(canvas: Canvas, chart: Chart) -> float:
    """Names, bars and numbers in a line each, below the heading of their group; a line marks the month before."""
    rows, y = chart.drawn, 0.0
    scale = (canvas.width - _NAMES - _NUMBERS) / _most(rows)
    for row in rows:
        if row.is_heading:
            y = _heading(canvas, row.label, y)
            continue
        now, *others = row.figures
        y, middle = _beside(canvas, row.label, y)
        if now:
            canvas.figure("v", canvas.width, middle + 4, now)
        canvas.rect("back", _NAMES, middle - 6, canvas.width - _NAMES - _NUMBERS, 12)
        _bar(canvas, "bar", now, middle - 6, scale, start=_NAMES)
        _marks(canvas, others, middle - 6, scale, start=_NAMES)
    return y


def _heading(canvas: Canvas, label: str, y: float) -> float:
    """The name of a group, with room above it where another stands there; where its first row may begin."""
    y += 16 if y else 0
    canvas.text("v", 0, y + 13, label)
    return y + 24


def _beside(canvas: Canvas, label: str, y: float) -> tuple[float, float]:
    """A name at the beginning of a line; where the next line begins, and where the middle of this one is."""
    lines = wrapped(label, _NAMES - 8)[:3]
    tall = max(24, 15 * len(lines) + 8)
    top = y + tall / 2 - 7.5 * (len(lines) - 1) + 4
    for number, line in enumerate(lines):
        canvas.text("", 0, top + 15 * number, line)
    return y + tall, y + tall / 2


def _pairs(canvas: Canvas, chart: Chart) -> float:
    """What was held within what was planned."""
    rows, y, scale = chart.drawn, 0.0, 1.0
    numbers = 10 + max(width_of(_words_of(canvas, row), bold=True) for row in rows)
    for place, row in enumerate(rows):
        if row.is_heading:
            y = _heading(canvas, row.label, y)
            scale = (canvas.width - _NAMES - numbers) / _most(_below(rows[place + 1 :]))
            continue
        held, planned = row.figures[:2]
        y, middle = _beside(canvas, row.label, y)
        if held and planned:
            _of(canvas, held, planned, middle + 4)
            canvas.rect("faint", _NAMES, middle - 6, planned.size * scale, 12)
            canvas.rect("bar", _NAMES, middle - 6, held.size * scale, 12)
    return y


def _words_of(canvas: Canvas, row: Row) -> str:
    held, planned = row.figures[:2] or (None, None)
    if held is None or planned is None:
        return ""
    language = canvas.language
    return str(gettext("%(number)s of %(all)s", number=held.words(language), all=planned.words(language)))


def _below(rows: Sequence[Row]) -> list[Row]:
    """The rows up to the next heading."""
    end = next((place for place, row in enumerate(rows) if row.is_heading), len(rows))
    return list(rows[:end])


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
    top, floor, side = 28, 186, 16
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
    for number, (place, figure) in enumerate(known):
        if place in _told_places(known):
            x, y = points[number]
            at, anchor = _along(canvas, place, last, x)
            canvas.figure("v", at, y + (24 if _is_under_line(points, number) else -12), figure, anchor=anchor)
    for place in range(last, -1, -3 if last > FEW else -1):
        at, anchor = _along(canvas, place, last, side + place * step)
        canvas.text("", at, floor + 20, chart.rows[place].short, anchor=anchor)
    return floor + 28


def _is_under_line(points: Sequence[tuple[float, float]], number: int) -> bool:
    """Whether the line goes up beside the first or the last point, through where its number would stand above it."""
    beside = {0: points[1:2], len(points) - 1: points[-2:-1]}.get(number, ())
    return any(y < points[number][1] - 4 for _, y in beside)


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
    rows, beside, high, deep = chart.drawn, 3, 46, 108
    scale, wide = high / _most(rows), canvas.width / beside
    for place, row in enumerate(rows):
        x, y = (place % beside) * wide, (place // beside) * deep
        lines = wrapped(row.label, wide - 6, bold=True)[:2]
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
    rows, columns = chart.drawn, chart.columns[:COLUMNS_SHOWN]
    wide = canvas.width / len(columns)
    most, y = _most(rows, slice(len(columns))), 36.0
    for place, column in enumerate(columns):
        x, anchor = _along(canvas, place, len(columns) - 1, (place + 0.5) * wide)
        canvas.text("v", x, 12 if place % 2 == 0 else 27, column.label, anchor=anchor)
    for row in rows:
        y = _named(canvas, row.label, y)
        for place, one in enumerate(row.figures[: len(columns)]):
            if one is None:
                continue
            kind = heat_of(one, most)
            canvas.rect(kind, place * wide + 1, y, wide - 2, 24, round_by=4)
            canvas.figure("in" if kind in ("h4", "h5") else "v", (place + 0.5) * wide, y + 17, one, anchor="middle")
        y += 34
    return y - 8


def heat_of(figure: Figure, most: int) -> str:
    """How dark a cell is, from h1 to h5; h0 where it holds nothing, or next to nothing."""
    if figure.hidden or figure.band or not figure.value:
        return "h0"
    return f"h{min(5, 1 + figure.value * 5 // (most + 1))}"


SHAPES: dict[Kind, Callable[[Canvas, Chart], float]] = {
    "bars": _bars, "groups": _groups, "pairs": _pairs, "line": _line, "multiples": _multiples, "heat": _heat,
}  # fmt: skip
