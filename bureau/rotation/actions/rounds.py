"""Opening a month and leading it through its phases."""

from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from bureau.kernel import audit
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.organisations.domain.hours import Block, blocks_of
from bureau.rotation.domain import rounds as rules
from bureau.rotation.domain.refusals import AlreadyOpen, NoOpenDays, SlotOccupied
from bureau.rotation.domain.rounds import Deadlines
from bureau.rotation.models import PlannedSession, Round, Slot, is_live

from .rows import hold_slot
from .weekly import book_in_month, in_one


def open_round(bureau: str, month: str, *, actor: str, now: datetime) -> int:
    """Open the month with deadlines proposed and slots made from opening hours and closures, and book the series; the
    round's id.

    Refuses a month without open days (NoOpenDays) and one that is open already (AlreadyOpen).
    """
    wanted = Month.parse(month)

    def open_() -> int:
        place = places.get_bureau(bureau)
        ensure_not_open(place.id, wanted)
        row = _new_round(place.id, wanted, timezone=place.timezone, now=now)
        row.bureau = place
        db.session.add(row)
        db.session.flush()
        db.session.add_all(_slots(row, wanted))
        db.session.flush()
        audit.record("round.opened", f"round:{bureau}/{month}", actor=actor, now=now)
        book_in_month(place.id, wanted, actor=actor, now=now)
        return row.id

    try:
        return in_one(open_)
    except IntegrityError as error:
        raise AlreadyOpen(month=wanted) from error


def ensure_not_open(bureau_id: int, month: Month) -> None:
    """Refuse a month that has a round."""
    if db.session.scalar(select(Round.id).where(Round.bureau_id == bureau_id, Round.month == str(month))):
        raise AlreadyOpen(month=month)


def _new_round(bureau_id: int, month: Month, *, timezone: str, now: datetime) -> Round:
    deadlines = rules.propose_deadlines(month, timezone=timezone, now=now)
    return Round(
        bureau_id=bureau_id,
        month=str(month),
        phase="declaring",
        declaring_until=deadlines.declaring_until,
        proposing_until=deadlines.proposing_until,
        reviewing_until=deadlines.reviewing_until,
        opened_at=now,
    )


def _slots(row: Round, month: Month) -> list[Slot]:
    """A slot for each seat of each room in each block of the month."""
    place = row.bureau
    closed = {closure.day for closure in places.closures(place.id, month.first, month.last)}
    hours = places.hours_between(place.id, month.first, month.last)
    blocks = blocks_of(month, hours, closed, place.timezone)
    rooms = places.rooms(place.id, active=True)
    made = chain.from_iterable(_slots_of(row.id, room, block) for block in blocks for room in rooms)
    slots = list(made)
    if not slots:
        raise NoOpenDays(month=month)
    return slots


def _slots_of(round_id: int, room: Any, block: Block) -> list[Slot]:
    return [
        Slot(
            round_id=round_id,
            room_id=room.id,
            seat=number,
            day=block.day,
            starts=block.starts,
            ends=block.ends,
            starts_at=block.starts_at,
            ends_at=block.ends_at,
        )
        for number in range(1, room.seats + 1)
    ]


def get_round_row(bureau: str, round_id: int) -> Round:
    """The row of a round of this bureau, with the bureau."""
    here = Round.bureau.has(code=bureau)
    row = db.session.scalar(select(Round).where(Round.id == round_id, here).options(joinedload(Round.bureau)))
    if row is None:
        raise NotFound
    return row


def change_phase(bureau: str, round_id: int, phase: str, *, version: int, actor: str, now: datetime) -> None:
    """Go to the next phase, or back as long as nothing is published (WrongPhase, Stale).

    A phase whose time is over stays until the manager goes on, or sets another deadline.
    """

    def go() -> None:
        row = get_round_row(bureau, round_id)
        row.expect(version)
        rules.check_phase_change(row.phase, phase)
        if rules.phase_after_deadline(phase, _deadlines(row), now=now) is not None:
            row.advances_itself = False  # else its deadline, which is over, would undo this within the minute
        _go_to(row, phase, actor=actor, now=now)

    in_one(go)


def advance_by_deadline(bureau: str, round_id: int, *, actor: str, now: datetime) -> str | None:
    """Go to the phase that follows by itself, where the time of the present one is over; the new phase."""

    def go() -> str | None:
        row = get_round_row(bureau, round_id)
        phase = rules.phase_after_deadline(row.phase, _deadlines(row), now=now) if row.advances_itself else None
        if phase is not None:
            _go_to(row, phase, actor=actor, now=now)
        return phase

    return in_one(go)


def _deadlines(row: Round) -> Deadlines:
    return Deadlines(
        declaring_until=row.declaring_until,
        proposing_until=row.proposing_until,
        reviewing_until=row.reviewing_until,
    )


def _go_to(row: Round, phase: str, *, actor: str, now: datetime) -> None:
    thing = f"round:{row.bureau.code}/{row.month}"
    audit.record("round.phase", thing, actor=actor, now=now, before={"phase": row.phase}, after={"phase": phase})
    begins = row.phase not in rules.BOOKABLE and phase in rules.BOOKABLE
    row.phase = phase
    if begins:  # what was made to come again every week since the month was opened
        book_in_month(row.bureau_id, Month.parse(row.month), actor=actor, now=now)


def set_deadlines(
    bureau: str,
    round_id: int,
    deadlines: Deadlines,
    *,
    advances_itself: bool,
    version: int,
    actor: str,
    now: datetime,
) -> None:
    """Set when each phase ends, and whether the next begins by itself (DeadlinesOutOfOrder, Stale)."""
    rules.check_deadlines(deadlines)
    with transaction():
        row = get_round_row(bureau, round_id)
        row.expect(version)
        before = _deadlines_as_json(row)
        row.declaring_until = deadlines.declaring_until
        row.proposing_until = deadlines.proposing_until
        row.reviewing_until = deadlines.reviewing_until
        row.advances_itself = advances_itself
        thing = f"round:{bureau}/{row.month}"
        audit.record("round.deadlines", thing, actor=actor, now=now, before=before, after=_deadlines_as_json(row))


def _deadlines_as_json(row: Round) -> dict[str, Any]:
    ends = {name: getattr(row, name).isoformat() for name in Deadlines.__dataclass_fields__}
    return {**ends, "advances_itself": row.advances_itself}


def close_slot(bureau: str, slot_id: int, *, actor: str, now: datetime) -> None:
    """Nothing can be planned in the slot any more (SlotOccupied where somebody is in it)."""
    with transaction():
        slot = hold_slot(bureau, slot_id)
        holder = _holder(slot_id)
        if holder is not None:
            raise SlotOccupied(organisation=holder.organisation.name)
        _set_closed(slot, closed=True, actor=actor, now=now)


def reopen_slot(bureau: str, slot_id: int, *, actor: str, now: datetime) -> None:
    """The slot can be booked again."""
    with transaction():
        _set_closed(hold_slot(bureau, slot_id), closed=False, actor=actor, now=now)


def _holder(slot_id: int) -> PlannedSession | None:
    alive = (PlannedSession.slot_id == slot_id, is_live())
    statement = select(PlannedSession).where(*alive).options(joinedload(PlannedSession.organisation))
    return db.session.scalar(statement)


def _set_closed(slot: Slot, *, closed: bool, actor: str, now: datetime) -> None:
    if slot.closed == closed:
        return
    slot.closed = closed
    audit.record("slot.closed" if closed else "slot.reopened", f"slot:{slot.id}", actor=actor, now=now)
