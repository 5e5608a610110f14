"""When the door is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bureau.rotation.domain.programme import PublishedBlock

Times = tuple[time, time]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The door at one instant: open ``until``, or closed until ``opens`` (None where nothing later is published)."""

    until: datetime | None
    opens: datetime | None


def opening_at(blocks: Iterable[PublishedBlock], now: datetime) -> Opening:
    """Whether the bureau is open at ``now``, until when, or from when; blocks that touch are one."""
    until = opens = None
    for block in sorted(blocks, key=lambda one: one.starts_at):
        if block.starts_at <= now < block.ends_at or block.starts_at == until:
            until = block.ends_at
        elif block.starts_at > now and opens is None:
            opens = block.starts_at
    return Opening(until=until, opens=None if until else opens)


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
