"""Rounds and their blocks."""

from datetime import datetime

from bureau.rotation.domain.rounds import Block, RoundInfo


def find_round(bureau: str, month: str) -> RoundInfo | None:
    """The round of the bureau (by code) and month (``2026-12``), if it was opened."""
    raise NotImplementedError


def get_round(bureau: str, month: str) -> RoundInfo:
    """The same; NotFound where there is none."""
    raise NotImplementedError


def rounds_of(bureau: str) -> tuple[RoundInfo, ...]:
    """Every round of the bureau, the latest month first."""
    raise NotImplementedError


def current_round(bureau: str, *, now: datetime) -> RoundInfo | None:
    """The round that people work on: the first not yet published, else the latest."""
    raise NotImplementedError


def blocks_of_round(round_id: int) -> tuple[Block, ...]:
    """The blocks of a round in order of time, each once."""
    raise NotImplementedError
