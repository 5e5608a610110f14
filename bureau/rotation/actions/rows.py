"""The rows that use cases load to change them, always by their bureau."""

from sqlalchemy import select
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
    statement = (
        select(Slot)
        .where(Slot.id == slot_id, Slot.round.has(Round.bureau.has(code=bureau)))
        .options(joinedload(Slot.room), joinedload(Slot.round))
    )
    slot = db.session.scalar(statement)
    if slot is None:
        raise NotFound
    return slot


def get_session(bureau: str, session_id: int, scope: Scope) -> PlannedSession:
    """A session of this bureau and of the scope's organisation, with worker, organisation, slot, room and round."""
    slot = joinedload(PlannedSession.slot)
    statement = (
        select(PlannedSession)
        .where(PlannedSession.id == session_id, PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau))))
        .options(
            joinedload(PlannedSession.worker),
            joinedload(PlannedSession.organisation),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round),
        )
    )
    row = db.session.scalar(statement.execution_options(**EVERY_ORGANISATION.options()))  # judged by its owner below
    if row is None or scope.organisation_id not in (None, row.organisation_id):
        raise NotFound
    return row
