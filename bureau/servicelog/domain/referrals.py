"""Sending somebody on: what a referral may say, which states it passes through, and who may do what. No person in it."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, ClassVar

from bureau.kernel.errors import Invalid, Refused
from bureau.kernel.localised import LocalisedText

from .bands import REFERRAL_ENDS

KEPT_OPEN = timedelta(days=90)
"""So long after its date (or after it was given, where it has none) a referral waits; then it is closed by itself."""
Moment = time
OUTSIDE = "outside"
"""What a referral that leaves the bureau leads to, in forms and tables."""
REACHES_AHEAD = timedelta(days=400)


class CodeUnknown(Refused):
    """The code is written well, and no slip of this bureau has it."""

    code: ClassVar[str] = "referral_code_unknown"


class ForAnother(Refused):
    """The slip is for another organisation of the bureau; ``organisation`` is its name."""

    code: ClassVar[str] = "referral_for_another"


class ArrivedAlready(Refused):
    """Somebody marked it a moment before; ``by`` is their name and ``at`` the instant, where that is known."""

    code: ClassVar[str] = "referral_arrived_already"


class ReferralClosed(Refused):
    """It was closed meanwhile."""

    code: ClassVar[str] = "referral_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where somebody is sent: an organisation of the bureau (its code) or a place outside it, for what, and when."""

    organisation: str | None = None
    place: str = ""
    service: str | None = None
    language: str
    day: date | None = None
    time: Moment | None = None


def ensure_onward(onward: Onward, services: Container[str], languages: Container[str], *, today: date) -> None:
    """Refuse (Invalid, naming the field) what leads nowhere."""
    if (onward.organisation is None) == (not onward.place):
        raise Invalid(field="place", reason="required")
    if onward.service is not None and onward.service not in services:
        raise Invalid(field="service", reason="unknown", value=onward.service)
    if onward.language not in languages:
        raise Invalid(field="language", reason="unknown", value=onward.language)
    if onward.time is not None and onward.day is None:
        raise Invalid(field="day", reason="required")
    if onward.day is not None and not today <= onward.day <= today + REACHES_AHEAD:
        raise Invalid(field="day", reason="day_ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation at one end of a referral."""

    id: int
    code: str
    name: LocalisedText


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSeen:
    """A referral as those at its two ends see it; ``to`` is None where it leads outside, to ``place``."""

    id: int
    code: str
    giver: Party
    to: Party | None
    place: str
    service: LocalisedText | None
    service_code: str | None
    language: Any
    next_day: date | None
    next_time: time | None
    state: str
    given_on: date
    arrived_on: date | None
    closed_on: date | None
    closed_for: str | None

    @property
    def receiver(self) -> Party:
        """Who says that somebody arrived: the organisation it leads to; outside, whoever gave it hears of it."""
        return self.to or self.giver

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nobody arrived."""
        return self.state == "given" and self.next_day is not None and self.next_day < today

    @property
    def ends(self) -> tuple[str, ...]:
        """For what it may be closed now."""
        return REFERRAL_ENDS if self.state == "given" else REFERRAL_ENDS[:2] if self.state == "arrived" else ()


Covers = Callable[[int], bool]
"""Whether somebody acts for the organisation of that number."""


def may_mark(covers: Covers, giver: int, to: int | None) -> bool:
    """Whether they say that somebody arrived: the organisation it leads to; outside, whoever gave it."""
    return covers(giver if to is None else to)


def may_close(covers: Covers, giver: int, to: int | None) -> bool:
    """Whether they close it: either end may."""
    return covers(giver) or (to is not None and covers(to))


def ensure_can_arrive(state: str, arrived_on: date | None) -> None:
    """Somebody arrives once; also after it was closed because nobody came."""
    if state == "arrived":
        raise ArrivedAlready
    if state == "closed" and arrived_on is not None:
        raise ReferralClosed


def ensure_open(state: str) -> None:
    """What is closed is closed by one."""
    if state == "closed":
        raise ReferralClosed


def ensure_end(reason: str, state: str) -> None:
    """Why it is closed, of the list; who has arrived did not stay away."""
    allowed = REFERRAL_ENDS if state == "given" else REFERRAL_ENDS[:2]
    if reason not in allowed:
        raise Invalid(field="reason", reason="choice", value=reason)


def reopened(arrived_on: date | None) -> str:
    """The state that a closed one goes back to."""
    return "given" if arrived_on is None else "arrived"
