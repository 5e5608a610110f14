"""Who waits for which slot, and what is offered to whom."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from bureau.exchange.domain.shown import Waiting
from bureau.exchange.domain.waiting import BEFORE
from bureau.exchange.models import CoverCall, WaitlistEntry
from bureau.exchange.models.loading import (
    call_answered,
    call_begun,
    call_in,
    call_shut,
    call_waits,
    calls,
    entries,
    entry_before,
    entry_in,
    entry_offered,
    entry_shut,
    entry_taken,
    entry_theirs,
)
from bureau.exchange.models.reading import waiting_shown
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.kernel.errors import NotFound

OPEN = ("waiting", "offered")


def lists_of(bureau: str, own: Scope) -> tuple[Waiting, ...]:
    """What an organisation waits for in the bureau, and what is offered to it, in order of the slots."""
    rows = db.session.scalars(entries(own).where(entry_in(bureau), WaitlistEntry.state.in_(OPEN))).all()
    before = _before([row.id for row in rows])
    shown = [waiting_shown(row, before.get(row.id, 0)) for row in rows]
    return tuple(sorted(shown, key=lambda one: one.slot.starts_at))


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


def find_offer(slot_id: int, *, now: datetime) -> Any:
    """To which organisation a slot is offered now, until when, on which clock; None where it is offered to nobody."""
    return lines(_offered(), {"slot": slot_id, "now": now}).one_or_none()


@cache
def _offered() -> Select[int, datetime, str]:
    """Put together once: whoever books asks it."""
    slot = WaitlistEntry.slot.property.mapper.class_
    round_ = slot.round.property.mapper.class_
    bureau = round_.bureau.property.mapper.class_
    of_slot = (WaitlistEntry.slot_id == bindparam("slot"), WaitlistEntry.state == "offered")
    return (
        select(WaitlistEntry.organisation_id, WaitlistEntry.expires_at, bureau.timezone)
        .join(WaitlistEntry.slot).join(slot.round).join(round_.bureau)
        .where(*of_slot, WaitlistEntry.expires_at > bindparam("now"))
        .execution_options(**EVERY_ORGANISATION.options())
    )  # fmt: skip


def slots_to_look_at(*, now: datetime) -> Sequence[int]:
    """The slots on whose waiting lists something is to be done now: offer it, take the offer back, or close the list."""
    offered = (WaitlistEntry.state == "offered") & ((WaitlistEntry.expires_at <= now) | entry_taken())
    free = ~entry_taken() & ~entry_shut() & ~entry_offered()
    due = offered | entry_before(now + BEFORE) | free | entry_theirs()
    statement = select(WaitlistEntry.slot_id).where(WaitlistEntry.state.in_(OPEN), due).distinct()
    ordered = statement.order_by(WaitlistEntry.slot_id)
    return db.session.scalars(ordered.execution_options(**EVERY_ORGANISATION.options())).all()


def marks_of(slot_ids: Sequence[int]) -> list[str]:
    """What tells one state of these slots' lists from another."""
    mine = (WaitlistEntry.slot_id.in_(slot_ids), WaitlistEntry.state.in_(OPEN))
    statement = select(WaitlistEntry.id, WaitlistEntry.version).where(*mine).order_by(WaitlistEntry.id)
    rows = db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options()))
    return [f"{row.id}/{row.version}" for row in rows]


def calls_to_look_at(*, now: datetime) -> Sequence[CoverCall]:
    """The calls for cover that begin now, or whose slot was taken or has begun. Who waited for the slot comes first.

    A slot that is closed may open again, and its call waits for that.
    """
    begins = CoverCall.called_at.is_(None) & (CoverCall.asked_from <= now) & ~call_waits() & ~call_shut()
    over = call_begun(now) | call_answered()
    statement = calls().where(CoverCall.ended_at.is_(None), begins | over)
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def calls_in(round_id: int, *, now: datetime) -> Sequence[CoverCall]:
    """The sessions of a round that everybody is asked to cover now."""
    open_ = (CoverCall.called_at.is_not(None), CoverCall.ended_at.is_(None))
    free = (~call_begun(now), ~call_answered(), ~call_shut())
    return db.session.scalars(calls().where(call_in(round_id), *open_, *free)).all()
