"""What the joint meeting has to settle."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.reviewing.domain.agenda import Agenda, GapKey, Settled, agenda_of
from bureau.reviewing.models import SettledGap
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries.cockpit import gaps_in
from bureau.rotation.queries.facts import facts_of

from .comments import comments_of
from .reviews import reviews_of


def agenda(round_: RoundInfo, *, now: datetime) -> Agenda:
    """Every gap of the plan, every objection and every comment, settled or not."""
    return agenda_of(
        gaps_in(facts_of(round_, now=now)),
        _settled(round_.id),
        reviews_of(round_),
        comments_of(round_, now=now),
    )


def _settled(round_id: int) -> Mapping[GapKey, Settled]:
    rows = db.session.scalars(select(SettledGap).where(SettledGap.round_id == round_id))
    return {
        (row.per, row.place, row.service, row.language): Settled(outcome=row.outcome, have=row.have) for row in rows
    }


def find_gap_row(round_id: int, key: GapKey) -> SettledGap | None:
    """What was agreed about a gap, if anything was."""
    per, place, service, language = key
    statement = select(SettledGap).filter_by(
        round_id=round_id, per=per, place=place, service=service, language=language
    )
    return db.session.scalar(statement)
