"""Proposals beside last month: at which hours residents would still find whom."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.rotation.domain.comparing import Coming, Habit, habits
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Proposal, Round, Slot, is_live


def habits_in(round_: RoundInfo, proposals: Collection[int]) -> Mapping[int, tuple[Habit, ...]]:
    """For each of the round's proposals how it stands to last month, by organisation."""
    last_month = _last_month(round_)
    statement = select(Proposal).where(Proposal.round_id == round_.id, Proposal.id.in_(proposals))
    return {row.id: habits(last_month, _planned(row.problem, row.plan or {})) for row in db.session.scalars(statement)}


def _last_month(round_: RoundInfo) -> list[Coming]:
    organisation = PlannedSession.organisation.property.mapper.class_
    statement = (
        select(organisation.code, Slot.day, Slot.starts)
        .select_from(PlannedSession)
        .join(PlannedSession.slot)
        .join(PlannedSession.organisation)
        .join(Slot.round)
        .where(Round.bureau_id == round_.bureau_id, Round.month == str(round_.month.shifted(-1)))
        .where(is_live())
    )
    found = db.session.execute(statement).all()
    return [Coming(organisation=row.code, weekday=row.day.isoweekday(), starts=row.starts) for row in found]


def _planned(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> list[Coming]:
    owners = {team["id"]: team["org"] for team in problem["teams"]}
    placed = [(owners[one["team"]], datetime.fromisoformat(one["block"])) for one in plan.get("assignments", ())]
    return [Coming(organisation=code, weekday=at.isoweekday(), starts=at.time()) for code, at in placed]
