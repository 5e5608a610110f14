"""How it went: which sessions took place, which did not and why; planned against held."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.errors import Invalid
from bureau.kernel.localised import LocalisedText

from .board import SessionDetail
from .refusals import MonthClosed, ReasonNeeded, SessionNotOver, SessionOver
from .rounds import RoundInfo

BECAUSE = ("ill", "way", "closed", "mixup", "other")
"""Why a session did not take place: illness, the way there, a bureau that could not open, a mix-up, something else."""

EXCUSED = ("ill", "way", "closed")
"""What is nobody's fault: such a session is neither given nor owed."""


def is_held(state: str, ends_at: datetime, *, now: datetime) -> bool:
    """A booked session that is over took place, unless somebody says otherwise."""
    return state == "booked" and ends_at <= now


def ensure_may_say(state: str, ends_at: datetime, phase: str, *, now: datetime) -> None:
    """Whether a session took place is said once it is over, until its month is closed."""
    if phase == "closed":
        raise MonthClosed
    if state not in ("booked", "held", "missed"):
        raise SessionOver
    if ends_at > now:
        raise SessionNotOver


def ensure_because(because: str, words: str) -> None:
    """A reason of the list; "something else" is said in words."""
    if because not in BECAUSE:
        raise Invalid(field="because", reason="choice")
    if because == "other" and not words:
        raise ReasonNeeded(field="words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A session of the month as it is counted: whose, what it gave, and what became of it."""

    organisation: str
    services: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many sessions planned; of them held, not held, and still to come; and so many given back before."""

    planned: int = 0
    held: int = 0
    missed: int = 0
    ahead: int = 0
    given_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The tally of one organisation or one service."""

    code: str
    name: LocalisedText
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a month went. ``sessions`` are those that are over, of one organisation, the latest first."""

    round: RoundInfo
    total: Tally
    organisations: tuple[Line, ...]
    services: tuple[Line, ...]
    sessions: tuple[SessionDetail, ...]
    whose: LocalisedText | None


def tally(sessions: Iterable[Happened]) -> Tally:
    """Count what became of the sessions."""
    states = Counter(one.state for one in sessions)
    ahead = states["proposed"] + states["booked"]
    return Tally(
        planned=states["held"] + states["missed"] + ahead,
        held=states["held"],
        missed=states["missed"],
        ahead=ahead,
        given_back=states["released"],
    )
