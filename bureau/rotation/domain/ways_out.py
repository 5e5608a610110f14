"""What would make an impossible month possible."""

from dataclasses import dataclass
from datetime import date, datetime

from .board import Seat
from .cockpit import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One change on the way to a possible month: of a rule of the bureau where it names nothing else.

    ``change`` is the solver's word for it, ``limit`` whose number goes from ``before`` to ``after``, ``who`` an
    organisation's code or what the solver calls a worker, ``wish`` what is asked for (with nobody there yet).
    """

    change: str
    limit: str | None = None
    before: int = 0
    after: int = 0
    who: str | None = None
    wish: Gap | None = None
    starts: datetime | None = None
    day: date | None = None
    seat: Seat | None = None
