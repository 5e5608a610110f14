"""Letting the solver propose, and taking what it proposes."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from bureau.catalogue import queries as catalogue
from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, db, transaction
from bureau.kernel.errors import NotFound
from bureau.rotation.domain.plan import Moves, Place, Placement, moves_of, placements_of
from bureau.rotation.domain.refusals import (
    NobodyAnswered,
    PlanOutdated,
    ProposalNotReady,
    ProposalRunning,
    WrongPhase,
)
from bureau.rotation.domain.runs import is_silent
from bureau.rotation.models import LIVE, PlannedSession, Proposal, Round, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import block_of, seat
from bureau.rotation.queries.facts import problem_of
from bureau.rotation.queries.rounds import get_round

from .rows import hold_round
from .solving import run_proposal

ROOT = Path(__file__).parents[3]
MOST_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting a proposal did to the plan."""

    new: int
    kept: int
    withdrawn: int


def start_proposal(bureau: str, month: str, *, seconds: int, actor: str, now: datetime) -> int:
    """Start the solver in a process of its own; the proposal's id (ProposalRunning, NobodyAnswered, WrongPhase)."""
    proposal_id = create_proposal(bureau, month, seconds=seconds, actor=actor, now=now)
    _start_child(proposal_id)
    return proposal_id


def create_proposal(bureau: str, month: str, *, seconds: int, actor: str, now: datetime) -> int:
    """Write down what the solver shall do; ``run_proposal`` does it."""
    with transaction() as session:
        round_ = get_round(bureau, month)
        if round_.phase not in ("declaring", "proposing", "reviewing", "published"):
            raise WrongPhase(phase=round_.phase)
        hold_round(round_.id)
        number = _next_number(round_.id, now=now)
        problem = problem_of(round_, now=now)
        if not problem["teams"]:
            raise NobodyAnswered
        row = Proposal(
            round_id=round_.id, number=number, state="running", seconds=min(seconds, MOST_SECONDS), problem=problem,
            progress={}, started_at=now, heard_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.record("proposal.started", f"proposal:{bureau}/{month}/{number}", actor=actor, now=now)
        return row.id


def _next_number(round_id: int, *, now: datetime) -> int:
    """The number of the next run; refuses while one is at work, and calls a silent one failed."""
    running = select(Proposal).where(Proposal.round_id == round_id, Proposal.state == "running")
    for row in db.session.scalars(running):
        if not is_silent(row.heard_at, now=now):
            raise ProposalRunning
        row.state, row.finished_at = "failed", now
    latest = select(func.max(Proposal.number)).where(Proposal.round_id == round_id)
    return (db.session.scalar(latest) or 0) + 1


def _start_child(proposal_id: int) -> None:
    """A process that outlives this request, on the same database."""
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "round", "run-proposal", str(proposal_id)]
    settings = {
        "DATABASE_URL": current_app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": current_app.config["SECRET_KEY"],
    }
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, **settings}, start_new_session=True,
        stdin=quiet, stdout=quiet, stderr=quiet,
    )  # fmt: skip
    threading.Thread(target=child.wait, daemon=True).start()  # else it stays a zombie when it ends


