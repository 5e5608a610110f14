"""Preparing a report in the background, and where the report of a month stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bureau.kernel.errors import Refused
from bureau.kernel.month import Month

PREPARATIONS = ("running", "ready", "unsafe", "failed")
MOST_ATTEMPTS = 3
"""So many processes are tried on one preparation: figures on which it dies each time would be tried for ever."""
REMINDER_DAY, REMINDER_HOUR = 3, 8
"""Managers are reminded of last month's report on this day of the month, from this hour of the bureau on."""


class ReportBeingPrepared(Refused):
    """A report of this bureau is being prepared already."""

    code = "report_being_prepared"


class ReportNotPrepared(Refused):
    """The figures of this month are not protected and attacked yet."""

    code = "report_not_prepared"


class ReportChanged(Refused):
    """What the report is made from has changed since it was prepared, or since somebody looked at it."""

    code = "report_changed"


class ReportNotReady(Refused):
    """Something on the list is still to be done, so that it is not published by itself."""

    code = "report_not_ready"


class ReportTimeOver(Refused):
    """The moment at which it was to be published is over."""

    code = "report_time_over"


class NoteMissing(Refused):
    """A report is taken back with a word to the public of why."""

    code = "report_note_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKind:
    """What kind of thing an attack found, and how often."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """How far it is, or what came of it; no number of the report."""

    id: int
    month: str
    state: Literal["running", "ready", "unsafe", "failed"]
    attempt: int
    done: int
    total: int
    started_at: datetime
    finished_at: datetime | None
    interrupted: bool = False
    stale: bool = False
    found: tuple[FoundKind, ...] = ()
    unproven: int = 0

    @property
    def percent(self) -> int:
        """How much of the attack is done; never all while it runs."""
        return min(99, 100 * self.done // self.total) if self.total else 0


State = Literal[
    "open",
    "over",
    "closed",
    "preparing",
    "unsafe",
    "failed",
    "changed",
    "prepared",
    "scheduled",
    "published",
    "withdrawn",
]
Step = Literal["wait", "close", "before", "prepare", "watch", "words", "publish", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the report of a month stands.

    ``unsigned``: organisations that have not said that their month is complete; once the log is closed, none can.
    ``strange``: whether its words tell numbers that it does not show.
    """

    month: Month
    over: bool
    closed: bool = False
    unsigned: int = 0
    missing_words: tuple[str, ...] = ()
    strange: bool = False
    months_before: tuple[Month, ...] = ()
    preparation: Preparation | None = None
    publish_at: datetime | None = None
    published_on: date | None = None
    withdrawn: bool = False

    @property
    def state(self) -> State:
        """In one word."""
        if self.withdrawn:
            return "withdrawn"
        if self.published_on is not None:
            return "published"
        if not self.closed:
            return "over" if self.over else "open"
        return self._of_preparation()

    def _of_preparation(self) -> State:
        if self.preparation is None:
            return "closed"
        if self.preparation.state == "running":
            return "preparing"
        if self.preparation.state != "ready":
            return self.preparation.state
        if self.preparation.stale:
            return "changed"
        return "prepared" if self.publish_at is None else "scheduled"

    @property
    def green(self) -> bool:
        """Whether everything on the list is done, so that nobody needs to look before it is published."""
        return self.state in ("prepared", "scheduled") and not (
            self.missing_words or self.strange or self.months_before
        )

    @property
    def step(self) -> Step:
        """The one thing to do next."""
        if self.state in ("published", "withdrawn"):
            return "read"
        if not self.closed:
            return "close" if self.over else "wait"
        if self.months_before:
            return "before"
        return self._of_prepared()

    def _of_prepared(self) -> Step:
        if self.state == "preparing":
            return "watch"
        if self.state not in ("prepared", "scheduled"):
            return "prepare"
        return "words" if self.missing_words or self.strange else "publish"


def is_time_to_remind(today: date, hour: int) -> bool:
    """Whether managers are reminded of the month before, on that day and at that hour of the bureau's."""
    return (today.day, hour) >= (REMINDER_DAY, REMINDER_HOUR)


def next_to_do(standings: Sequence[Standing]) -> Standing | None:
    """Of all months, the newest first, the one whose report is to be seen to now: the earliest that waits for somebody."""
    waiting = [one for one in standings if one.step not in ("read", "wait")]
    return waiting[-1] if waiting else None
