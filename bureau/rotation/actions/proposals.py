"""Letting the solver propose, and taking what it proposes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bureau.kernel import audit, outliving
from bureau.kernel.children import start_command
from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.rows import add
from bureau.organisations.queries import hold_bureau
from bureau.rotation.domain.refusals import NobodyAnswered, ProposalNotReady, ProposalRunning, WrongPhase
from bureau.rotation.domain.runs import MOST_ATTEMPTS
from bureau.rotation.models import Proposal, Round
from bureau.rotation.queries.facts import problem_of
from bureau.rotation.queries.rounds import get_round
from bureau.rotation.solver.process import end_in

from .rows import hold_round
from .solving import folder_of, run_proposal

MOST_SECONDS = 3600
PLANNABLE = ("declaring", "proposing", "reviewing", "published")
"""Phases in which the solver proposes and its plans are taken."""


def start_proposal(
    bureau: str, month: str, *, seconds: int, actor: str, now: datetime, everywhere: bool = False
) -> int:
    """Start the solver in a process of its own; the proposal's id (ProposalRunning, NobodyAnswered, WrongPhase)."""
    proposal_id = create_proposal(bureau, month, seconds=seconds, everywhere=everywhere, actor=actor, now=now)
    _start_child(proposal_id, 1)
    return proposal_id


def create_proposal(
    bureau: str, month: str, *, seconds: int, actor: str, now: datetime, everywhere: bool = False
) -> int:
    """Write down what the solver shall do; ``run_proposal`` does it.

    Of a plan in force only what broke is planned again, and what new wishes touch, unless ``everywhere``.
    """
    with transaction():
        place = hold_bureau(bureau)
        round_ = get_round(bureau, month)
        if round_.phase not in PLANNABLE:
            raise WrongPhase(phase=round_.phase)
        outliving.ensure_none_runs(Proposal, Proposal.bureau_id == place.id, otherwise=ProposalRunning(), now=now)
        number = _next_number(round_.id)
        problem = problem_of(round_, now=now, everywhere=everywhere)
        if not problem["teams"]:
            raise NobodyAnswered
        row = Proposal(
            bureau_id=place.id, round_id=round_.id, number=number, state="running", seconds=min(seconds, MOST_SECONDS),
            problem=problem, progress={"asked": _asked(problem)}, started_at=now, heard_at=now,
        )  # fmt: skip
        add(row, otherwise=ProposalRunning())  # the database allows one at a time
        audit.record("proposal.started", f"proposal:{bureau}/{month}/{number}", actor=actor, now=now)
        return row.id


def _asked(problem: Mapping[str, Any]) -> int:
    """All that is wished for, weighed as the solver weighs what is missing of it."""
    return sum(int(one["weight"]) * int(one["target"]) for one in problem["demands"])


def _next_number(round_id: int) -> int:
    latest = select(func.max(Proposal.number)).where(Proposal.round_id == round_id)
    return (db.session.scalar(latest) or 0) + 1


def take_up(proposal_id: int, *, now: datetime) -> bool:
    """Give a run that fell silent to another process, unless it was tried often enough; whether it was."""
    return outliving.take_up(Proposal, proposal_id, most=MOST_ATTEMPTS, start=_start_child, now=now)


def _start_child(proposal_id: int, attempt: int) -> int:
    """A process that outlives this request and its server, on the same database; its number."""
    return start_command("round", "run-proposal", str(proposal_id), str(attempt))


def stop_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Ask the solver to stop and keep the best plan so far: by the row, and at once where its process is on this machine."""
    with transaction():
        row = get_row(bureau, proposal_id)
        if row.state == "running" and not row.stop_requested:
            row.stop_requested = True
            note("proposal.stopped", row, actor=actor, now=now)
    end_in(folder_of(proposal_id))


def discard_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Put the proposal aside."""
    with transaction():
        hold_round(get_row(bureau, proposal_id).round_id)
        row = get_row(bureau, proposal_id)
        if row.state == "accepted":
            raise ProposalNotReady
        if row.state != "discarded":
            row.state, row.stop_requested, row.finished_at = "discarded", True, row.finished_at or now
            note("proposal.discarded", row, actor=actor, now=now)
    end_in(folder_of(proposal_id))


def get_row(bureau: str, proposal_id: int) -> Proposal:
    """A proposal of this bureau with round and bureau, as it is now."""
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    statement = select(Proposal).where(Proposal.id == proposal_id, here).execution_options(populate_existing=True)
    row = db.session.scalar(statement.options(joinedload(Proposal.round).joinedload(Round.bureau)))
    if row is None:
        raise NotFound
    return row


def note(action: str, row: Proposal, *, actor: str, now: datetime, after: dict[str, int] | None = None) -> None:
    """Write down what was done to a proposal."""
    thing = f"proposal:{row.round.bureau.code}/{row.round.month}/{row.number}"
    audit.record(action, thing, actor=actor, now=now, after=after)


__all__ = [
    "create_proposal",
    "discard_proposal",
    "run_proposal",
    "start_proposal",
    "stop_proposal",
    "take_up",
]
