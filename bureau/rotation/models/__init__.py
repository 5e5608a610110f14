"""The tables of planning."""

from .demand import Demand
from .offers import Availability, Offer, OfferedPair, OfferedWorker
from .programmes import Programme
from .proposals import Proposal
from .rounds import Round, Slot
from .series import Series, SeriesException, SeriesLanguage, SeriesService
from .sessions import LIVE, PlannedSession, SessionLanguage, SessionService
from .weighting import Weighting

__all__ = [
    "LIVE",
    "Availability",
    "Demand",
    "Offer",
    "OfferedPair",
    "OfferedWorker",
    "PlannedSession",
    "Programme",
    "Proposal",
    "Round",
    "Series",
    "SeriesException",
    "SeriesLanguage",
    "SeriesService",
    "SessionLanguage",
    "SessionService",
    "Slot",
    "Weighting",
]
