"""The tables of planning."""

from .demand import Demand
from .offers import Availability, Offer, OfferedPair, OfferedWorker
from .programmes import Programme
from .proposals import Proposal, Review
from .rounds import Round, Slot
from .sessions import LIVE, PlannedSession, SessionLanguage, SessionService
from .swaps import Swap, SwapLeg, WaitlistEntry
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
    "Review",
    "Round",
    "SessionLanguage",
    "SessionService",
    "Slot",
    "Swap",
    "SwapLeg",
    "WaitlistEntry",
    "Weighting",
]
