"""A month's sessions beside the last one's: what stays, what moved, what is new, what is gone.

Dates never repeat, habits do: "Thursdays at 10, with Mira" is what people remember. So sessions are compared by who gives
them, weekday and hour.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One session of a month. ``who`` is the worker where an organisation looks, the organisation where residents do."""

    who: int
    day: date
    starts: time
    ends: time
    slot_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """Somebody at one hour of one weekday, with the sessions of the month then."""

    who: int
    weekday: int
    starts: time
    ends: time
    sessions: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A habit beside the same of last month (``was``): ``same``, ``moved``, ``new``; or ``gone``, and no longer there."""

    kind: str
    habit: Habit
    was: Habit | None = None


Key = tuple[int, time]
Habits = dict[Key, Habit]


def beside(before: Iterable[Given], present: Iterable[Given]) -> tuple[Change, ...]:
    """What changed between two months, everybody's habits in the order of the week; what is gone comes last."""
    was, now = _by_whom(before), _by_whom(present)
    changes = [change for who in was.keys() | now.keys() for change in _changes(was[who], now[who])]
    return tuple(sorted(changes, key=_in_order))


def _in_order(change: Change) -> tuple[bool, int, time, int]:
    return change.kind == "gone", change.habit.weekday, change.habit.starts, change.habit.who


def _by_whom(sessions: Iterable[Given]) -> Mapping[int, Habits]:
    gathered: dict[int, dict[Key, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for one in sessions:
        gathered[one.who][one.day.isoweekday(), one.starts].append(one)
    found: dict[int, Habits] = defaultdict(dict)
    for who, keys in gathered.items():
        found[who] = {key: _habit(who, key, group) for key, group in keys.items()}
    return found


def _habit(who: int, key: Key, sessions: Sequence[Given]) -> Habit:
    ordered = tuple(sorted(sessions, key=lambda one: one.day))
    return Habit(who=who, weekday=key[0], starts=key[1], ends=ordered[-1].ends, sessions=ordered)


def _changes(was: Habits, now: Habits) -> Iterator[Change]:
    """What stays in its hour is the same; of the rest, the first that went is the first that came, and so on."""
    for key in sorted(was.keys() & now.keys()):
        yield Change(kind="same", habit=now[key], was=was[key])
    gone, new = sorted(was.keys() - now.keys()), sorted(now.keys() - was.keys())
    for left, came in zip(gone, new, strict=False):
        yield Change(kind="moved", habit=now[came], was=was[left])
    yield from (Change(kind="new", habit=now[came]) for came in new[len(gone) :])
    yield from (Change(kind="gone", habit=was[left]) for left in gone[len(new) :])
