"""A whole day out of the plan, and back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import EVERY_ORGANISATION, db, transaction
from bureau.kernel.localised import LocalisedText
from bureau.organisations import queries as places
from bureau.organisations.actions.place import close_day, open_day
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain import days as rules
from bureau.rotation.domain.refusals import AlreadyCancelled, NothingCancelled
from bureau.rotation.models import CancelledDay, PlannedSession, Slot
from bureau.rotation.queries.days import find_cancelled, returning, slots_to_close

from .telling import BOOKED, CANCELLED, tell_of_session
from .weekly import in_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """How many sessions are back, and how many could not come back."""

    back: int
    left: int


def cancel_day(bureau: str, day: date, reason: LocalisedText, *, actor: str, now: datetime) -> int:
    """Cancel every session of the day that has not begun, close its slots and the bureau; how many sessions.

    Refuses: DayOver, ReasonNeeded, AlreadyCancelled.
    """
    why = rules.said(reason)
    for words in why.texts.values():
        ensure_no_resident(words, bureau, field="reason", now=now)
    with transaction() as session:
        place = places.hold_bureau(bureau)
        rules.ensure_day_ahead(day, today=local_date(now, place.timezone))
        before = find_cancelled(place.id, day)
        if before is not None and before.undone_at is None:
            raise AlreadyCancelled
        slots = slots_to_close(
            place.id, day, now=now, hold=True
        )  # who books there waits, and is told that it is closed
        rows = _sessions_in([slot.id for slot in slots])
        for slot in slots:
            slot.closed = True
        for row in rows:
            row.state, row.reason, row.changed_at = "cancelled", why.in_(place.languages[0]), now
        touched = {"slots": [slot.id for slot in slots], "sessions": [row.id for row in rows]}
        made = close_day(place.id, day, why)
        session.add(
            CancelledDay(
                bureau_id=place.id, day=day, reason=why, touched={**touched, "closure": made}, cancelled_at=now
            )
        )
        thing = f"bureau:{bureau}"
        audit.record("day.cancelled", thing, actor=actor, now=now, after={"day": str(day), **touched})
        for number in touched["sessions"]:
            tell_of_session(number, CANCELLED, scope=EVERY_ORGANISATION, actor=actor, now=now)
        return len(rows)


def _sessions_in(slots: list[int]) -> list[PlannedSession]:
    """The sessions in these slots that are planned, held until the transaction ends."""
    planned = (PlannedSession.slot_id.in_(slots), PlannedSession.state.in_(("proposed", "booked")))
    statement = select(PlannedSession).where(*planned).order_by(PlannedSession.id).with_for_update()
    return list(db.session.scalars(statement))


def restore_day(bureau: str, day: date, *, actor: str, now: datetime) -> Restored:
    """Put a cancelled day back: its slots open, and every session returns whose slot and worker are still free.

    Refuses: NothingCancelled, DayOver.
    """

    def restore() -> Restored:
        place = places.hold_bureau(bureau)
        row = find_cancelled(place.id, day)
        if row is None or row.undone_at is not None:
            raise NothingCancelled
        rules.ensure_day_ahead(day, today=local_date(now, place.timezone))
        _open(row)
        back = _return(row.touched["sessions"], now=now)
        row.undone_at = now
        after = {"day": str(day), "sessions": back}
        audit.record("day.restored", f"bureau:{bureau}", actor=actor, now=now, after=after)
        for number in back:
            tell_of_session(number, BOOKED, scope=EVERY_ORGANISATION, actor=actor, now=now)
        return Restored(back=len(back), left=len(row.touched["sessions"]) - len(back))

    return in_one(restore)


def _open(row: CancelledDay) -> None:
    """The slots that were closed with the day can be booked again, and the bureau is open."""
    slots = select(Slot).where(Slot.id.in_(row.touched["slots"])).order_by(Slot.id).with_for_update()
    for slot in db.session.scalars(slots):
        slot.closed = False
    if row.touched["closure"]:
        open_day(row.bureau_id, row.day)


def _return(numbers: list[int], *, now: datetime) -> list[int]:
    """Those of the sessions that nothing stands in the way of, one after the other."""
    back = []
    for number, one in returning(numbers).items():
        if rules.why_not(one, now=now) is not None:
            continue
        row = db.session.get_one(PlannedSession, number, options=[joinedload(PlannedSession.slot)])
        row.state, row.reason, row.changed_at = "booked", "", now
        db.session.flush()
        back.append(number)
    return back
