"""When the door is open."""

from collections.abc import Iterable
from datetime import date, time

from bureau.rotation.domain.programme import PublishedBlock

Times = tuple[time, time]


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
