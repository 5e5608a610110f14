"""Who has answered what."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.reviewing.domain.consent import OrganisationReview, Standing, Terms, standing_of
from bureau.reviewing.models import Review, ReviewTerms
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries.offers import answers_of
from bureau.rotation.queries.plan import organisations_in_plan, plan_in_force


def find_terms(round_id: int) -> ReviewTerms | None:
    """What was said of how the round is reviewed, if anything was."""
    return db.session.get(ReviewTerms, round_id)


def terms_of(round_: RoundInfo) -> Terms:
    """How the round is reviewed; where nobody has said so, with the same quorum as the month before it, else none."""
    row = find_terms(round_.id)
    if row is not None:
        return Terms(percent=row.percent, shown_early=row.shown_early, version=row.version)
    return Terms(percent=_usual_percent(round_))


def _usual_percent(round_: RoundInfo) -> int:
    table = Review.round.property.mapper.class_
    earlier = (table.bureau_id == round_.bureau_id, table.month < str(round_.month))
    statement = select(ReviewTerms.percent).join(table, table.id == ReviewTerms.round_id).where(*earlier)
    return db.session.scalar(statement.order_by(table.month.desc()).limit(1)) or 0


def rows_of(round_id: int) -> Sequence[Review]:
    """Every answer of a round: partners read each other's."""
    statement = select(Review).where(Review.round_id == round_id).options(joinedload(Review.organisation))
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def find_row(round_id: int, organisation_id: int) -> Review | None:
    """One organisation's answer."""
    statement = select(Review).where(Review.round_id == round_id, Review.organisation_id == organisation_id)
    return db.session.scalar(statement.execution_options(**EVERY_ORGANISATION.options()))


def reviews_of(round_: RoundInfo) -> tuple[OrganisationReview, ...]:
    """Where each partner stands: those who object, then those who still have to answer, then the others."""
    plan, present = plan_in_force(round_.id), organisations_in_plan(round_.id)
    rows = {row.organisation_id: row for row in rows_of(round_.id)}
    found = [
        _review(
            one.organisation,
            rows.get(one.organisation.id),
            plan,
            asked=_asked(one.answered_at, one.organisation, present),
        )
        for one in answers_of(round_)
    ]
    return tuple(sorted(found, key=lambda one: (not one.objects, one.counts or not one.asked, one.organisation.code)))


def _asked(answered: object, organisation: OrganisationInfo, present: frozenset[int]) -> bool:
    return answered is not None or organisation.id in present


def _review(organisation: OrganisationInfo, row: Review | None, plan: int | None, *, asked: bool) -> OrganisationReview:
    if row is None:
        return OrganisationReview(organisation=organisation, asked=asked)
    return OrganisationReview(
        organisation=organisation,
        asked=asked,
        answer=row.answer,
        reason=row.reason,
        on_behalf=row.on_behalf,
        answered_at=row.answered_at,
        outdated=row.proposal_id != plan,
        outcome=row.outcome,
        reply=row.reply,
        replied_at=row.replied_at,
        version=row.version,
    )


def find_review(round_: RoundInfo, organisation_id: int) -> OrganisationReview | None:
    """Where one partner stands; None where it takes no part."""
    return next((one for one in reviews_of(round_) if one.organisation.id == organisation_id), None)


def standing(round_: RoundInfo) -> Standing:
    """What the answers amount to."""
    return standing_of(reviews_of(round_), terms_of(round_).percent)
