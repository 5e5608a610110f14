"""What was declared."""

from bureau.kernel.database import Scope
from bureau.rotation.domain.cockpit import Answer
from bureau.rotation.domain.offers import DeclaredOffer, OfferPage
from bureau.rotation.domain.rounds import RoundInfo


def offer_page(round_: RoundInfo, organisation: str, *, scope: Scope) -> OfferPage:
    """All that the page "declare" shows, for the organisation (by code). NotFound where it is no partner there."""
    raise NotImplementedError


def copy_last_month(round_: RoundInfo, organisation: str, *, scope: Scope) -> DeclaredOffer:
    """A draft (not stored): last month's offer by weekday and hour, else the partnership's usual pattern."""
    raise NotImplementedError


def answers_of(round_: RoundInfo) -> tuple[Answer, ...]:
    """Every active partner of the bureau, with what it answered (for the manager)."""
    raise NotImplementedError
