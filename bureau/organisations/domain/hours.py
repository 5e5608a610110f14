"""When the bureau is open: weekly blocks, closed days, and the blocks of a month that come of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations
from typing import ClassVar, Protocol

from bureau.kernel.errors import Refused
from bureau.kernel.localtime import instant, is_real
from bureau.kernel.month import Month


class EndsBeforeStart(Refused):
    """A block must end after it starts."""

    code: ClassVar[str] = "ends_before_start"


class HoursOverlap(Refused):
    """Two blocks of one weekday overlap while both are valid."""

    code: ClassVar[str] = "hours_overlap"


class UntilBeforeFrom(Refused):
    """Something is valid until a day before its first."""

    code: ClassVar[str] = "until_before_from"


class Weekly(Protocol):
    """One block of one weekday (1 is Monday), valid from a day until another or until further notice."""

    @property
    def weekday(self) -> int: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyBlock:
    """A weekly block as plain data."""

    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Block:
    """One block of one day: its wall-clock times, and the instants (UTC) they are in the bureau's timezone."""

    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime


def ensure_ordered(starts: time, ends: time, *, field: str = "ends") -> None:
    """A block ends after it starts."""
    if ends <= starts:
        raise EndsBeforeStart(field=field, starts=starts, ends=ends)


def ensure_term(first: date, last: date | None, *, field: str = "valid_until") -> None:
    """A term ends on or after its first day, or is open."""
    if last is not None and last < first:
        raise UntilBeforeFrom(field=field, first=first, last=last)


def ensure_week(blocks: Iterable[Weekly]) -> None:
    """Every block ends after it starts, and no two blocks of a weekday overlap while both are valid."""
    every = sorted(blocks, key=lambda block: (block.weekday, block.starts, block.valid_from))
    for block in every:
        ensure_ordered(block.starts, block.ends)
        ensure_term(block.valid_from, block.valid_until)
    for one, other in combinations(every, 2):
        if _collide(one, other):
            raise HoursOverlap(
                field="hours", weekday=one.weekday, starts=one.starts, ends=one.ends,
                other_starts=other.starts, other_ends=other.ends,
            )  # fmt: skip


def blocks_of(month: Month, hours: Iterable[Weekly], closures: Collection[date], timezone: str) -> list[Block]:
    """The blocks of ``month`` in order, without closed days (``closures``) and without times that do not exist.

    Where clocks go forward, a block that starts or ends in the lost hour is left out; ``lost_blocks`` names those.
    """
    return sorted(
        Block(
            day=day, starts=block.starts, ends=block.ends,
            starts_at=instant(day, block.starts, timezone), ends_at=instant(day, block.ends, timezone),
        )
        for day, block in _meant(month, hours, closures)
        if _happens(day, block, timezone)
    )  # fmt: skip


def lost_blocks(
    month: Month, hours: Iterable[Weekly], closures: Collection[date], timezone: str
) -> list[tuple[date, time, time]]:
    """Day, start and end of the blocks that ``blocks_of`` leaves out, since clocks jump over one of their ends."""
    return sorted(
        (day, block.starts, block.ends)
        for day, block in _meant(month, hours, closures)
        if not _happens(day, block, timezone)
    )


def _meant(month: Month, hours: Iterable[Weekly], closures: Collection[date]) -> Iterator[tuple[date, Weekly]]:
    weekly = tuple(hours)
    for day in month.days():
        if day not in closures:
            yield from ((day, block) for block in weekly if _valid(block, day))


def _valid(block: Weekly, day: date) -> bool:
    inside = block.valid_from <= day and (block.valid_until is None or day <= block.valid_until)
    return inside and block.weekday == day.isoweekday()


def _happens(day: date, block: Weekly, timezone: str) -> bool:
    if not (is_real(day, block.starts, timezone) and is_real(day, block.ends, timezone)):
        return False
    return instant(day, block.ends, timezone) > instant(day, block.starts, timezone)


def _collide(one: Weekly, other: Weekly) -> bool:
    if one.weekday != other.weekday or one.ends <= other.starts or other.ends <= one.starts:
        return False
    last, other_last = one.valid_until or date.max, other.valid_until or date.max
    return one.valid_from <= other_last and other.valid_from <= last
