"""What the solver is told of a round, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bureau.kernel.localised import LocalisedText

from .board import Seat
from .offers import DeclaredOffer, OrganisationInfo, WorkerChoice
from .rounds import Block, RoundInfo
from .weights import USUAL, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A standing wish of the bureau: so many of a service, a language, the pair or anybody per ``per``."""

    id: int
    per: str
    service: str | None
    language: str | None
    minimum: int
    target: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A live session of the round. ``fixed`` ones the solver may not touch."""

    worker_id: int
    organisation: str
    block: Block
    seat: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An organisation's offer. ``balance``: sessions it gave above (+) or below (−) its shares in past months."""

    organisation: OrganisationInfo
    offer: DeclaredOffer
    workers: Mapping[int, WorkerChoice]
    balance: int = 0
    boundary_load: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """All that the solver is told of a round. ``previous`` holds worker, weekday and start of last month's sessions."""

    round: RoundInfo
    blocks: tuple[Block, ...]
    seats: tuple[Seat, ...]
    closed: frozenset[tuple[date, time, str]]
    closures: Mapping[date, LocalisedText]
    answers: tuple[Answered, ...]
    wanted: tuple[Wanted, ...]
    held: tuple[Held, ...]
    previous: frozenset[tuple[int, int, time]]
    now: datetime
    in_force: bool = False
    """Whether a plan was taken: then only what broke since, and what new wishes touch, is planned again."""
    lost: tuple[Held, ...] = ()
    """Sessions of the plan in force that were given back or cancelled since, and that nobody has taken over."""
    given_back: frozenset[tuple[int, str]] = frozenset()
    """Workers and the codes of blocks in which they gave a session back: nobody is planned again where they said no."""
    weights: Weights = field(default_factory=lambda: USUAL)


def team_id(worker_id: int) -> str:
    """How a worker is called in the document."""
    return f"w{worker_id}"


def worker_of(team: str) -> int:
    """Whom a team of the document is."""
    return int(team[1:])


def iso_week(day: date) -> str:
    """The ISO week of a day, written ``2026-W50``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
