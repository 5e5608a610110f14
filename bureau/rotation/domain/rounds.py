"""A month's planning round: its phases, their order and their deadlines; its blocks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bureau.kernel.localised import LocalisedText
from bureau.kernel.localtime import instant
from bureau.kernel.month import Month

from .refusals import DeadlinesOutOfOrder, WrongPhase

PHASES = ("preparing", "declaring", "proposing", "reviewing", "published", "closed")
BOOKABLE = frozenset({"proposing", "reviewing", "published"})
"""Phases in which slots are booked and released by hand."""

DECLARING_DAY, REVIEWING_DAY, HOUR = 11, 18, time(18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """When declaring, proposing and reviewing end."""

    declaring_until: datetime
    proposing_until: datetime
    reviewing_until: datetime

    def of(self, phase: str) -> datetime | None:
        """The end of ``phase``; None where the phase has none."""
        return {
            "declaring": self.declaring_until,
            "proposing": self.proposing_until,
            "reviewing": self.reviewing_until,
        }.get(phase)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInfo:
    """A round as pages show it. ``bureau`` is the bureau's code."""

    id: int
    bureau_id: int
    bureau: str
    bureau_name: LocalisedText
    timezone: str
    month: Month
    phase: str
    deadlines: Deadlines
    advances_itself: bool
    version: int

    @property
    def deadline(self) -> datetime | None:
        """The end of the phase the round is in."""
        return self.deadlines.of(self.phase)

    @property
    def bookable(self) -> bool:
        """Whether slots are booked and released by hand now."""
        return self.phase in BOOKABLE


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Block:
    """A stretch of one day in which the bureau is open, on the wall clock and as instants."""

    day: date
    starts: time
    ends: time
    starts_at: datetime
    ends_at: datetime

    @property
    def key(self) -> tuple[date, time]:
        """What names a block within its round."""
        return self.day, self.starts

    @property
    def code(self) -> str:
        """The key in a form field or a file: ``2026-12-09T10:00``."""
        return f"{self.day.isoformat()}T{self.starts:%H:%M}"


def propose_deadlines(month: Month, *, timezone: str, now: datetime) -> Deadlines:
    """Declaring until the 11th of the month before at 18:00, proposing 3 days more, reviewing until the 18th.

    Where one of these is past, all are counted from ``now``: 7, 10 and 14 days.
    """
    before = month.shifted(-1)
    declaring = instant(date(before.year, before.number, DECLARING_DAY), HOUR, timezone)
    if declaring <= now:
        return Deadlines(
            declaring_until=now + timedelta(days=7),
            proposing_until=now + timedelta(days=10),
            reviewing_until=now + timedelta(days=14),
        )
    proposing = instant(date(before.year, before.number, DECLARING_DAY + 3), HOUR, timezone)
    reviewing = instant(date(before.year, before.number, REVIEWING_DAY), HOUR, timezone)
    return Deadlines(declaring_until=declaring, proposing_until=proposing, reviewing_until=reviewing)


def check_deadlines(deadlines: Deadlines) -> None:
    """Refuse deadlines that are not in the order of the phases."""
    if not deadlines.declaring_until <= deadlines.proposing_until <= deadlines.reviewing_until:
        raise DeadlinesOutOfOrder(field="proposing_until")


def phases_open_from(phase: str) -> tuple[str, ...]:
    """The phases that a round may go to from ``phase``: one on, or back to any until it is published."""
    place = PHASES.index(phase)
    onward = PHASES[place + 1 : place + 2]
    back = PHASES[:place] if place < PHASES.index("published") else ()
    return (*back, *onward)


def check_phase_change(was: str, wanted: str) -> None:
    """Refuse a phase that cannot follow; ``published`` is reached by publishing only."""
    if wanted not in phases_open_from(was) or wanted == "published":
        raise WrongPhase(phase=was)


def phase_after_deadline(phase: str, deadlines: Deadlines, *, now: datetime) -> str | None:
    """The phase that follows by itself when the time of ``phase`` is over; reviewing waits for the manager."""
    until = deadlines.of(phase)
    if until is None or now < until or phase == "reviewing":
        return None
    return PHASES[PHASES.index(phase) + 1]


def reminder_due(phase: str, deadlines: Deadlines, *, today: date, timezone: str, now: datetime) -> str | None:
    """Which reminder is due before declaring ends: ``1-day``, else ``3-days``, else none."""
    until = deadlines.declaring_until
    if phase != "declaring" or now >= until:
        return None
    days = (until.astimezone(ZoneInfo(timezone)).date() - today).days
    return "1-day" if days <= 1 else "3-days" if days <= 3 else None
