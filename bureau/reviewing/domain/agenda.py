"""What a joint meeting has to settle, one thing at a time: gaps first, then objections, then comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bureau.rotation.domain.cockpit import Gap
from bureau.rotation.domain.offers import OrganisationInfo

from .comments import Comment
from .consent import OrganisationReview

GapKey = tuple[str, str, str, str]
"""Per, where, service and language of a wish (empty: any)."""


def gap_key(gap: Gap) -> GapKey:
    """What names a gap, whatever plan it is worked out from."""
    service = gap.service.code if gap.service else ""
    return gap.per, gap.where, service, gap.language.tag if gap.language else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was agreed about a gap, when so many sessions were there."""

    outcome: str
    have: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to settle: exactly one of ``gap``, ``review`` and ``comment``. ``outcome`` is ``open`` until it is settled.

    ``asked``: whom it asks for something; ``helpers``: who could help.
    """

    kind: str
    key: str
    outcome: str
    asked: tuple[OrganisationInfo, ...] = ()
    helpers: tuple[OrganisationInfo, ...] = ()
    gap: Gap | None = None
    review: OrganisationReview | None = None
    comment: Comment | None = None

    @property
    def settled(self) -> bool:
        """Whether the meeting is done with it."""
        return self.outcome != "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The whole meeting."""

    items: tuple[Item, ...]

    @property
    def settled(self) -> int:
        """How many things are done."""
        return sum(item.settled for item in self.items)

    def number_after(self, number: int) -> int:
        """Where to go on from the ``number``-th: the next thing that is open, else the first open one, else stay."""
        opened = [place for place, item in enumerate(self.items, start=1) if not item.settled]
        return next((place for place in opened if place > number), next(iter(opened), number))


def agenda_of(
    gaps: Iterable[Gap],
    settled: Mapping[GapKey, Settled],
    reviews: Iterable[OrganisationReview],
    comments: Iterable[Comment],
) -> Agenda:
    """Gaps, then objections, then comments."""
    return Agenda(
        items=(
            *(_gap(gap, settled.get(gap_key(gap))) for gap in gaps),
            *(_objection(one) for one in reviews if one.answer == "objected"),
            *(_comment(one) for one in comments),
        )
    )


def _gap(gap: Gap, settled: Settled | None) -> Item:
    holds = settled is not None and gap.have >= settled.have
    outcome = settled.outcome if settled is not None and holds else "open"
    key = "|".join(gap_key(gap))
    return Item(kind="gap", key=key, outcome=outcome, asked=gap.qualified, helpers=gap.qualified, gap=gap)


def _objection(review: OrganisationReview) -> Item:
    return Item(
        kind="objection",
        key=review.organisation.code,
        outcome=review.outcome,
        asked=(review.organisation,),
        review=review,
    )


def _comment(comment: Comment) -> Item:
    asked = () if comment.slot.organisation is None else (comment.slot.organisation,)
    return Item(kind="comment", key=str(comment.id), outcome=comment.outcome, asked=asked, comment=comment)
