"""Runs of the solver."""

from datetime import datetime

from bureau.rotation.domain.cockpit import Explanation, ProposalInfo
from bureau.rotation.domain.rounds import RoundInfo


def proposals_of(round_: RoundInfo, *, now: datetime) -> tuple[ProposalInfo, ...]:
    """Every run on the round, the latest first."""
    raise NotImplementedError


def get_proposal(bureau: str, proposal_id: int, *, now: datetime) -> ProposalInfo:
    """One run, with its progress while it works; NotFound where it is not in this bureau."""
    raise NotImplementedError


def explanations(bureau: str, proposal_id: int) -> tuple[Explanation, ...]:
    """The wishes that the plan leaves open, with the reason where the solver gave one."""
    raise NotImplementedError
