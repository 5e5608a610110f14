"""What a partner usually gives in a month: the start of its next offer.

As kept in ``Partnership.usual`` (JSON; a part that is missing takes the default of the dataclass)::

    {"promised": 9, "minimum": 6,                  sessions a month
     "max_per_day": 1, "max_per_week": 2, "max_per_month": 11, "max_at_once": 1,
     "pattern": [{"worker": "L1", "weekday": 3, "starts": "10:00", "ends": "12:00",
                  "level": "preferred", "weeks": [1, 3]}]}

A ``pattern`` entry is a weekly window of one worker; it holds every block inside it. ``weeks`` counts the weekday's
turns in the month (1 is its first Wednesday); left out, it is every week. Where several windows hold a block, the
most wished one counts (preferred, possible, undesired); where none does, the worker cannot come.
What a service needs of a room comes from the service (``catalogue.domain.needs_of``), not from here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, ClassVar

from bureau.kernel.errors import Invalid, Refused

from .hours import ensure_ordered

LEVELS = ("preferred", "possible", "undesired")
_NUMBERS = ("promised", "minimum", "max_per_day", "max_per_week", "max_per_month", "max_at_once")


class MinimumAbovePromise(Refused):
    """An organisation cannot want more sessions at least than it promises at most."""

    code: ClassVar[str] = "minimum_above_promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualHours:
    """A weekly window in which a worker can come."""

    worker: str
    weekday: int
    starts: time
    ends: time
    level: str = "possible"
    weeks: tuple[int, ...] = ()

    def holds(self, day: date, starts: time, ends: time) -> bool:
        """Whether a block of that day lies inside this window."""
        turn = (day.day - 1) // 7 + 1
        in_week = day.isoweekday() == self.weekday and (not self.weeks or turn in self.weeks)
        return in_week and self.starts <= starts and ends <= self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a partner usually promises, its limits, and when its workers can come."""

    promised: int = 0
    minimum: int = 0
    max_per_day: int = 2
    max_per_week: int = 5
    max_per_month: int = 20
    max_at_once: int = 1
    pattern: tuple[UsualHours, ...] = ()

    def level_at(self, worker: str, day: date, starts: time, ends: time) -> str | None:
        """How the worker likes a block: the most wished level of the windows that hold it, None where none does."""
        found = {item.level for item in self.pattern if item.worker == worker and item.holds(day, starts, ends)}
        return next((level for level in LEVELS if level in found), None)

    def as_json(self) -> dict[str, Any]:
        """As kept in the database and in a bureau's document."""
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        return {**numbers, "pattern": [_window_as_json(item) for item in self.pattern]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Usual":
        """From the database or a document; refuses numbers, levels and times that cannot be."""
        numbers = {name: _number(data, name) for name in _NUMBERS if name in data}
        usual = cls(**numbers, pattern=tuple(_window(item) for item in data.get("pattern", ())))
        ensure_usual(usual)
        return usual


def ensure_usual(usual: Usual) -> None:
    """The minimum lies within the promise; every limit lets somebody come."""
    if usual.minimum > usual.promised:
        raise MinimumAbovePromise(field="minimum", minimum=usual.minimum, promised=usual.promised)
    for name in _NUMBERS[2:]:
        if getattr(usual, name) < 1:
            raise Invalid(field=name, reason="number", low=1, high=999)


def workers_named(pattern: Iterable[UsualHours]) -> set[str]:
    """The labels that a pattern speaks of."""
    return {item.worker for item in pattern}


def _number(data: Mapping[str, Any], name: str) -> int:
    value = data[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 999:
        raise Invalid(field=name, reason="number", low=0, high=999)
    return value


def _window(item: Mapping[str, Any]) -> UsualHours:
    window = UsualHours(
        worker=str(item["worker"]), weekday=item["weekday"], level=item.get("level", "possible"),
        starts=time.fromisoformat(item["starts"]), ends=time.fromisoformat(item["ends"]),
        weeks=tuple(item.get("weeks", ())),
    )  # fmt: skip
    if window.level not in LEVELS or window.weekday not in range(1, 8) or not set(window.weeks) <= set(range(1, 6)):
        raise Invalid(field="pattern", reason="choice")
    ensure_ordered(window.starts, window.ends, field="pattern")
    return window


def _window_as_json(item: UsualHours) -> dict[str, Any]:
    times = {"starts": f"{item.starts:%H:%M}", "ends": f"{item.ends:%H:%M}"}
    data = {**asdict(item), **times, "weeks": list(item.weeks)}
    if not item.weeks:
        del data["weeks"]
    return data
