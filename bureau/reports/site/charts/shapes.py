"""How each kind of chart is drawn: what is put on the canvas, and how high that is."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from bureau.reports.site.shown import Figure

from .canvas import Anchor, Canvas
from .chart import COLUMNS_SHOWN, Chart, Column, Kind, Row
from .lettering import width_of, wrapped

Point = tuple[float, float]
_LINE, _HEAD = 17, 15
_CLEARLY = 4
"""A point so much above the one beside it leaves the room above that one to the line."""
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
    lines = _cut(wrapped(label, _NAMES - 8), 3)
    tall = max(24, 15 * len(lines) + 8)
    top = y + tall / 2 - 7.5 * (len(lines) - 1) + 4
    for number, line in enumerate(lines):
        canvas.text("", 0, top + 15 * number, line)
    return y + tall, y + tall / 2


def _cut(lines: list[str], most: int) -> list[str]:
    """Not more lines than that; the last says that there are more. The table has all of it."""
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


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
    points = {
        place: (side + place * step, floor - one.size * scale)
        for place, one in enumerate(figures)
        if one and not one.hidden
    }
    runs = _runs(points)
    for run in runs:
        canvas.path("area", run, floor=floor)
    canvas.rule(floor)
    for run in runs:
        canvas.path("path", run if len(run) > 1 else [(run[0][0] - 2, run[0][1]), (run[0][0] + 2, run[0][1])])
    canvas.dot(*points[max(points)])
    last = len(figures) - 1
    for place in _told_places(points):
        x, y = points[place]
        at, anchor = _along(canvas, place, last, x)
        figure = figures[place]
        if figure:
            canvas.figure("v", at, y + (24 if _is_under_line(points, place) else -12), figure, anchor=anchor)
    for place in _named_places(last):
        at, anchor = _along(canvas, place, last, side + place * step)
        canvas.text("", at, floor + 20, chart.rows[place].short, anchor=anchor)
    return floor + 28


def _runs(points: Mapping[int, Point]) -> list[list[Point]]:
    """The points that follow one another: a line has a gap where a month is missing."""
    runs: list[list[Point]] = []
    for place, point in points.items():
        if place - 1 not in points:
            runs.append([])
        runs[-1].append(point)
    return runs


def _is_under_line(points: Mapping[int, Point], place: int) -> bool:
    """Whether the line goes up beside the first or the last point, through where its number would stand above it."""
    beside = {min(points): place + 1, max(points): place - 1}.get(place, -1)
    return beside in points and points[beside][1] < points[place][1] - _CLEARLY


def _told_places(points: Mapping[int, Point]) -> set[int]:
    """The first, the last, and the highest where its number has room beside theirs."""
    first, last = min(points), max(points)
    highest = min(points, key=lambda place: points[place][1])
    crowded = any(abs(highest - end) < 2 and points[end][1] - points[highest][1] <= _CLEARLY for end in (first, last))
    return {first, last} if crowded else {first, last, highest}


def _named_places(last: int) -> list[int]:
    """Which months are named below the line: all where there are few, else every third back from the last, and the first."""
    if last <= FEW:
        return list(range(last + 1))
    places = range(last, -1, -3)
    return [*places] if places[-1] < 2 else [*places, 0]


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
        broad = min((wide - 16) / len(row.figures), 16)
        _small_bars(canvas, row, x, floor, scale, broad)
        if (now := row.figures[-1]) is not None:
            end = max(broad * len(row.figures) - 3, width_of(now.words(canvas.language), bold=True))
            canvas.figure("v", x + end, floor + 17, now)
    return -(-len(rows) // beside) * deep - 4


def _small_bars(canvas: Canvas, row: Row, x: float, floor: float, scale: float, broad: float) -> None:
    """On one floor; the last has a dark edge, since in print without colours all are grey."""
    canvas.rect("faint", x, floor, broad * len(row.figures) - 3, 1, round_by=0)
    for place, one in enumerate(row.figures):
        if one and not one.hidden:
            tall, last = max(one.size * scale, 1.5), place == len(row.figures) - 1
            canvas.rect("hi" if last else "faint", x + place * broad, floor - tall, broad - 3, tall, round_by=1)
            if last:
                canvas.rect("bar", x + place * broad, floor - tall, broad - 3, 2, round_by=0)


def _heat(canvas: Canvas, chart: Chart) -> float:
    """A cell for each pair, darker where it is more, always with its number."""
    rows, columns = chart.drawn, chart.columns[:COLUMNS_SHOWN]
    wide = canvas.width / len(columns)
    most, y = _most(rows, slice(len(columns))), _heads(canvas, columns, wide)
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


def _heads(canvas: Canvas, columns: Sequence[Column], wide: float) -> float:
    """The names of columns that are narrower than they: every other one stands higher, a line leads down from it."""
    names = [wrapped(one.label, 1.8 * wide, bold=True) for one in columns]
    high, low = (max(map(len, names[start::2]), default=0) for start in (0, 1))
    for place, lines in enumerate(names):
        middle, last_line = (place + 0.5) * wide, high + low * (place % 2)
        x, anchor = _along(canvas, place, len(names) - 1, middle)
        for number, line in enumerate(lines, start=last_line - len(lines) + 1):
            canvas.text("v", x, _HEAD * number - 3, line, anchor=anchor)
        if place % 2 == 0 and low:
            canvas.rect("faint", middle - 0.5, _HEAD * high + 2, 1, _HEAD * low - 1, round_by=0)
    return _HEAD * (high + low) + 6


def heat_of(figure: Figure, most: int) -> str:
    """How dark a cell is, from h1 to h5; h0 where it holds nothing, or next to nothing."""
    if figure.hidden or figure.band or not figure.value:
        return "h0"
    return f"h{min(5, 1 + figure.value * 5 // (most + 1))}"


SHAPES: dict[Kind, Callable[[Canvas, Chart], float]] = {
    "bars": _bars, "groups": _groups, "pairs": _pairs, "line": _line, "multiples": _multiples, "heat": _heat,
}  # fmt: skip
