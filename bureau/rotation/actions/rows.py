"""The rows that use cases load to change them, always by their bureau."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.rotation.models import PlannedSession, Round, Slot


def hold_slot(bureau: str, slot_id: int) -> Slot:
    """The slot, held until the transaction ends: who wants to book it meanwhile waits."""
    db.session.execute(select(Slot.id).where(Slot.id == slot_id).with_for_update())
    return get_slot(bureau, slot_id)


def hold_round(round_id: int) -> None:
    """Hold a round until the transaction ends: one plan is carried out, or published, at a time.

    What was read before may be older than what the one before us stored, and is forgotten.
    """
    db.session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))
    db.session.expire_all()


def get_slot(bureau: str, slot_id: int) -> Slot:
    """A slot of this bureau with its room and its round."""
    slot = db.session.scalar(_slot(), {"slot": slot_id, "bureau": bureau})
    if slot is None:
        raise NotFound
    return slot


@cache
def _slot() -> Select[Slot]:
    """Put together once, like what is asked of a session: many book and give back at the same moment."""
    here = Slot.round.has(Round.bureau.has(code=bindparam("bureau")))
    with_all = joinedload(Slot.room), joinedload(Slot.round)
    return select(Slot).where(Slot.id == bindparam("slot"), here).options(*with_all)


def get_session(bureau: str, session_id: int, scope: Scope, *, whole: bool = True) -> PlannedSession:
    """A session of this bureau and of the scope's organisation with its slot and, where it is needed ``whole``, with
    worker, organisation, room and round.
    """
    row = db.session.scalar(_session(whole=whole), {"session": session_id, "bureau": bureau})
    if row is None or not scope.covers(row.organisation_id):
        raise NotFound
    return row


@cache
def _session(*, whole: bool) -> Select[PlannedSession]:
    slot = joinedload(PlannedSession.slot)
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bindparam("bureau"))))
    with_all = (
        joinedload(PlannedSession.worker),
        joinedload(PlannedSession.organisation),
        slot.joinedload(Slot.room),
        slot.joinedload(Slot.round),
    )
    statement = select(PlannedSession).where(PlannedSession.id == bindparam("session"), here)
    statement = statement.options(*(with_all if whole else (slot,)))
    return statement.execution_options(**EVERY_ORGANISATION.options())  # who asked is judged by its owner
