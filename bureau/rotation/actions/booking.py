"""Taking a slot, and pinning what was taken."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, broken_constraint, db, lines, transaction
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain import booking as rules
from bureau.rotation.domain.offers import WorkerChoice
from bureau.rotation.domain.refusals import SlotTaken, UnknownWorker, WorkerBusy
from bureau.rotation.models import LIVE, Offer, PlannedSession, Round, SessionLanguage, SessionService, Slot
from bureau.rotation.models.reading import block_of, seat, worker_choice
from bureau.rotation.queries.free_slots import free_slots_near

from .hooks import Booking, before_booking
from .rows import get_session, get_slot
from .telling import BOOKED, tell_of_session

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A booking that the rules allow as far as they can be asked before the slot is held."""

    slot: Slot
    worker: Any
    usual: Mapping[str, Any]
    row: PlannedSession
    tied: list[tuple[Any, list[dict[str, Any]]]]


def book_slot(
    bureau: str,
    slot_id: int,
    *,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    scope: Scope,
    actor: str,
    now: datetime,
) -> int:
    """Book a slot for the worker's organisation (one of the scope); the session's id. Two at once: the database decides.

    Refuses: SlotTaken (``near``: free slots), WorkerBusy, SlotClosed, SlotPast, WrongPhase, UnknownWorker,
    NotQualified, NothingGiven, NeedsPrivateRoom, LimitReached; and whatever a feature above refuses.
    """
    if _is_taken(slot_id):  # the common refusal, said without waiting for the write lock
        raise SlotTaken(near=free_slots_near(bureau, slot_id, now=now))
    prepared = prepare_booking(
        bureau, slot_id, worker_id=worker_id, services=services, languages=languages, scope=scope, now=now
    )
    with decided_by_database(bureau, slot_id, worker_id, now=now), transaction():
        for may_book in before_booking:
            may_book(_announced(prepared, scope, now=now))
        session_id = store_booking(prepared, actor=actor, now=now)
        tell_of_session(session_id, BOOKED, scope=scope, actor=actor, now=now)
        return session_id


def prepare_booking(
    bureau: str,
    slot_id: int,
    *,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    scope: Scope,
    now: datetime,
) -> Prepared:
    """Look at slot and worker; refuses what ``book_slot`` refuses of them."""
    slot = get_slot(bureau, slot_id)
    worker, usual = _worker(slot.round.bureau_id, worker_id, scope)
    _ensure_may_give(slot, worker_choice(worker), services, languages)
    row = _new_session(slot, worker, scope, now=now)
    return Prepared(slot=slot, worker=worker, usual=usual, row=row, tied=_ties(worker, services, languages))


def store_booking(prepared: Prepared, *, actor: str, now: datetime) -> int:
    """Store it in the running transaction, within ``decided_by_database``."""
    slot, row = prepared.slot, prepared.row
    phase, closed = phase_and_closed(slot.id)
    rules.ensure_open(phase, block_of(slot), closed=closed, now=now)
    limits = hold_limits(slot, row.organisation_id, prepared.usual)
    db.session.add(row)
    db.session.flush()
    for table, values in prepared.tied:
        db.session.execute(insert(table), [{"session_id": row.id, **one} for one in values])
    rules.ensure_within_limits(limits, block_of(slot), presences(slot, row.organisation_id, but={row.id}))
    audit.record("session.booked", f"session:{row.uid}", actor=actor, now=now, after={"slot": slot.id})
    return row.id


def _announced(prepared: Prepared, scope: Scope, *, now: datetime) -> Booking:
    by_manager = scope.organisation_id is None
    return Booking(
        slot_id=prepared.slot.id, organisation_id=prepared.row.organisation_id, by_manager=by_manager, now=now
    )


@contextmanager
def decided_by_database(bureau: str, slot_id: int, worker_id: int, *, now: datetime) -> Iterator[None]:
    """Whoever comes second to a slot, or to a worker's time, is told so kindly."""
    try:
        yield
    except IntegrityError as error:
        broken = broken_constraint(error)
        if "ex_planned_session_worker_time" in broken:
            raise WorkerBusy(field="worker", worker=_label(worker_id)) from error
        if "uq_planned_session_live_slot" in broken or "planned_session.slot_id" in broken:
            raise SlotTaken(near=free_slots_near(bureau, slot_id, now=now)) from error
        raise


def _label(worker_id: int) -> str:
    worker = PlannedSession.worker.property.mapper.class_
    statement = select(worker.label).where(worker.id == worker_id)
    return db.session.scalar(statement.execution_options(**EVERY_ORGANISATION.options())) or ""


def _is_taken(slot_id: int) -> bool:
    return lines(_alive(), {"slot": slot_id}).scalar() is not None


@cache
def _alive() -> Select[int]:
    return select(PlannedSession.id).where(PlannedSession.slot_id == bindparam("slot"), PlannedSession.state.in_(LIVE))


