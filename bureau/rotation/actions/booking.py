"""Taking a slot, and pinning what was taken."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, and_, bindparam, case, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningInsert

from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, broken_constraint, change, db, lines, transaction
from bureau.kernel.localised import LocalisedText
from bureau.kernel.month import Month
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain import booking as rules
from bureau.rotation.domain.board import SlotPlace
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.refusals import SlotTaken, UnknownWorker, WorkerBusy
from bureau.rotation.domain.rounds import Block
from bureau.rotation.models import Offer, PlannedSession, Round, SessionLanguage, SessionService, Slot, is_live
from bureau.rotation.models.reading import organisation_in, worker_in
from bureau.rotation.queries.board import named_catalogue
from bureau.rotation.queries.free_slots import free_slots_near
from bureau.rotation.queries.mine import place_of_slot

from .hooks import Booking, before_booking
from .rows import get_session
from .telling import BOOKED, tell_of_session

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A booking that the rules allow as far as they can be asked before the slot is held."""

    slot: SlotPlace
    organisation: OrganisationInfo
    usual: Mapping[str, Any]
    session: dict[str, Any]
    tied: list[tuple[Any, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The session that was booked, and the month that it belongs to."""

    session_id: int
    month: str


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
) -> Booked:
    """Book a slot for the worker's organisation (one of the scope). Two at once: the database decides.

    Refuses: SlotTaken (``near``: free slots), WorkerBusy, SlotClosed, SlotPast, WrongPhase, UnknownWorker,
    NotQualified, NothingGiven, NeedsPrivateRoom, LimitReached; and whatever a feature above refuses.
    """
    slot = place_of_slot(bureau, slot_id, worker_id)
    if slot.taken:  # the common refusals, said without waiting for the write lock
        raise SlotTaken(near=free_slots_near(bureau, slot_id, now=now))
    prepared = _prepared(slot, worker_id, services, languages, scope, now=now)
    if slot.busy:
        raise WorkerBusy(field="worker", worker=_label(worker_id))
    with decided_by_database(bureau, slot_id, worker_id, now=now), transaction():
        for may_book in before_booking:
            may_book(_announced(prepared, scope, now=now))
        session_id = store_booking(prepared, actor=actor, now=now)
        if scope.organisation_id != prepared.organisation.id:
            tell_of_session(session_id, BOOKED, scope=scope, actor=actor, now=now)
        return Booked(session_id=session_id, month=slot.month)


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
    return _prepared(place_of_slot(bureau, slot_id, worker_id), worker_id, services, languages, scope, now=now)


def _prepared(
    slot: SlotPlace,
    worker_id: int,
    services: Collection[str],
    languages: Collection[str],
    scope: Scope,
    *,
    now: datetime,
) -> Prepared:
    found = places.find_giver(worker_id, slot.bureau_id, scope)
    if found is None:
        raise UnknownWorker(field="worker", value=worker_id)
    known, spoken = named_catalogue()
    rules.ensure_qualified(worker_in(found, known, spoken), services, languages)
    given = {number: one for number, one in known.items() if one.code in services}
    rules.ensure_room_fits(slot.seat, tuple(given.values()))
    return Prepared(
        slot=slot,
        organisation=organisation_in(found),
        usual=found.usual,
        session=_new_session(slot, found, scope, now=now),
        tied=[
            (SessionService, [{"service_id": int(number)} for number in given]),
            (SessionLanguage, [{"language_tag": tag} for tag in spoken if tag in languages]),
        ],
    )


def store_booking(prepared: Prepared, *, actor: str, now: datetime) -> int:
    """Store it in the running transaction, within ``decided_by_database``."""
    slot, owner = prepared.slot, prepared.organisation.id
    phase, closed = phase_and_closed(slot.slot_id)
    rules.ensure_open(phase, slot.block, closed=closed, now=now)
    limits = hold_limits(slot.round_id, owner, prepared.usual)
    stored = lines(_session(), prepared.session).one()
    for table, values in prepared.tied:
        change(_tie(table), [{"session_id": stored.id, **one} for one in values])
    rules.ensure_one_more(limits, counted(slot.round_id, slot.block, owner, but=stored.id))
    audit.record("session.booked", f"session:{stored.uid}", actor=actor, now=now, after={"slot": slot.slot_id})
    return int(stored.id)


@cache
def _session() -> ReturningInsert[int, str]:
    table = PlannedSession.metadata.tables[PlannedSession.__tablename__]
    return insert(table).returning(table.c.id, table.c.uid)


def _announced(prepared: Prepared, scope: Scope, *, now: datetime) -> Booking:
    by_manager = scope.organisation_id is None
    return Booking(
        slot_id=prepared.slot.slot_id, organisation_id=prepared.organisation.id, by_manager=by_manager, now=now
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


@cache
def _tie(table: Any) -> Insert:
    return insert(table.metadata.tables[table.__tablename__])


def _new_session(slot: SlotPlace, worker: Any, scope: Scope, *, now: datetime) -> dict[str, Any]:
    return {
        "slot_id": slot.slot_id,
        "organisation_id": worker.organisation_id,
        "worker_id": worker.id,
        "state": "booked",
        "origin": "manager" if scope.organisation_id is None else "coordinator",
        "note": LocalisedText(),
        "starts_at": slot.block.starts_at,
        "ends_at": slot.block.ends_at,
        "created_at": now,
        "changed_at": now,
    }


def phase_and_closed(slot_id: int) -> tuple[str, bool]:
    """What may have changed since the page was made, read where it can no longer change: nobody closes the slot now."""
    row = lines(_phase_and_closed(), {"slot": slot_id}).one()
    return row.phase, row.closed


@cache
def _phase_and_closed() -> Select[str, bool]:
    statement = select(Round.phase, Slot.closed).join(Slot.round).where(Slot.id == bindparam("slot"))
    return statement.with_for_update(read=True, of=Slot)


def hold_limits(round_id: int, organisation_id: int, usual: Mapping[str, Any]) -> rules.Limits:
    """The organisation's limits, with its offer held until the transaction ends: two of its coordinators may book at
    once, or a plan may be taken over. Always held before a session is stored, so that nobody waits for each other.
    """
    return limits_of(round_id, organisation_id, usual, hold=True)


def limits_of(round_id: int, organisation_id: int, usual: Mapping[str, Any], *, hold: bool = False) -> rules.Limits:
    """The organisation's limits in a round: what it declared, else what is usual."""
    limits: Any = lines(_limits(hold=hold), {"round": round_id, "organisation": organisation_id}).one_or_none()
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
        rules.Presence(day=row.day, starts_at=row.starts_at, ends_at=row.ends_at)
        for row in lines(_presences(), where).all()
    ]


@cache
def _presences() -> Select[date, datetime, datetime]:
    near = PlannedSession.starts_at.between(bindparam("first"), bindparam("last"))
    statement = select(Slot.day, PlannedSession.starts_at, PlannedSession.ends_at).join(PlannedSession.slot)
    return statement.where(
        PlannedSession.organisation_id == bindparam("organisation"),
        is_live(),
        PlannedSession.id.not_in(bindparam("but", expanding=True)),
        near | (Slot.round_id == bindparam("round")),
    )


def counted(round_id: int, block: Block, organisation_id: int, *, but: int) -> Mapping[str, int]:
    """How often the organisation is there, of ``presences``, by the limit that each number is held against."""
    monday, month = block.day - timedelta(days=block.day.weekday()), Month.of(block.day)
    where = {
        "organisation": organisation_id, "round": round_id, "but": (but,), "day": block.day,
        "first": block.starts_at - WEEK, "last": block.starts_at + WEEK, "starts": block.starts_at, "ends": block.ends_at,
        "monday": monday, "sunday": monday + timedelta(days=6),
        "month_first": month.first, "month_last": month.last,
    }  # fmt: skip
    return {name: number or 0 for name, number in lines(_counted(), where).mappings().one().items()}


@cache
def _counted() -> Select[Any]:
    there = _presences().subquery().c
    at_once = and_(there.starts_at < bindparam("ends"), there.ends_at > bindparam("starts"))
    counts = {
        "max_at_once": at_once,
        "max_per_day": there.day == bindparam("day"),
        "max_per_week": there.day.between(bindparam("monday"), bindparam("sunday")),
        "max_per_month": there.day.between(bindparam("month_first"), bindparam("month_last")),
    }
    return select(*(func.sum(case((is_so, 1), else_=0)).label(name) for name, is_so in counts.items()))


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
