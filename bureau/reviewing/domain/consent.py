"""Whether the organisations agree with a plan: consent, not unanimity.

Silence counts as nothing. An objection stands in the way until it is answered or carried; whoever changes its mind takes
it back. Enough have answered when the share of those asked that the bureau has set is reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.preview import ANYHOW
from bureau.rotation.domain.refusals import DeadlinePassed
from bureau.rotation.domain.rounds import RoundInfo

from .refusals import NotAgreed, NotShownYet, ReviewOver

ANSWERS = ("accepted", "objected")
OUTCOMES = ("open", "answered", "carried")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a round is reviewed; ``version`` is 0 where nobody has said so for this round yet."""

    percent: int = 0
    shown_early: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationReview:
    """Where an organisation stands: ``answer`` is ``accepted``, ``objected`` or None.

    ``asked``: it has declared or is in the plan; ``outdated``: another plan was taken since it answered.
    """

    organisation: OrganisationInfo
    asked: bool
    answer: str | None = None
    reason: str = ""
    on_behalf: bool = False
    answered_at: datetime | None = None
    outdated: bool = False
    outcome: str = "open"
    reply: str = ""
    replied_at: datetime | None = None
    version: int = 0

    @property
    def objects(self) -> bool:
        """Whether its objection still stands in the way."""
        return self.answer == "objected" and self.outcome == "open"

    @property
    def counts(self) -> bool:
        """Whether it has answered the plan that is on the board."""
        return self.answer is not None and not self.outdated


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The round as a whole: how many of the asked have answered, how many must, and whose objections are open."""

    asked: int
    answered: int
    percent: int
    objecting: tuple[OrganisationReview, ...]

    @property
    def needed(self) -> int:
        """How many of the asked make the quorum."""
        return -(-self.asked * self.percent // 100)

    @property
    def quorate(self) -> bool:
        """Whether enough have answered."""
        return self.answered >= self.needed

    @property
    def agreed(self) -> bool:
        """Whether nothing stands in the way of publishing."""
        return self.quorate and not self.objecting

    @property
    def mark(self) -> str:
        """What names the present disagreement, so that a new one is asked about anew."""
        objections = ",".join(f"{one.organisation.code}/{one.version}" for one in self.objecting)
        return f"{objections};{'' if self.quorate else f'{self.answered}/{self.needed}'}"


def standing_of(reviews: Iterable[OrganisationReview], percent: int) -> Standing:
    """What the answers amount to. Who was not asked may object, but does not count for the quorum."""
    every = tuple(reviews)
    asked = [one for one in every if one.asked]
    return Standing(
        asked=len(asked),
        answered=sum(one.counts for one in asked),
        percent=percent,
        objecting=tuple(one for one in every if one.objects),
    )


def ensure_agreed(standing: Standing, over: str) -> bool:
    """Whether the plan is published in spite of something; refuses where nobody was asked about exactly that."""
    if standing.agreed:
        return False
    if over not in (ANYHOW, standing.mark):
        raise NotAgreed(over=standing.mark)
    return True


def may_be_answered(phase: str, terms: Terms) -> bool:
    """Whether the plan is there to be answered."""
    return phase == "reviewing" or (phase == "proposing" and terms.shown_early)


def ensure_may_answer(round_: RoundInfo, terms: Terms, *, by_manager: bool, now: datetime) -> None:
    """Refuse an answer to a plan that nobody has shown, that is published, or, but for the manager's hand, too late."""
    if round_.phase in ("published", "closed"):
        raise ReviewOver
    if not may_be_answered(round_.phase, terms):
        raise NotShownYet
    until = round_.deadlines.reviewing_until
    if now >= until and not by_manager:
        raise DeadlinePassed(date=until, timezone=round_.timezone)
