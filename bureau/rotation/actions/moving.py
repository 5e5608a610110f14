"""Moving a session to another slot of its month: looked at first, then made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, transaction
from bureau.kernel.errors import NotFound, Refused
from bureau.organisations import queries as places
from bureau.rotation.domain import moving as rules
from bureau.rotation.domain.booking import Limits, Presence
from bureau.rotation.domain.moving import Consequences, Move
from bureau.rotation.domain.offers import WorkerChoice
from bureau.rotation.domain.refusals import SlotTaken
from bureau.rotation.models import PlannedSession, Slot, is_live
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import block_of, held, named_service, seat, spoken_language, worker_choice
from bureau.rotation.queries.facts import facts_of
from bureau.rotation.queries.free_slots import free_slots_near
from bureau.rotation.queries.rounds import get_round

from .booking import decided_by_database, hold_limits, limits_of, phase_and_closed, presences
from .excepting import leave_series, leaves_series
from .hooks import Booking, before_booking
from .rows import get_session, get_slot
from .telling import MOVED, tell_of_session, when_of


def look_at_move(bureau: str, session_id: int, *, to: int, scope: Scope, now: datetime) -> Consequences:
    """All that ``move_session`` would refuse, and what would become worse or better. Stores nothing."""
    row, slot = _session(bureau, session_id, scope), _target(bureau, session_id, to)
    limits = limits_of(slot.round_id, row.organisation_id, _usual(row))
    move = _move(row, slot, phase=slot.round.phase, closed=slot.closed, limits=limits)
    broken = rules.breaks(move, now=now)
    round_ = get_round(bureau, slot.round.month)
    return Consequences(
        breaks=broken or _refused_above(row, slot, scope, now=now),
        difference=rules.difference(
            facts_of(round_, now=now),
            held(row),
            block_of(slot),
            services=map(named_service, row.services),
            languages=map(spoken_language, row.languages),
        ),
        pinned=row.pinned,
        published=round_.phase == "published",
        leaves_series=leaves_series(row, row.slot, slot),
    )


def move_session(
    bureau: str, session_id: int, *, to: int, version: int, scope: Scope, actor: str, now: datetime
) -> None:
    """Take the session to another slot; it stays the same session. Two who want one slot: the database decides.

    Refuses: SessionOver, SlotTaken (``near``: free slots), WorkerBusy, SlotClosed, SlotPast, WrongPhase,
    UnknownWorker, NotQualified, NeedsPrivateRoom, LimitReached, Stale; and whatever a feature above refuses of a booking.
    """
    _target(bureau, session_id, to)
    worker_id = _session(bureau, session_id, scope).worker_id
    with decided_by_database(bureau, to, worker_id, now=now), transaction() as session:
        row, slot = _session(bureau, session_id, scope), get_slot(bureau, to)
        row.expect(version)
        for refusal in _refused_above(row, slot, scope, now=now):
            raise refusal
        _ensure_can_move(bureau, row, slot, now=now)
        before, was = row.slot_id, when_of(row.slot)
        leave_series(row, row.slot, slot, "")
        row.slot, row.starts_at, row.ends_at, row.changed_at = slot, slot.starts_at, slot.ends_at, now
        row.origin = "manager" if scope.organisation_id is None else "coordinator"
        session.flush()
        thing = f"session:{row.uid}"
        audit.record("session.moved", thing, actor=actor, now=now, before={"slot": before}, after={"slot": slot.id})
        tell_of_session(row.id, MOVED, scope=scope, actor=actor, now=now, was=was)


def _ensure_can_move(bureau: str, row: PlannedSession, slot: Slot, *, now: datetime) -> None:
    """The rules, asked of what can no longer change: the slot stays open, and nobody books for the organisation now."""
    phase, closed = phase_and_closed(slot.id)
    limits = hold_limits(slot.round_id, row.organisation_id, _usual(row))
    try:
        rules.ensure_can_move(_move(row, slot, phase=phase, closed=closed, limits=limits), now=now)
    except SlotTaken as refusal:
        raise SlotTaken(near=free_slots_near(bureau, slot.id, now=now)) from refusal


def _session(bureau: str, session_id: int, scope: Scope) -> PlannedSession:
    """The session with what it gives."""
    row = get_session(bureau, session_id, scope)
    db.session.scalars(select(PlannedSession).where(PlannedSession.id == row.id).options(*given_in_session())).all()
    return row


def _target(bureau: str, session_id: int, to: int) -> Slot:
    """The slot that it shall go to; NotFound where that is not in the session's own month."""
    slot = get_slot(bureau, to)
    home = select(Slot.round_id).join(PlannedSession, PlannedSession.slot_id == Slot.id)
    if db.session.scalar(home.where(PlannedSession.id == session_id)) != slot.round_id:
        raise NotFound
    return slot


def _move(row: PlannedSession, slot: Slot, *, phase: str, closed: bool, limits: Limits) -> Move:
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == slot.id, is_live())
    return Move(
        state=row.state,
        starts_at=row.starts_at,
        worker=row.worker.label,
        giver=_giver(row),
        services=tuple(named_service(one) for one in row.services),
        languages=tuple(one.tag for one in row.languages),
        stays=row.slot_id == slot.id,
        phase=phase,
        block=block_of(slot),
        seat=seat(slot.room, slot.seat),
        closed=closed,
        taken=db.session.scalar(taken) is not None,
        busy=tuple(_busy(row, slot)),
        present=tuple(presences(slot, row.organisation_id, but={row.id})),
        limits=limits,
    )


def _giver(row: PlannedSession) -> WorkerChoice | None:
    """The worker with what they give today; nobody where they, or their organisation, no longer come here."""
    found = places.find_active_worker(row.worker_id, EVERY_ORGANISATION)
    here = places.find_usual(row.slot.round.bureau_id, row.organisation_id) is not None
    return worker_choice(found) if found is not None and here else None


def _usual(row: PlannedSession) -> dict[str, object]:
    return dict(places.find_usual(row.slot.round.bureau_id, row.organisation_id) or {})


def _busy(row: PlannedSession, slot: Slot) -> Sequence[Presence]:
    """When the worker is in another session at the slot's time, wherever that is."""
    statement = (
        select(Slot.day, PlannedSession.starts_at, PlannedSession.ends_at)
        .join(PlannedSession.slot)
        .where(
            PlannedSession.worker_id == row.worker_id,
            is_live(),
            PlannedSession.id != row.id,
            PlannedSession.starts_at < slot.ends_at,
            PlannedSession.ends_at > slot.starts_at,
        )
    )
    return [
        Presence(day=one.day, starts_at=one.starts_at, ends_at=one.ends_at) for one in db.session.execute(statement)
    ]


def _refused_above(row: PlannedSession, slot: Slot, scope: Scope, *, now: datetime) -> tuple[Refused, ...]:
    """What features above say of the organisation's taking the slot: somebody else may have been offered it."""
    by_manager = scope.organisation_id is None
    wanted = Booking(slot_id=slot.id, organisation_id=row.organisation_id, by_manager=by_manager, now=now)
    try:
        for may_book in before_booking:
            may_book(wanted)
    except Refused as refusal:
        return (refusal,)
    return ()