def _worker(bureau_id: int, worker_id: int, scope: Scope) -> tuple[Any, Mapping[str, Any]]:
    """The worker's row, of an organisation that takes part here and that the scope covers; and what it usually gives."""
    found = places.find_active_worker(worker_id, scope)
    usual = places.find_usual(bureau_id, found.organisation_id) if found else None
    if usual is None:
        raise UnknownWorker(field="worker", value=worker_id)
    return found, usual


def _ensure_may_give(slot: Slot, worker: WorkerChoice, services: Collection[str], languages: Collection[str]) -> None:
    rules.ensure_qualified(worker, services, languages)
    given = [one for one in worker.services if one.code in services]
    rules.ensure_room_fits(seat(slot.room, slot.seat), given)


def _new_session(slot: Slot, worker: Any, scope: Scope, *, now: datetime) -> PlannedSession:
    return PlannedSession(
        slot_id=slot.id,
        organisation_id=worker.organisation_id,
        worker_id=worker.id,
        state="booked",
        origin="manager" if scope.organisation_id is None else "coordinator",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        created_at=now,
        changed_at=now,
    )


def _ties(worker: Any, services: Collection[str], languages: Collection[str]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows that say what the session gives, by table."""
    given = [{"service_id": one.id} for one in worker.services if one.code in services]
    spoken = [{"language_tag": one.tag} for one in worker.languages if one.tag in languages]
    return [(SessionService, given), (SessionLanguage, spoken)]


def phase_and_closed(slot_id: int) -> tuple[str, bool]:
    """What may have changed since the page was made, read where it can no longer change: nobody closes the slot now."""
    row = lines(_phase_and_closed(), {"slot": slot_id}).one()
    return row.phase, row.closed


@cache
def _phase_and_closed() -> Select[str, bool]:
    statement = select(Round.phase, Slot.closed).join(Slot.round).where(Slot.id == bindparam("slot"))
    return statement.with_for_update(read=True, of=Slot)


def hold_limits(slot: Slot, organisation_id: int, usual: Mapping[str, Any]) -> rules.Limits:
    """The organisation's limits, with its offer held until the transaction ends: two of its coordinators may book at
    once, or a plan may be taken over. Always held before a session is stored, so that nobody waits for each other.
    """
    return limits_of(slot, organisation_id, usual, hold=True)


def limits_of(slot: Slot, organisation_id: int, usual: Mapping[str, Any], *, hold: bool = False) -> rules.Limits:
    """The organisation's limits in the slot's round: what it declared, else what is usual."""
    whose = {"round": slot.round_id, "organisation": organisation_id}
    limits: Any = db.session.execute(_limits(hold=hold), whose).one_or_none()
    return Usual.from_json(usual) if limits is None else limits


@cache
def _limits(*, hold: bool) -> Select[int, int, int, int]:
    columns = (Offer.max_per_day, Offer.max_per_week, Offer.max_per_month, Offer.max_at_once)
    mine = (Offer.round_id == bindparam("round"), Offer.organisation_id == bindparam("organisation"))
    offered = select(*columns).where(*mine).execution_options(**EVERY_ORGANISATION.options())
    return offered.with_for_update() if hold else offered


def presences(slot: Slot, organisation_id: int, *, but: Collection[int]) -> list[rules.Presence]:
    """When the organisation is there: in this round, and elsewhere around that week; without the sessions ``but``."""
    where = {
        "organisation": organisation_id, "round": slot.round_id, "but": tuple(but),
        "first": slot.starts_at - WEEK, "last": slot.starts_at + WEEK,
    }  # fmt: skip
    return [
        rules.Presence(day=row.day, starts_at=row.starts_at, ends_at=row.ends_at) for row in lines(_presences(), where)
    ]


@cache
def _presences() -> Select[date, datetime, datetime]:
    near = PlannedSession.starts_at.between(bindparam("first"), bindparam("last"))
    statement = select(Slot.day, PlannedSession.starts_at, PlannedSession.ends_at).join(PlannedSession.slot)
    return statement.where(
        PlannedSession.organisation_id == bindparam("organisation"),
        PlannedSession.state.in_(LIVE),
        PlannedSession.id.not_in(bindparam("but", expanding=True)),
        near | (Slot.round_id == bindparam("round")),
    )


def pin_session(bureau: str, session_id: int, *, pinned: bool, version: int, actor: str, now: datetime) -> None:
    """Say that a session must stay where it is when the month is proposed again (the manager's; Stale)."""
    with transaction():
        row = get_session(bureau, session_id, EVERY_ORGANISATION)
        row.expect(version)
        if row.pinned == pinned:
            return
        row.pinned = pinned
        action = "session.pinned" if pinned else "session.unpinned"
        audit.record(action, f"session:{row.uid}", actor=actor, now=now)
