"""Speaking of a slot."""

from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, db, transaction
from bureau.kernel.errors import Invalid, NotFound
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reviewing.domain.comments import COMMENTABLE, said
from bureau.reviewing.domain.consent import OUTCOMES
from bureau.reviewing.models import SlotComment
from bureau.reviewing.queries.comments import find_row
from bureau.rotation.domain.refusals import WrongPhase
from bureau.rotation.queries import slot_detail

from .telling import slot_talked_about


def write_comment(
    bureau: str, slot_id: int, *, organisation_id: int | None, person_id: int, words: str, now: datetime
) -> int:
    """Say something about a slot, for an organisation or (None) for the bureau (NothingSaid, WrongPhase); its number."""
    kept = said(words)
    ensure_no_resident(kept, bureau, field="words", now=now)
    with transaction():
        slot = slot_detail(bureau, slot_id, scope=EVERY_ORGANISATION, now=now)
        if slot.round.phase not in COMMENTABLE:
            raise WrongPhase(phase=slot.round.phase)
        row = SlotComment(
            slot_id=slot_id, organisation_id=organisation_id, person_id=person_id, words=kept, written_at=now
        )
        db.session.add(row)
        db.session.flush()
        stored = get_comment(bureau, row.id)
        owner = slot.session.organisation if slot.session else None
        speaker = stored.organisation.name if stored.organisation else None
        slot_talked_about(slot.round, stored, owner, speaker, now=now)
        return row.id


def get_comment(bureau: str, comment_id: int) -> SlotComment:
    """A comment on a slot of that bureau."""
    row = find_row(bureau, comment_id)
    if row is None:
        raise NotFound
    return row


def settle_comment(bureau: str, comment_id: int, *, outcome: str, actor: str, now: datetime) -> None:
    """Note what became of a comment, or open it again; two managers who do so at once mean the same, the last counts."""
    if outcome not in OUTCOMES:
        raise Invalid(field="outcome", reason="choice")
    with transaction():
        row = get_comment(bureau, comment_id)
        before = {"outcome": row.outcome}
        row.outcome, row.settled_at = outcome, None if outcome == "open" else now
        audit.record(
            "comment.settled", f"comment:{comment_id}", actor=actor, now=now, before=before, after={"outcome": outcome}
        )
