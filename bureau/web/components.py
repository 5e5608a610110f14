"""Every component of the templates on one page, in both directions of writing; for developers only."""

from dataclasses import dataclass
from datetime import date, time

from flask import Flask, render_template

from .guard import EVERYONE, may_come
from .languages import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCell:
    """A number of sessions against a wish, as coverage shows it."""

    have: int
    target: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTime:
    """A day and hours."""

    day: date
    starts: time
    ends: time


CELLS = (
    SampleCell(have=6, target=6, state="covered"),
    SampleCell(have=2, target=4, state="thin"),
    SampleCell(have=0, target=2, state="missing"),
    SampleCell(have=0, target=0, state="unasked"),
)
TIME = SampleTime(day=date(2026, 12, 9), starts=time(10), ends=time(12))
SHARES = (
    {"name": "Open Gate", "given": 9, "promised": 9, "mine": True},
    {"name": "Scales and Voices", "given": 8, "promised": 9, "mine": False},
)
SIDES = (("en", "ltr"), ("ar", "rtl"))


@may_come(EVERYONE)
def components() -> str:
    """The page."""
    return render_template(
        "dev/components.html", sides=SIDES, cells=CELLS, one_time=TIME, shares=SHARES, spoken=tuple(LANGUAGES.values())
    )


def install(app: Flask) -> None:
    """Serve it while the application is being developed."""
    if app.debug:
        app.add_url_rule("/_components", "components", components)