def stop_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Ask the solver to stop and keep the best plan so far."""
    with transaction():
        row = _get(bureau, proposal_id)
        if row.state == "running" and not row.stop_requested:
            row.stop_requested = True
            _note("proposal.stopped", row, actor=actor, now=now)


def discard_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> None:
    """Put the proposal aside."""
    with transaction():
        hold_round(_get(bureau, proposal_id).round_id)
        row = _get(bureau, proposal_id)
        if row.state == "accepted":
            raise ProposalNotReady
        if row.state != "discarded":
            row.state, row.stop_requested, row.finished_at = "discarded", True, row.finished_at or now
            _note("proposal.discarded", row, actor=actor, now=now)


def accept_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> Accepted:
    """Turn the plan into booked sessions (ProposalNotReady, PlanOutdated).

    Earlier sessions of the solver that the plan no longer holds are withdrawn; those with the same worker and block keep
    their UID; pinned ones and those made by people stay.
    """
    try:
        with transaction():
            hold_round(_get(bureau, proposal_id).round_id)
            row = _get(bureau, proposal_id)
            if row.state not in ("finished", "stopped") or not row.plan:
                raise ProposalNotReady
            if row.round.phase not in ("declaring", "proposing", "reviewing", "published"):
                raise WrongPhase(phase=row.round.phase)
            accepted = _carry_out(row, now=now)
            row.state = "accepted"
            _note("proposal.accepted", row, actor=actor, now=now, after=accepted)
            return accepted
    except IntegrityError as error:  # somebody booked meanwhile
        raise PlanOutdated from error


def _get(bureau: str, proposal_id: int) -> Proposal:
    here = Proposal.round.has(Round.bureau.has(code=bureau))
    statement = select(Proposal).where(Proposal.id == proposal_id, here).execution_options(populate_existing=True)
    row = db.session.scalar(statement.options(joinedload(Proposal.round).joinedload(Round.bureau)))
    if row is None:
        raise NotFound
    return row


def _note(action: str, row: Proposal, *, actor: str, now: datetime, after: Accepted | None = None) -> None:
    thing = f"proposal:{row.round.bureau.code}/{row.round.month}/{row.number}"
    counts = {"new": after.new, "kept": after.kept, "withdrawn": after.withdrawn} if after else None
    audit.record(action, thing, actor=actor, now=now, after=counts)


def _carry_out(row: Proposal, *, now: datetime) -> Accepted:
    slots = _slots_by_place(row.round_id)
    sessions = {one.id: one for one in _sessions(row.round_id)}
    stays = {one.id for one in sessions.values() if one.state in LIVE and _stays(one, now=now)}
    moves = moves_of(
        placements_of(row.plan or {}),
        fixed={_key(sessions[number]): _place(sessions[number].slot) for number in stays},
        replaceable={_key(one): one.id for one in sessions.values() if one.state in LIVE and one.id not in stays},
        withdrawn={_key(one): one.id for one in sessions.values() if one.state == "cancelled"},
        free=_free(slots, {sessions[number].slot_id for number in stays}, now=now),
    )
    _make_room(moves, sessions, slots, now=now)
    _place_all(moves, sessions, slots, now=now)
    db.session.flush()
    return Accepted(new=len(moves.new) + len(moves.revive), kept=len(moves.keep), withdrawn=len(moves.withdraw))


def _slots_by_place(round_id: int) -> dict[Place, Slot]:
    statement = select(Slot).where(Slot.round_id == round_id).options(joinedload(Slot.room))
    rows = db.session.scalars(statement.with_for_update(read=True, of=Slot))  # nobody closes one meanwhile
    return {_place(row): row for row in rows}


def _sessions(round_id: int) -> list[PlannedSession]:
    """The live sessions of a round, and those of the solver that were withdrawn, earliest made first."""
    states = PlannedSession.state.in_((*LIVE, "cancelled"))
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_id, states)
        .options(joinedload(PlannedSession.slot).joinedload(Slot.room), *given_in_session())
        .order_by(PlannedSession.id)
    )
    return [
        one for one in db.session.scalars(statement.with_for_update(of=PlannedSession))
        if one.state in LIVE or one.origin == "solver"
    ]  # fmt: skip


def _stays(row: PlannedSession, *, now: datetime) -> bool:
    return row.pinned or row.origin != "solver" or row.starts_at <= now


def _place(slot: Slot) -> Place:
    return block_of(slot).code, seat(slot.room, slot.seat).code


def _key(row: PlannedSession) -> tuple[int, str]:
    return row.worker_id, block_of(row.slot).code


def _free(slots: Mapping[Place, Slot], taken: set[int], *, now: datetime) -> set[Place]:
    return {place for place, slot in slots.items() if slot.id not in taken and not slot.closed and slot.starts_at > now}


def _make_room(
    moves: Moves, sessions: Mapping[int, PlannedSession], slots: Mapping[Place, Slot], *, now: datetime
) -> None:
    """Take out whoever leaves a slot before anybody comes in: two who trade seats would meet in between."""
    leaving = [number for number, one in moves.keep.items() if sessions[number].slot_id != slots[one.place].id]
    for number in (*moves.withdraw, *leaving):
        sessions[number].state, sessions[number].changed_at = "cancelled", now
    db.session.flush()


def _place_all(
    moves: Moves, sessions: Mapping[int, PlannedSession], slots: Mapping[Place, Slot], *, now: datetime
) -> None:
    owners = _owners(moves)
    services = {row.code: row for row in catalogue.services()}
    languages = catalogue.languages_by_tag()
    rows = {number: sessions[number] for number in (*moves.keep, *moves.revive)}
    placed = [(rows[number], one) for number, one in (*moves.keep.items(), *moves.revive.items())]
    placed += [(_new_row(one, owners[one.worker_id], now=now), one) for one in moves.new]
    for row, one in placed:
        slot = slots[one.place]
        row.slot_id, row.starts_at, row.ends_at = slot.id, slot.starts_at, slot.ends_at
        row.state = "booked"
        row.services = [services[code] for code in services if code in one.services]
        row.languages = [languages[tag] for tag in languages if tag in one.languages]
        if db.session.is_modified(row):
            row.changed_at = now


def _owners(moves: Moves) -> dict[int, int]:
    wanted = {one.worker_id for one in moves.new}
    worker = PlannedSession.worker.property.mapper.class_
    statement = select(worker.id, worker.organisation_id).where(worker.id.in_(wanted))
    return {row[0]: row[1] for row in db.session.execute(statement.execution_options(scope=EVERY_ORGANISATION))}


def _new_row(one: Placement, organisation_id: int, *, now: datetime) -> PlannedSession:
    row = PlannedSession(
        organisation_id=organisation_id, worker_id=one.worker_id, state="booked", origin="solver", created_at=now,
        changed_at=now, services=[], languages=[],
    )  # fmt: skip
    db.session.add(row)
    return row


__all__ = [
    "Accepted",
    "accept_proposal",
    "create_proposal",
    "discard_proposal",
    "run_proposal",
    "start_proposal",
    "stop_proposal",
]
