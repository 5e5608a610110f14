"""Charts: figures → SVG markup. The same figures stand in the table beside each; nothing is told by colour alone."""

from flask_babel import gettext
from markupsafe import Markup

from bureau.reports.site.shown import Figure
from bureau.web.languages import LANGUAGES

from .canvas import Canvas
from .chart import COLUMNS_SHOWN, Chart, Row
from .shapes import SHAPES


def draw(chart: Chart, language: str) -> Markup:
    """The chart as SVG, mirrored for a language that runs from right to left."""
    canvas = Canvas(language, mirrored=LANGUAGES[language].direction == "rtl")
    height = SHAPES[chart.kind](canvas, chart)
    return canvas.drawn(height, name=f"c-{chart.name}", title=chart.title, told=told(chart, language))


def told(chart: Chart, language: str) -> str:
    """The chart for those who do not see it: its leading figures, row by row."""
    words = (_said(chart, row, language) for row in chart.drawn)
    return ". ".join((*([chart.finding] if chart.finding else []), *(one for one in words if one))) + "."


def _said(chart: Chart, row: Row, language: str) -> str:
    if row.is_heading:
        return row.label
    if chart.kind == "pairs":
        return _of(row, language)
    label, figure = _greatest(chart, row) if chart.kind == "heat" else (row.label, row.figures[chart.lead])
    return f"{label}: {figure.said(language)}" if figure else ""


def _of(row: Row, language: str) -> str:
    held, planned = row.figures[:2]
    if held is None or planned is None:
        return ""
    words = gettext("%(number)s of %(all)s", number=held.said(language), all=planned.said(language))
    return f"{row.label}: {words}"


def _greatest(chart: Chart, row: Row) -> tuple[str, Figure | None]:
    pairs = zip(chart.columns[:COLUMNS_SHOWN], row.figures, strict=False)
    column, figure = max(pairs, key=lambda pair: pair[1].size if pair[1] else -1)
    return f"{row.label}, {column.label}", figure
