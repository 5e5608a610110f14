"""Painting: a few levels kept as they are painted, with nothing read but what they touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bureau.kernel.database import Scope, db, transaction
from bureau.organisations import queries as places
from bureau.rotation.domain.draft import Seen, Stroke, with_strokes
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import OfferDraft
from bureau.rotation.queries.offers import answer_version, find_draft_row
from bureau.rotation.queries.painting import days_and_hours, levels_answered
from bureau.rotation.queries.rounds import get_round

from .offers import ensure_may_declare, hold_partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """What is stored after some strokes: its versions, when it was last kept, and whether it is to be sent."""

    seen: Seen
    saved_at: datetime | None
    unsent: bool
    timezone: str


def save_strokes(
    bureau: str, month: str, organisation: str, strokes: Sequence[Stroke], *, seen: Seen, scope: Scope, now: datetime
) -> Painted | None:
    """Keep what was painted on a page that shows all that stands, and say what stands then.

    None where the whole page must be looked at first: others wrote meanwhile, or it lacks such a field.
    Refuses: DeadlinePassed (not for the manager), WrongPhase.
    """
    with transaction():
        round_ = get_round(bureau, month)
        owner = hold_partner(round_, organisation, scope)
        ensure_may_declare(round_, scope, now=now)
        row, answer = find_draft_row(round_.id, owner, scope), answer_version(round_.id, owner, scope)
        if seen != Seen(answer=answer, draft=0 if row is None else row.version):
            return None
        if not _on_the_page(round_, owner, strokes, scope):
            return None
        answered = {} if answer is None else levels_answered(round_.id, owner, strokes, scope)
        row = _kept(row or OfferDraft(round_id=round_.id, organisation_id=owner), strokes, answered, now=now)
        draft = Seen(answer=answer, draft=row.version or 0)
        return Painted(seen=draft, saved_at=row.saved_at, unsent=bool(row.cells), timezone=round_.timezone)


def _on_the_page(round_: RoundInfo, owner: int, strokes: Sequence[Stroke], scope: Scope) -> bool:
    """Whether every stroke is of a worker who comes, in a block of the month."""
    workers, there = {one.worker_id for one in strokes}, days_and_hours(round_.id, {one.day for one in strokes})
    known = places.active_workers_among(workers, owner, round_.bureau_id, scope)
    return known == workers and all((one.day, one.starts) in there for one in strokes)


def _kept(row: OfferDraft, strokes: Sequence[Stroke], answered: dict[str, str], *, now: datetime) -> OfferDraft:
    """The draft with the strokes, stored if they change anything."""
    cells = with_strokes(row.cells or {}, strokes, answered)
    if cells != (row.cells or {}):
        row.cells, row.before, row.saved_at = cells, row.before or {}, now
        db.session.add(row)
        db.session.flush()
    return row
