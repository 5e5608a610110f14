"""What comes again every week of a month, so that a sheet of paper can say it in one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bureau.rotation.domain.programme import ProgrammeDocument, PublishedSession

from .opening import Times, hours_on, merged

OFTEN = 3
"""From how many days on hours are said with the one day on which they are missing, rather than with those they are on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """Hours of a weekday. ``only`` or ``except_on`` name days where not every open day of that weekday has them."""

    hours: tuple[Times, ...]
    only: tuple[date, ...] = ()
    except_on: tuple[date, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether they are the same every week."""
        return not self.only and not self.except_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """When the bureau opens on a weekday of the month, and on which of its days otherwise."""

    weekday: int
    hours: tuple[Times, ...]
    days: tuple[date, ...]
    otherwise: tuple[tuple[date, tuple[Times, ...]], ...] = ()


def usual_hours(document: ProgrammeDocument) -> tuple[Usual, ...]:
    """The opening hours of each weekday on which the bureau opens or something takes place, Monday first."""
    busy = {one.day for one in document.sessions if not one.cancelled}
    by_weekday: dict[int, list[date]] = defaultdict(list)
    for day in sorted(busy | {block.day for block in document.blocks}):
        by_weekday[day.isoweekday()].append(day)
    return tuple(_usual(document, weekday, tuple(days)) for weekday, days in sorted(by_weekday.items()))


def recurring(sessions: Iterable[PublishedSession], usual: Usual) -> tuple[Recurring, ...]:
    """When ``sessions`` are on that weekday, the hours that are on the same days together."""
    days: dict[Times, set[date]] = defaultdict(set)
    for one in sessions:
        if one.day.isoweekday() == usual.weekday and not one.cancelled:
            days[one.starts, one.ends].add(one.day)
    together: dict[tuple[date, ...], list[Times]] = defaultdict(list)
    for times, on in days.items():
        together[tuple(sorted(on))].append(times)
    found = (_recurring(tuple(times), on, usual.days) for on, times in together.items())
    return tuple(sorted(found, key=lambda one: (one.hours, one.only)))


def in_short(found: Iterable[Recurring]) -> tuple[tuple[Times, bool], ...]:
    """The hours alone, in order, with whether they are the same every week."""
    kept = tuple(found)
    by_kind = {kind: merged(times for one in kept if one.sure is kind for times in one.hours) for kind in (True, False)}
    return tuple(sorted((times, kind) for kind, hours in by_kind.items() for times in hours))


def _recurring(times: tuple[Times, ...], on: tuple[date, ...], open_days: tuple[date, ...]) -> Recurring:
    missing = tuple(day for day in open_days if day not in on)
    often = len(on) >= OFTEN and len(missing) == 1
    return Recurring(hours=merged(times), only=on if missing and not often else (), except_on=missing if often else ())


def _usual(document: ProgrammeDocument, weekday: int, days: tuple[date, ...]) -> Usual:
    by_day = {day: hours_on(document.blocks, day) for day in days}
    most, _ = Counter(by_day.values()).most_common(1)[0]
    otherwise = tuple((day, hours) for day, hours in by_day.items() if hours != most)
    return Usual(weekday=weekday, hours=most, days=days, otherwise=otherwise)
