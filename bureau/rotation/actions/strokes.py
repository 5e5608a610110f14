"""Painting: a few levels kept as they are painted, with nothing read but what they touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Update, bindparam, update

from bureau.kernel.database import EVERY_ORGANISATION, Scope, change, db, transaction
from bureau.kernel.errors import NotFound, Stale
from bureau.rotation.domain.draft import Seen, Stroke, with_strokes
from bureau.rotation.models import OfferDraft
from bureau.rotation.queries.painting import Canvas, canvas_of, hold_declaring, levels_answered

from .offers import ensure_may_declare


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
        round_, owner = hold_declaring(bureau, month, organisation)
        if not scope.covers(owner):
            raise NotFound
        ensure_may_declare(round_, scope, now=now)
        found = canvas_of(round_, owner, strokes)
        if seen != found.seen or not found.has_all:
            return None
        answered = {} if seen.answer is None else levels_answered(round_.id, owner, strokes, scope)
        kept = _kept(found, with_strokes(found.cells, strokes, answered), now=now)
        return Painted(seen=kept.seen, saved_at=kept.saved_at, unsent=bool(kept.cells), timezone=round_.timezone)


def _kept(found: Canvas, cells: dict[str, str], *, now: datetime) -> Canvas:
    """The draft with these fields, stored if they change anything."""
    if cells == found.cells:
        return found
    if found.draft_id is None:
        whose = {"round_id": found.round_id, "organisation_id": found.organisation_id}
        db.session.add(OfferDraft(cells=cells, before={}, saved_at=now, **whose))
    elif not change(_cells(), {"draft": found.draft_id, "read": found.seen.draft, "new": cells, "now": now}):
        raise Stale
    return found.painted(cells, now=now)


@cache
def _cells() -> Update:
    """The fields of a draft that is still as it was read, written as the mapper would."""
    drafts = OfferDraft.metadata.tables[OfferDraft.__tablename__]
    new = {"cells": bindparam("new"), "saved_at": bindparam("now"), "version": drafts.c.version + 1}
    as_read = (drafts.c.id == bindparam("draft"), drafts.c.version == bindparam("read"))
    return update(drafts).where(*as_read).values(new).execution_options(**EVERY_ORGANISATION.options())
