"""When the door is open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bureau.kernel.localtime import instant
from bureau.rotation.domain.programme import PublishedBlock

Times = tuple[time, time]
MIDNIGHT = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """From ``since`` to ``until``, in seconds since 1970, the door is as ``state`` says, and that ends at ``at``.

    ``opens``: not open yet today; ``open``; ``break``: it opens again today; ``over``: closed for the rest of the day.
    """

    state: str
    since: int
    until: int
    at: time


def hours_on(blocks: Iterable[PublishedBlock], day: date) -> tuple[Times, ...]:
    """From when to when the bureau is open on ``day``."""
    return merged((block.starts, block.ends) for block in blocks if block.day == day)


def merged(times: Iterable[Times]) -> tuple[Times, ...]:
    """The times in order; those that touch or overlap are one stretch."""
    stretches: list[Times] = []
    for starts, ends in sorted(times):
        if stretches and starts <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(ends, stretches[-1][1]))
        else:
            stretches.append((starts, ends))
    return tuple(stretches)


def next_open_day(blocks: Iterable[PublishedBlock], today: date) -> date | None:
    """The first day after ``today`` on which the bureau opens."""
    return min((block.day for block in blocks if block.day > today), default=None)


def door_through(day: date, hours: Sequence[Times], timezone: str) -> tuple[Door, ...]:
    """How the door is through a day with these ``hours``, from midnight to midnight without a hole; none on a closed day."""
    return tuple(_stretches(day, hours, timezone)) if hours else ()


def _stretches(day: date, hours: Sequence[Times], timezone: str) -> Iterator[Door]:
    def second(wall: time) -> int:
        return int(instant(day, wall, timezone).timestamp())

    since, waiting = second(MIDNIGHT), "opens"
    for starts, ends in hours:
        yield Door(state=waiting, since=since, until=second(starts), at=starts)
        yield Door(state="open", since=second(starts), until=second(ends), at=ends)
        since, waiting = second(ends), "break"
    tomorrow = int(instant(day + timedelta(days=1), MIDNIGHT, timezone).timestamp())
    yield Door(state="over", since=since, until=tomorrow, at=MIDNIGHT)
