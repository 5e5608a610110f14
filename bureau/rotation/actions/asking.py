"""Asking the solver what one more session would cost."""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.domain.pricing import BUSY, Price, price_of
from bureau.rotation.domain.problem import team_id
from bureau.rotation.models import Proposal, Round
from bureau.rotation.models.reading import block_of
from bureau.rotation.queries.rounds import get_round
from bureau.rotation.queries.standing import board_as_plan
from bureau.rotation.solver.asking import explain_in_child

from .rows import get_slot

_one_question = Lock()
"""A server's process answers one question at a time: each takes a processor for a second or two."""


def price_of_gap(bureau: str, proposal_id: int, demand: str) -> Price:
    """What one more session for a demand of the proposal would cost (NotFound where it has no plan, or no such demand)."""
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    row = db.session.scalar(select(Proposal).where(Proposal.id == proposal_id, here))
    if row is None or not (row.plan or {}).get("assignments"):
        raise NotFound
    if demand not in {one["id"] for one in row.problem["demands"]}:
        raise NotFound
    return _ask(row.problem, row.plan or {}, demand=demand)


def price_of_wish(bureau: str, month: str, demand: str, *, now: datetime) -> Price:
    """What one more session for a wish would cost on the board of today (NotFound where there is no such wish)."""
    document, plan = board_as_plan(get_round(bureau, month), now=now)
    if demand not in {one["id"] for one in document["demands"]}:
        raise NotFound
    return _ask(document, plan, demand=demand)


def price_of_booking(bureau: str, slot_id: int, worker_id: int, *, scope: Scope, now: datetime) -> Price:
    """What it would cost today to have the worker in the slot's block (NotFound where the scope has no such worker)."""
    slot = get_slot(bureau, slot_id)
    if worker_id not in {row.id for row in places.workers_at(slot.round.bureau_id, scope)}:
        raise NotFound
    document, plan = board_as_plan(get_round(bureau, slot.round.month), now=now)
    team, block = team_id(worker_id), block_of(slot).code
    if team not in {one["id"] for one in document["teams"]}:
        raise NotFound
    return _ask(document, plan, booking=(team, block))


def _ask(
    problem: Mapping[str, Any],
    plan: Mapping[str, Any],
    *,
    demand: str | None = None,
    booking: tuple[str, str] | None = None,
) -> Price:
    db.session.rollback()  # nobody holds a connection while the solver thinks
    if not _one_question.acquire(blocking=False):
        return BUSY
    try:
        return price_of(explain_in_child(problem, plan, demand=demand, booking=booking))
    finally:
        _one_question.release()
