"""Undoing a booking that others count on: one that changed hands stays, and cover is sought again where it was sought."""

from bureau.exchange.models.loading import changed_hands, last_call
from bureau.kernel.database import db
from bureau.rotation.actions.hooks import Undoing, before_undo, on_undone
from bureau.rotation.domain.refusals import UndoOver

from .covering import call_for_cover


def ensure_only_ours(undoing: Undoing) -> None:
    """What the rota asks before it undoes a booking: what was agreed with others is given back, so that it is known."""
    if db.session.scalar(changed_hands(undoing.session_id).limit(1)) is not None:
        raise UndoOver


def seek_cover_again(undoing: Undoing) -> None:
    """What the rota calls when a booking is undone: the call that it answered is open again."""
    call = db.session.scalar(last_call(undoing.slot_id))
    if call is not None and call.ended_at is not None:
        call_for_cover(call.session_id, max(call.asked_from, undoing.now), now=undoing.now)


before_undo.append(ensure_only_ours)
on_undone.append(seek_cover_again)
