"""The blocks of a month laid out as people see months: weeks of days, Monday first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta

from .rounds import Block

WeekOfBlocks = tuple[tuple[date, tuple[Block, ...]], ...]


def weeks_of(blocks: Iterable[Block], closed: Iterable[date] = ()) -> tuple[WeekOfBlocks, ...]:
    """Each week from the first block's to the last one's; every week has the same weekdays, those with any block.

    Monday to Friday are always there; a weekend day only where the bureau is ever open on it. Weeks with nothing but
    ``closed`` days count too, where these lie on such weekdays.
    """
    by_day: dict[date, list[Block]] = defaultdict(list)
    for block in sorted(blocks):
        by_day[block.day].append(block)
    if not by_day:
        return ()
    weekdays = sorted({*range(5), *(day.weekday() for day in by_day)})
    days = {*by_day, *(day for day in closed if day.weekday() in weekdays)}
    monday = min(days) - timedelta(days=min(days).weekday())
    mondays = [monday + timedelta(weeks=week) for week in range((max(days) - monday).days // 7 + 1)]
    return tuple(tuple(_day(start + timedelta(days=weekday), by_day) for weekday in weekdays) for start in mondays)


def _day(day: date, by_day: dict[date, list[Block]]) -> tuple[date, tuple[Block, ...]]:
    return day, tuple(by_day.get(day, ()))


def weekdays_of(blocks: Iterable[Block]) -> tuple[date, ...]:
    """A day of each weekday on which the bureau is ever open in the month, Monday first."""
    return tuple(sorted({block.day.weekday(): block.day for block in blocks}.values(), key=date.weekday))


def hours_of(blocks: Iterable[Block]) -> tuple[tuple[time, time], ...]:
    """The distinct hours of the month's blocks, in order."""
    return tuple(sorted({(block.starts, block.ends) for block in blocks}))
