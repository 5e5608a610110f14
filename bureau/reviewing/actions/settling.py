"""The manager's part: the terms of the review, and what becomes of objections and gaps."""

from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import Invalid, NotFound, Stale
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reviewing.domain.agenda import gap_key
from bureau.reviewing.domain.comments import cleaned
from bureau.reviewing.domain.consent import OUTCOMES
from bureau.reviewing.domain.refusals import ReplyNeeded
from bureau.reviewing.models import ReviewTerms, SettledGap
from bureau.reviewing.queries.agenda import find_gap_row
from bureau.reviewing.queries.reviews import find_row, find_terms
from bureau.rotation.queries import get_round
from bureau.rotation.queries.cockpit import gaps_in
from bureau.rotation.queries.facts import facts_of

from .rounds import held_round
from .telling import objection_settled

WHOLE = 100


def set_terms(
    bureau: str, month: str, *, percent: int | None, shown_early: bool, version: int, actor: str, now: datetime
) -> None:
    """Say how many of the asked must answer, and whether they may while the plan is being made (Invalid, Stale)."""
    if percent is None or not 0 <= percent <= WHOLE:
        raise Invalid(field="percent", reason="number", low=0, high=WHOLE)
    with transaction():
        round_ = held_round(bureau, month)
        row = find_terms(round_.id)
        if (row.version if row else 0) != version:
            raise Stale
        row = row or ReviewTerms(round_id=round_.id)
        row.percent, row.shown_early = percent, shown_early
        db.session.add(row)
        after = {"percent": percent, "shown_early": shown_early}
        audit.record("review.terms", f"round:{bureau}/{month}", actor=actor, now=now, after=after)


def reply_to_objection(
    bureau: str,
    month: str,
    organisation: str,
    *,
    outcome: str,
    reply: str,
    version: int,
    spoken: bool = False,
    actor: str,
    now: datetime,
) -> None:
    """Answer an objection, carry it, or open it again; the organisation is told. Where it is ``spoken`` of in the joint
    meeting, no words are needed (Stale where it was withdrawn or changed meanwhile; ReplyNeeded).
    """
    if outcome not in OUTCOMES:
        raise Invalid(field="outcome", reason="choice")
    words = cleaned(reply, field="reply")
    if outcome != "open" and not words and not spoken:
        raise ReplyNeeded(field="reply")
    ensure_no_resident(words, bureau, field="reply", now=now)
    with transaction():
        round_ = get_round(bureau, month)
        row = find_row(round_.id, places.get_partner(round_.bureau_id, organisation).organisation_id)
        if row is None:
            raise NotFound
        row.expect(version)
        if row.answer != "objected":
            raise Stale
        before = {"outcome": row.outcome, "reply": row.reply}
        row.outcome, row.reply, row.replied_at = outcome, words, now
        audit.record(
            "objection.settled", f"review:{bureau}/{month}/{organisation}", actor=actor, now=now, before=before,
            after={"outcome": outcome, "reply": words},
        )  # fmt: skip
        if outcome != "open":
            objection_settled(round_, organisation, row, now=now)


def settle_gap(bureau: str, month: str, key: str, *, outcome: str, actor: str, now: datetime) -> None:
    """Note that the partners live with a gap, that somebody will fill it, or that it is open again.

    Two that do so at once mean the same gap: the last word counts (NotFound where the gap is closed meanwhile).
    """
    if outcome not in OUTCOMES:
        raise Invalid(field="outcome", reason="choice")
    with transaction():
        round_ = held_round(bureau, month)
        gap = next((one for one in gaps_in(facts_of(round_, now=now)) if "|".join(gap_key(one)) == key), None)
        if gap is None:
            raise NotFound
        per, place, service, language = gap_key(gap)
        row = find_gap_row(round_.id, gap_key(gap))
        if outcome == "open":
            if row is not None:
                db.session.delete(row)
        else:
            row = row or SettledGap(round_id=round_.id, per=per, place=place, service=service, language=language)
            row.outcome, row.have, row.settled_at = outcome, gap.have, now
            db.session.add(row)
        audit.record(
            "gap.settled", f"round:{bureau}/{month}", actor=actor, now=now, after={"gap": key, "outcome": outcome}
        )
