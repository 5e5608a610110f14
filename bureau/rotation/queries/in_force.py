"""The plan in force: what was given back since it was taken, and which new wishes may move it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import db
from bureau.rotation.domain.replanning import raised, weeks_touched
from bureau.rotation.models import PlannedSession, Proposal, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.solver.facts import Facts
from bureau.rotation.solver.malformed import Malformed
from bureau.rotation.solver.parsing import parse_problem
from bureau.rotation.solver.repair import in_force, may_stay
from bureau.rotation.solver.score import haves

Json = dict[str, Any]


def taken_since(round_id: int) -> datetime | None:
    """What happened from here on the plan in force does not know: when its search began; None without a plan in force."""
    return db.session.scalar(select(Proposal.started_at).where(*_accepted(round_id)).order_by(*_LATEST).limit(1))


def wishes_in_force(round_id: int) -> Sequence[Json]:
    """The demands that the plan in force was made for."""
    wished = select(Proposal.problem["demands"]).where(*_accepted(round_id)).order_by(*_LATEST).limit(1)
    return db.session.scalar(wished) or ()


_LATEST = (Proposal.started_at.desc(), Proposal.id.desc())


def _accepted(round_id: int) -> tuple[Any, ...]:
    return Proposal.round_id == round_id, Proposal.state == "accepted"


def sessions_given_back(round_id: int) -> Sequence[PlannedSession]:
    """The sessions that people gave back or cancelled, each with a reason, the latest first.

    A session that a later plan withdrew has none.
    """
    gone = PlannedSession.state.in_(("released", "cancelled")), PlannedSession.reason != ""
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_id, *gone)
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.slot).joinedload(Slot.room),
            *given_in_session(),
        )
        .order_by(PlannedSession.changed_at.desc(), PlannedSession.id.desc())
    )
    return db.session.scalars(statement).all()


def with_what_may_move(document: Json, wished: Iterable[Mapping[str, Any]]) -> Json:
    """The problem with the weeks that may move because of wishes that are new since the plan in force was made for
    those ``wished``, or are greater, and that it leaves open.
    """
    greater = raised(wished, document["demands"])
    if not document["current"] or not greater:
        return document
    try:
        facts = Facts(parse_problem(document))
    except Malformed:  # the solver says so, with the place
        return document
    broken = broken_in(facts)
    plan = tuple(one for one in in_force(facts) if (one.team, one.block) not in broken)
    found = zip(facts.problem.demands, haves(facts, plan), strict=True)
    short = {demand.id for demand, have in found if have < demand.target}
    weeks = weeks_touched([one for one in document["demands"] if one["id"] in greater & short], document["blocks"])
    return {**document, "replan": [{"site": site, "week": week} for site, week in sorted(weeks)]}


def broken_in(facts: Facts) -> frozenset[tuple[str, str]]:
    """Teams and blocks of the plan in force that cannot stay."""
    return frozenset((one.team, one.block) for one in facts.problem.current or () if not may_stay(facts, one))
