"""All that one organisation sees of a plan before it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.database import Scope
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.reviewing.domain.consent import OrganisationReview, Terms
from bureau.reviewing.domain.habits import Change, Given, beside
from bureau.rotation.domain.cockpit import Gap, Share
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries import find_round
from bureau.rotation.queries.cockpit import gaps_in, shares_in
from bureau.rotation.queries.facts import facts_of, live_sessions

from .reviews import find_review, terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MyReview:
    """``workers`` maps the workers of the changes to their labels; ``gaps`` are those that the organisation could fill."""

    review: OrganisationReview
    terms: Terms
    changes: tuple[Change, ...]
    workers: Mapping[int, str]
    share: Share | None
    gaps: tuple[Gap, ...]
    all_gaps: int


def my_review(round_: RoundInfo, organisation: str, *, scope: Scope, now: datetime) -> MyReview:
    """The organisation's sessions beside last month's, its share, the gaps it could fill, and what it has answered."""
    partner = places.get_partner(round_.bureau_id, organisation)
    review = find_review(round_, partner.organisation_id)
    if review is None or not scope.covers(partner.organisation_id):
        raise NotFound
    own = Scope(partner.organisation_id)
    changes = beside(_last_month(round_, own), _given(round_, own))
    facts = facts_of(round_, now=now)
    gaps = gaps_in(facts)
    return MyReview(
        review=review,
        terms=terms_of(round_),
        changes=changes,
        workers=_labels(changes, own),
        share=next((one for one in shares_in(facts) if one.organisation.id == review.organisation.id), None),
        gaps=tuple(gap for gap in gaps if organisation in {one.code for one in gap.qualified}),
        all_gaps=len(gaps),
    )


def _last_month(round_: RoundInfo, own: Scope) -> tuple[Given, ...]:
    before = find_round(round_.bureau, str(round_.month.shifted(-1)))
    return () if before is None else _given(before, own)


def _given(round_: RoundInfo, own: Scope) -> tuple[Given, ...]:
    return tuple(
        Given(
            who=row.worker_id,
            day=row.slot.day,
            starts=row.slot.starts,
            ends=row.slot.ends,
            slot_id=row.slot_id,
        )
        for row in live_sessions(round_.id)
        if row.organisation_id == own.organisation_id
    )


def _labels(changes: tuple[Change, ...], own: Scope) -> Mapping[int, str]:
    wanted = {one.habit.who for one in changes}
    return {row.id: row.label for row in places.workers_by_id(wanted, own)}
