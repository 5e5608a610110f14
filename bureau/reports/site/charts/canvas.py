"""A drawing as SVG markup: mirrored where the language runs from right to left, coloured also without a stylesheet."""

from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup, escape

from bureau.reports.site.shown import Figure

Anchor = Literal["start", "middle", "end"]
_MIRRORED: dict[str, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_FILLS = {
    "bar": "#35737f", "hi": "#edb12f", "faint": "#bcd6da", "back": "#eceae1", "area": "#e3edee",
    "h1": "#e3edee", "h2": "#bcd6da", "h3": "#82b1b9", "h4": "#35737f", "h5": "#0f4a58", "then": "#11303a",
}  # fmt: skip
_INKS = {"v": "#11303a", "in": "#ffffff", "": "#4a6068"}
_TO_LEFT, _DONE = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(slots=True)
class Canvas:
    """A surface of that width; places are told as for a language that runs from left to right."""

    language: str
    mirrored: bool
    width: int = 320
    parts: list[Markup] = field(default_factory=list)

    def rect(self, kind: str, x: float, y: float, width: float, height: float, *, round_by: float = 2) -> None:
        """A filled rectangle of that kind; ``h0`` is an empty one, dashed."""
        place = self.width - x - width if self.mirrored else x
        paint = (
            Markup('fill="none" stroke="#74858b" stroke-dasharray="3 3"')
            if kind == "h0"
            else Markup('fill="{}"').format(_FILLS[kind])
        )
        self._add(
            '<rect class="{}" {} x="{}" y="{}" width="{}" height="{}" rx="{}"/>',
            kind, paint, *map(_short, (place, y, max(width, 0), height, round_by)),
        )  # fmt: skip

    def path(self, kind: str, points: list[tuple[float, float]], *, floor: float | None = None) -> None:
        """A line through the points, or with a ``floor`` the area below it."""
        if floor is not None:
            points = [(points[0][0], floor), *points, (points[-1][0], floor)]
        drawn = " ".join(f"{_short(self._x(x))},{_short(y)}" for x, y in points)
        if floor is not None:
            self._add('<polygon class="{}" fill="{}" points="{}"/>', kind, _FILLS["area"], drawn)
        else:
            paint = Markup('fill="none" stroke="#35737f" stroke-width="3" stroke-linejoin="round"')
            self._add('<polyline class="{}" {} points="{}"/>', kind, paint, drawn)

    def rule(self, y: float) -> None:
        """A line from side to side."""
        self._add('<line class="axis" stroke="#74858b" x1="0" x2="{}" y1="{}" y2="{}"/>', self.width, *[_short(y)] * 2)

    def dot(self, x: float, y: float) -> None:
        """A point that matters."""
        paint = Markup('fill="#edb12f" stroke="#ffffff" stroke-width="2"')
        self._add('<circle class="dot" {} cx="{}" cy="{}" r="6"/>', paint, _short(self._x(x)), _short(y))

    def text(
        self, kind: str, x: float, y: float, words: str, *, anchor: Anchor = "start", key: str = "", machine: str = ""
    ) -> None:
        """A line of words, in the order of the language; ``key`` and ``machine`` say which cell a number is."""
        marks = Markup(' data-at="{}" data-value="{}"').format(key, machine) if key else Markup()
        weight = Markup(' font-weight="700"') if kind else Markup()
        placed = Markup("{}{}{}").format(_TO_LEFT, words, _DONE) if self.mirrored and not key else escape(words)
        self._add(
            '<text class="{}" x="{}" y="{}" fill="{}"{} text-anchor="{}"{}>{}</text>',
            kind, _short(self._x(x)), _short(y), _INKS[kind], weight,
            _MIRRORED[anchor] if self.mirrored else anchor, marks, placed,
        )  # fmt: skip

    def figure(self, kind: str, x: float, y: float, figure: Figure, *, anchor: Anchor = "end") -> None:
        """A number of the report."""
        key = "" if figure.hidden else figure.key
        self.text(kind, x, y, figure.words(self.language), anchor=anchor, key=key, machine=figure.machine)

    def drawn(self, height: float, *, name: str, title: str, told: str) -> Markup:
        """All of it as one picture with its alternative text."""
        head = Markup(
            '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d" direction="ltr" '
            'font-family="Noto Sans, Vazirmatn, sans-serif" font-size="13" xmlns="http://www.w3.org/2000/svg">'
            '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>'
        )
        start = head.format(width=self.width, height=_short(height), name=name, title=title, told=told)
        return start + Markup("").join(self.parts) + Markup("</svg>")

    def _x(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def _add(self, markup: str, *values: object) -> None:
        self.parts.append(Markup(markup).format(*values))  # noqa: S704  (our own markup; what is put in is escaped)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
