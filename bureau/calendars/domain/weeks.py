"""A month laid out as weeks, Monday first: what a page draws as an agenda or a grid."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bureau.kernel.month import Month
from bureau.rotation.domain.programme import ProgrammeDocument, PublishedBlock, PublishedClosure, PublishedSession

from .opening import Times
from .selection import Sessions

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time of a day with its sessions, and those that were published for it and have moved away.

    ``open`` says whether the bureau is open then.
    """

    starts: time
    ends: time
    open: bool
    sessions: Sessions
    left: Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day with one stretch for each time of its week, so that a grid's rows agree."""

    date: date
    past: bool
    today: bool
    closure: PublishedClosure | None
    stretches: tuple[Stretch, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is published for it."""
        return not any(stretch.sessions or stretch.left for stretch in self.stretches)

    @property
    def open(self) -> bool:
        """Whether the bureau opens at all."""
        return any(stretch.open for stretch in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The days of one week that lie in the month, and are working days or have something."""

    days: tuple[Day, ...]
    times: tuple[Times, ...]

    @property
    def past(self) -> bool:
        """Whether all of it is over."""
        return all(day.past for day in self.days)

    @property
    def columns(self) -> int:
        """How many columns a grid of this week needs: five, or more where something happens at the weekend."""
        return max(WORKING_DAYS, *(day.date.isoweekday() for day in self.days))


def weeks_of(document: ProgrammeDocument, today: date) -> tuple[Week, ...]:
    """The weeks of the month, Monday first."""
    mondays = sorted({day - timedelta(days=day.weekday()) for day in document.month.days()})
    weeks = (_week(document, monday, today) for monday in mondays)
    return tuple(week for week in weeks if week.days)


def weeks_ahead(document: ProgrammeDocument, sessions: Sessions, today: date) -> tuple[Week, ...]:
    """The weeks of the month that are not over and hold any of these ``sessions``, with the times of these only."""
    uids = {session.uid for session in sessions}
    chosen = tuple(session for session in document.sessions if session.uid in uids)
    used = {*((one.starts, one.ends) for one in chosen), *_left_times(document, chosen)}
    blocks = tuple(block for block in document.blocks if (block.starts, block.ends) in used)
    weeks = weeks_of(replace(document, sessions=chosen, blocks=blocks), today)
    return tuple(week for week in weeks if not week.past and not all(day.empty for day in week.days))


def _left_times(document: ProgrammeDocument, sessions: Sessions) -> set[Times]:
    left = {(one.was_day, one.was_starts) for one in sessions if one.was_day}
    return {(block.starts, block.ends) for block in document.blocks if (block.day, block.starts) in left}


def _week(document: ProgrammeDocument, monday: date, today: date) -> Week:
    things: tuple[PublishedBlock | PublishedSession, ...] = (*document.blocks, *document.sessions)
    busy = {thing.day for thing in things}
    days = [monday + timedelta(days=offset) for offset in range(7)]
    shown = [d for d in days if Month.of(d) == document.month and (d.weekday() < WORKING_DAYS or d in busy)]
    times = tuple(sorted({(thing.starts, thing.ends) for thing in things if thing.day in shown}))
    return Week(days=tuple(_day(document, day, times, today) for day in shown), times=times)


def _day(document: ProgrammeDocument, day: date, times: tuple[Times, ...], today: date) -> Day:
    open_at = {(block.starts, block.ends) for block in document.blocks if block.day == day}
    sessions = [session for session in document.sessions if session.day == day]
    left = [one for one in document.sessions if one.change == "moved" and one.was_day == day]
    return Day(
        date=day,
        past=day < today,
        today=day == today,
        closure=next((closure for closure in document.closures if closure.day == day), None),
        stretches=tuple(
            Stretch(
                starts=starts,
                ends=ends,
                open=(starts, ends) in open_at,
                sessions=tuple(one for one in sessions if (one.starts, one.ends) == (starts, ends)),
                left=tuple(one for one in left if one.was_starts == starts and (one.day, one.starts) != (day, starts)),
            )
            for starts, ends in times
        ),
    )
