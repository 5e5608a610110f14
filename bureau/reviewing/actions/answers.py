"""Answering a plan."""

from datetime import datetime

from bureau.kernel import audit
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import Invalid, NotFound, Stale
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.reviewing.domain.comments import cleaned
from bureau.reviewing.domain.consent import ANSWERS, ensure_may_answer
from bureau.reviewing.domain.refusals import ObjectionNeedsReason
from bureau.reviewing.models import Review
from bureau.reviewing.queries.reviews import find_row, terms_of
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.queries.plan import plan_in_force

from .rounds import held_round


def answer_plan(
    bureau: str,
    month: str,
    organisation: str,
    *,
    answer: str,
    reason: str,
    version: int,
    scope: Scope,
    actor: str,
    now: datetime,
) -> None:
    """Accept the plan of the month for an organisation, or object to it; the answer that stood before gives way.

    A scope of every organisation is the manager, who notes what an organisation said elsewhere. ``version`` is that of
    the answer which the person saw, 0 for none (Stale, DeadlinePassed, NotShownYet, ReviewOver, ObjectionNeedsReason).
    """
    words = reason_for(answer, reason)
    ensure_no_resident(words, bureau, field="reason", now=now)
    with transaction():
        round_ = held_round(bureau, month)
        partner = places.get_partner(round_.bureau_id, organisation)
        if not scope.covers(partner.organisation_id) or not partner.active:
            raise NotFound
        by_manager = scope.organisation_id is None
        ensure_may_answer(round_, terms_of(round_), by_manager=by_manager, now=now)
        row = _held(round_, partner.organisation_id, version)
        before = None if row is None else {"answer": row.answer, "reason": row.reason}
        plan = plan_in_force(round_.id)
        row = row or Review(round_id=round_.id, organisation_id=partner.organisation_id)
        row.proposal_id, row.answered_at, row.on_behalf = plan, now, by_manager
        row.answer, row.reason = answer, words
        row.outcome, row.reply, row.replied_at = "open", "", None
        db.session.add(row)
        audit.record(
            "plan.answered", f"review:{bureau}/{month}/{organisation}", actor=actor, now=now, before=before,
            after={"answer": answer, "reason": words, "on_behalf": by_manager},
        )  # fmt: skip


def reason_for(answer: str, reason: str) -> str:
    """The reason as it is kept; an objection has one."""
    if answer not in ANSWERS:
        raise Invalid(field="answer", reason="choice")
    words = cleaned(reason, field="reason")
    if answer == "objected" and not words:
        raise ObjectionNeedsReason(field="reason")
    return words


def _held(round_: RoundInfo, organisation_id: int, version: int) -> Review | None:
    """The answer that stood when the person looked, to be replaced; None where there was none, and still is none."""
    row = find_row(round_.id, organisation_id)
    if (row.version if row else 0) != version:
        raise Stale
    return row
