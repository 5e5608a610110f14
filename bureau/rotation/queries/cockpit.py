"""The manager's view of a round."""

from datetime import datetime

from bureau.rotation.domain.cockpit import Cockpit, Coverage
from bureau.rotation.domain.rounds import RoundInfo


def cockpit(round_: RoundInfo, *, now: datetime) -> Cockpit:
    """Phases with dates, answers, coverage, fairness, gaps, proposals."""
    raise NotImplementedError


def coverage_by_week(round_: RoundInfo) -> tuple[Coverage, ...]:
    """The coverage of each ISO week of the month, for the strip above the board."""
    raise NotImplementedError
