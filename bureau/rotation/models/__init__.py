"""The tables of planning."""

from .days import CancelledDay
from .demand import Demand, DemandSource
from .offers import Availability, Offer, OfferDraft, OfferedPair, OfferedWorker
from .programmes import Programme
from .proposals import Proposal
from .rounds import Round, Slot
from .series import Series, SeriesException, SeriesLanguage, SeriesService
from .sessions import LIVE, PlannedSession, SessionLanguage, SessionService, is_live
from .weighting import Weighting

__all__ = [
    "LIVE",
    "Availability",
    "CancelledDay",
    "Demand",
    "DemandSource",
    "Offer",
    "OfferDraft",
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
    "is_live",
]
