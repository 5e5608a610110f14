"""Which plan a round follows, and who is in it."""

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.rotation.models import PlannedSession, Proposal, Slot, is_live


def plan_in_force(round_id: int) -> int | None:
    """The proposal that was taken onto the board last; None where everything was booked by hand."""
    accepted = Proposal.round_id == round_id, Proposal.state == "accepted"
    latest = (Proposal.started_at.desc(), Proposal.id.desc())
    return db.session.scalar(select(Proposal.id).where(*accepted).order_by(*latest).limit(1))


def organisations_in_plan(round_id: int) -> frozenset[int]:
    """The organisations that have a session in the round."""
    statement = select(PlannedSession.organisation_id).join(PlannedSession.slot).distinct()
    return frozenset(db.session.scalars(statement.where(Slot.round_id == round_id, is_live())))
