"""Letting the solver propose, and taking what it proposes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting a proposal did to the plan."""

    new: int
    kept: int
    withdrawn: int


def start_proposal(bureau: str, month: str, *, seconds: int, actor: str, now: datetime) -> int:
    """Start the solver in a process of its own; the proposal's id (ProposalRunning, NobodyAnswered, WrongPhase)."""
    raise NotImplementedError


def stop_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Ask the solver to stop and keep the best plan so far."""
    raise NotImplementedError


def accept_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> Accepted:
    """Turn the plan into booked sessions (ProposalNotReady, PlanOutdated).

    Earlier sessions of the solver that the plan no longer holds are withdrawn; those with the same worker and block keep
    their UID; pinned ones and those made by people stay.
    """
    raise NotImplementedError


def discard_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Put the proposal aside."""
    raise NotImplementedError
