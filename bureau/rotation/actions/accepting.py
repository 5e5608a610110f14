"""Taking what the solver proposed onto the board, as far as it holds today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from bureau.catalogue import queries as catalogue
from bureau.kernel.database import EVERY_ORGANISATION, db, transaction
from bureau.kernel.month import Month
from bureau.rotation.domain.acceptance import LeftOut, holding
from bureau.rotation.domain.plan import Moves, Place, Placement, moves_of, placements_of
from bureau.rotation.domain.refusals import PlanOutdated, ProposalNotReady, WrongPhase
from bureau.rotation.models import LIVE, Offer, PlannedSession, Proposal, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import block_of, round_info, seat
from bureau.rotation.queries.in_force import sessions_given_back
from bureau.rotation.queries.left_out import as_json
from bureau.rotation.queries.series import excepted_in
from bureau.rotation.queries.today import owners_of, today_of
from bureau.rotation.queries.told import versions_of

from .proposals import PLANNABLE, get_row, note
from .rows import hold_round
from .telling import tell_of_plan

TRIES = 3
"""So often a plan is held against the bookings anew when somebody books at the very instant it is taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting a proposal did to the plan, and which of its sessions do not hold any more."""

    new: int
    kept: int
    withdrawn: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """In numbers."""
        return {"new": self.new, "kept": self.kept, "withdrawn": self.withdrawn, "left_out": len(self.left_out)}


def accept_proposal(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> Accepted:
    """Turn the plan into booked sessions, as far as the rules of booking allow them today; the others are left out,
    each with its reason (ProposalNotReady, WrongPhase; PlanOutdated where nothing of the plan holds).

    Earlier sessions of the solver that the plan no longer holds are withdrawn; those with the same worker and block keep
    their UID; pinned ones and those made by people stay.
    """
    met: Exception | None = None
    for _ in range(TRIES):
        try:
            return _accept(bureau, proposal_id, actor=actor, now=now)
        except IntegrityError as error:  # somebody booked meanwhile; the next look sees it
            met = error
    raise PlanOutdated from met


def _accept(bureau: str, proposal_id: int, *, actor: str, now: datetime) -> Accepted:
    with transaction():
        hold_round(get_row(bureau, proposal_id).round_id)
        row = get_row(bureau, proposal_id)
        if row.state not in ("finished", "stopped") or not row.plan:
            raise ProposalNotReady
        if row.round.phase not in PLANNABLE:
            raise WrongPhase(phase=row.round.phase)
        before = versions_of(row.round_id)
        accepted = _carry_out(row, now=now)
        row.state = "accepted"
        row.progress = {**row.progress, "left_out": as_json(row.round.bureau_id, accepted.left_out)}
        note("proposal.accepted", row, actor=actor, now=now, after=accepted.counts)
        tell_of_plan(round_info(row.round), before, key=f"proposal/{row.id}", now=now)
        return accepted


def _carry_out(row: Proposal, *, now: datetime) -> Accepted:
    slots = _slots_by_place(row.round_id)
    _hold_limits(row.round_id)  # before the sessions, as who moves or exchanges one does
    sessions = {one.id: one for one in _sessions(row.round_id)}
    stays = {one.id for one in sessions.values() if one.state in LIVE and _stays(one, now=now)}
    replaceable = {_key(one): one.id for one in sessions.values() if one.state in LIVE and one.id not in stays}
    plan, left_out = _what_holds(row, slots, sessions, stays, replaceable, now=now)
    withdrawn = {_key(one): one.id for one in sessions.values() if one.state == "cancelled"}
    moves = moves_of(plan, replaceable=replaceable, withdrawn=withdrawn)
    _make_room(moves, sessions, slots, now=now)
    _place_all(moves, sessions, slots, now=now)
    db.session.flush()
    return Accepted(
        new=len(moves.new) + len(moves.revive), kept=len(moves.keep), withdrawn=len(moves.withdraw), left_out=left_out
    )


def _what_holds(
    row: Proposal,
    slots: Mapping[Place, Slot],
    sessions: Mapping[int, PlannedSession],
    stays: Collection[int],
    replaceable: Mapping[tuple[int, str], int],
    *,
    now: datetime,
) -> tuple[Sequence[Placement], tuple[LeftOut, ...]]:
    """The sessions to place and those that are left out; what stays anyway is neither."""
    plan = placements_of(row.plan or {})
    there = {_key(sessions[number]) for number in stays}
    asked = [one for one in plan if one.key not in there]
    today = today_of(
        round_info(row.round),
        slots,
        {one.worker_id for one in plan},
        staying={sessions[number].slot_id for number in stays},
        leaving=set(replaceable.values()),
        now=now,
    )
    given_back = {_key(one) for one in sessions_given_back(row.round_id)} - replaceable.keys()
    given_back |= excepted_in(Month.parse(row.round.month), row.round.bureau_id)
    held, left_out = holding(asked, today, first=replaceable.keys(), given_back=given_back)
    if left_out and not held and len(asked) == len(plan):
        raise PlanOutdated
    return held, left_out


def _slots_by_place(round_id: int) -> dict[Place, Slot]:
    statement = select(Slot).where(Slot.round_id == round_id).options(joinedload(Slot.room)).order_by(Slot.id)
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


def _hold_limits(round_id: int) -> None:
    """Who books for an organisation meanwhile waits, so that both together stay within its limits."""
    statement = select(Offer.id).where(Offer.round_id == round_id).order_by(Offer.id).with_for_update()
    db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options()))


def _stays(row: PlannedSession, *, now: datetime) -> bool:
    return row.pinned or row.origin != "solver" or row.starts_at <= now


def _place(slot: Slot) -> Place:
    return block_of(slot).code, seat(slot.room, slot.seat).code


def _key(row: PlannedSession) -> tuple[int, str]:
    return row.worker_id, block_of(row.slot).code


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
    owners = owners_of({one.worker_id for one in moves.new})
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


def _new_row(one: Placement, organisation_id: int, *, now: datetime) -> PlannedSession:
    row = PlannedSession(
        organisation_id=organisation_id, worker_id=one.worker_id, state="booked", origin="solver", created_at=now,
        changed_at=now, services=[], languages=[],
    )  # fmt: skip
    db.session.add(row)
    return row
