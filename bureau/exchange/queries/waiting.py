"""Who waits for which slot, and what is offered to whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bureau.exchange.domain.shown import Waiting
from bureau.exchange.domain.waiting import BEFORE
from bureau.exchange.models import CoverCall, WaitlistEntry
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot
from bureau.rotation.models.reading import organisation_info, round_info

from .rows import calls, entries
from .showing import slot_shown

OPEN = ("waiting", "offered")


def lists_of(bureau: str, own: Scope) -> tuple[Waiting, ...]:
    """What an organisation waits for in the bureau, and what is offered to it, in order of the slots."""
    here = WaitlistEntry.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    rows = db.session.scalars(entries(own).where(here, WaitlistEntry.state.in_(OPEN))).all()
    before = _before([row.id for row in rows])
    shown = [waiting_shown(row, before.get(row.id, 0)) for row in rows]
    return tuple(sorted(shown, key=lambda one: one.slot.starts_at))


def waiting_shown(row: WaitlistEntry, before_us: int = 0) -> Waiting:
    """An entry fetched with all its parts."""
    return Waiting(
        id=row.id,
        state=row.state,
        slot=slot_shown(row.slot),
        round=round_info(row.slot.round),
        organisation=organisation_info(row.organisation),
        worker=row.worker.label,
        services=tuple(row.services),
        languages=tuple(row.languages),
        before_us=before_us,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        version=row.version,
    )


def _before(numbers: Sequence[int]) -> dict[int, int]:
    """How many wait longer for the slot of each entry; whose they are is nobody's matter."""
    earlier, mine = WaitlistEntry.__table__.alias(), WaitlistEntry.__table__
    statement = (
        select(mine.c.id, func.count(earlier.c.id))
        .join(earlier, (earlier.c.slot_id == mine.c.slot_id) & (earlier.c.id < mine.c.id))
        .where(mine.c.id.in_(numbers), earlier.c.state.in_(OPEN))
        .group_by(mine.c.id)
    )
    found = db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options()))
    return {row[0]: row[1] for row in found}


def entry_row(entry_id: int, scope: Scope) -> WaitlistEntry:
    """An entry with all its parts; NotFound where it is another's."""
    row = db.session.scalar(entries(scope).where(WaitlistEntry.id == entry_id))
    if row is None:
        raise NotFound
    return row


def entry_here(bureau: str, entry_id: int, own: Scope) -> int:
    """The same number, if that entry is the organisation's in this bureau."""
    if entry_row(entry_id, own).slot.round.bureau.code != bureau:
        raise NotFound
    return entry_id


def find_by_token(token_hash: str) -> Waiting | None:
    """The entry that a link is for."""
    row = db.session.scalar(entries(EVERY_ORGANISATION).where(WaitlistEntry.token_hash == token_hash))
    return None if row is None else waiting_shown(row)


def waiting_at(slot_id: int, scope: Scope) -> tuple[Waiting, ...]:
    """Who of the scope waits for a slot, or is offered it."""
    rows = db.session.scalars(entries(scope).where(WaitlistEntry.slot_id == slot_id, WaitlistEntry.state.in_(OPEN)))
    return tuple(waiting_shown(row) for row in rows)


def offered_to(bureau: str, organisation_id: int, *, now: datetime) -> tuple[Waiting, ...]:
    """What an organisation waited for and can have now."""
    every = lists_of(bureau, Scope(organisation_id))
    return tuple(one for one in every if one.state == "offered" and one.expires_at and one.expires_at > now)


def entries_for(slot_id: int) -> Sequence[WaitlistEntry]:
    """Who waits for the slot or is offered it, the first in line first."""
    mine = (WaitlistEntry.slot_id == slot_id, WaitlistEntry.state.in_(OPEN))
    return db.session.scalars(entries(EVERY_ORGANISATION).where(*mine)).all()


def is_taken(slot_id: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """Whether a live session is in the slot."""
    return exists().where(PlannedSession.slot_id == slot_id, PlannedSession.state.in_(LIVE))


def owner_of(slot_id: int) -> int | None:
    """The organisation that has the slot, if one has."""
    held = (PlannedSession.slot_id == slot_id, PlannedSession.state.in_(LIVE))
    return db.session.scalar(select(PlannedSession.organisation_id).where(*held))


def find_offer(slot_id: int, *, now: datetime) -> WaitlistEntry | None:
    """To whom a slot is offered now, with slot, round and bureau."""
    offered = (WaitlistEntry.slot_id == slot_id, WaitlistEntry.state == "offered", WaitlistEntry.expires_at > now)
    return db.session.scalar(entries(EVERY_ORGANISATION).where(*offered))


def slots_to_look_at(*, now: datetime) -> Sequence[int]:
    """The slots on whose waiting lists something is to be done now: offer it, take the offer back, or close the list."""
    offered = (WaitlistEntry.state == "offered") & ((WaitlistEntry.expires_at <= now) | is_taken(Slot.id))
    late = Slot.starts_at <= now + BEFORE
    free = ~is_taken(Slot.id) & ~Slot.closed & ~_is_offered()
    statement = (
        select(WaitlistEntry.slot_id)
        .join(WaitlistEntry.slot)
        .where(WaitlistEntry.state.in_(OPEN), offered | late | free | _is_theirs())
        .distinct()
        .order_by(WaitlistEntry.slot_id)
    )
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def marks_of(slot_ids: Sequence[int]) -> list[str]:
    """What tells one state of these slots' lists from another."""
    mine = (WaitlistEntry.slot_id.in_(slot_ids), WaitlistEntry.state.in_(OPEN))
    statement = select(WaitlistEntry.id, WaitlistEntry.version).where(*mine).order_by(WaitlistEntry.id)
    rows = db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options()))
    return [f"{row.id}/{row.version}" for row in rows]


def _is_theirs() -> ColumnElement[bool]:
    """Whether who waits has the slot meanwhile."""
    mine = PlannedSession.organisation_id == WaitlistEntry.organisation_id
    return exists().where(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE), mine)


def _is_offered() -> ColumnElement[bool]:
    other = WaitlistEntry.__table__.alias()
    return exists().where(other.c.slot_id == Slot.id, other.c.state == "offered")


def calls_to_look_at(*, now: datetime) -> Sequence[CoverCall]:
    """The calls for cover that begin now, or whose slot was taken or has begun. Who waited for the slot comes first."""
    over = (PlannedSession.starts_at <= now) | is_taken_again()
    offered = WaitlistEntry.__table__.alias()
    kept = exists().where(offered.c.slot_id == PlannedSession.slot_id, offered.c.state == "offered")
    begins = CoverCall.called_at.is_(None) & (CoverCall.asked_from <= now) & ~kept
    statement = calls().join(CoverCall.session).where(CoverCall.ended_at.is_(None), begins | over)
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def is_taken_again() -> ColumnElement[bool]:
    """Whether somebody has the slot of a call's session, be it the organisation that gave it back."""
    other = PlannedSession.__table__.alias()
    return exists().where(other.c.slot_id == PlannedSession.slot_id, other.c.state.in_(LIVE))


def calls_in(round_id: int, *, now: datetime) -> Sequence[CoverCall]:
    """The sessions of a round that everybody is asked to cover now."""
    open_ = (CoverCall.called_at.is_not(None), CoverCall.ended_at.is_(None), PlannedSession.starts_at > now)
    here = PlannedSession.slot.has(Slot.round_id == round_id)
    return db.session.scalars(calls().join(CoverCall.session).where(*open_, here, ~is_taken_again())).all()
