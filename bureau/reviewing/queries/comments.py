"""What is said about slots."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.reviewing.domain.comments import Comment, TalkedSlot
from bureau.reviewing.models import SlotComment
from bureau.rotation.domain.board import Board, BoardSession, Cell, SlotDetail
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.queries import board
from bureau.rotation.queries.board import said_of_slots

_SLOT: Any = SlotComment.slot.property.mapper.class_
_ROUND: Any = _SLOT.round.property.mapper.class_


def find_row(bureau: str, comment_id: int) -> SlotComment | None:
    """One comment with its slot, if it speaks of a slot of that bureau."""
    here = SlotComment.slot.has(_SLOT.round.has(_ROUND.bureau.has(code=bureau)))
    return db.session.scalar(_comments().where(SlotComment.id == comment_id, here))


def _comments() -> Select[SlotComment]:
    with_whose = joinedload(SlotComment.organisation), joinedload(SlotComment.slot)
    return select(SlotComment).options(*with_whose).order_by(SlotComment.written_at, SlotComment.id)


def talked_slot(slot: SlotDetail) -> TalkedSlot:
    """A slot on its own page, as comments speak of it."""
    return TalkedSlot(
        slot_id=slot.slot_id, day=slot.day, starts=slot.starts, ends=slot.ends, seat=slot.seat, **_given(slot.session)
    )


def _given(session: BoardSession | None) -> dict[str, Any]:
    if session is None:
        return {}
    return {"organisation": session.organisation, "services": session.services, "languages": session.languages}


def comments_on(slot: TalkedSlot) -> tuple[Comment, ...]:
    """What is said about one slot, in the order in which it was said."""
    rows = db.session.scalars(_comments().where(SlotComment.slot_id == slot.slot_id))
    return tuple(_comment(row, slot) for row in rows)


def comments_of(round_: RoundInfo, *, now: datetime) -> tuple[Comment, ...]:
    """What is said about the slots of a month, in the order of the slots."""
    rows = db.session.scalars(_comments().join(SlotComment.slot).where(_SLOT.round_id == round_.id)).all()
    slots = dict(_talked_slots(board(round_, scope=EVERY_ORGANISATION, now=now))) if rows else {}
    found = [_comment(row, slots[row.slot_id]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.slot.day, one.slot.starts, one.slot.slot_id)))


def _talked_slots(month: Board) -> Iterator[tuple[int, TalkedSlot]]:
    for day in month.days:
        for one in day.blocks:
            yield from ((cell.slot_id, _on_board(one.block, cell)) for cell in one.cells if cell is not None)


def _on_board(block: Block, cell: Cell) -> TalkedSlot:
    return TalkedSlot(
        slot_id=cell.slot_id,
        day=block.day,
        starts=block.starts,
        ends=block.ends,
        seat=cell.seat,
        **_given(cell.session),
    )


def _comment(row: SlotComment, slot: TalkedSlot) -> Comment:
    whose = row.organisation
    return Comment(
        id=row.id,
        slot=slot,
        organisation=None if whose is None else OrganisationInfo(id=whose.id, code=whose.code, name=whose.name),
        words=row.words,
        written_at=row.written_at,
        outcome=row.outcome,
    )


def _states() -> ScalarSelect[str]:
    """The outcomes of what is said about each slot, as the board asks for them with its slots."""
    listed = select(func.aggregate_strings(SlotComment.outcome, ",")).where(SlotComment.slot_id == _SLOT.id)
    return listed.correlate(_SLOT).scalar_subquery()


said_of_slots.append(_states)
