"""Waiting for a taken slot: offered to the first in line when it comes free, confirmed by a one-time link."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bureau.accounts.domain import hash_of
from bureau.accounts.queries import coordinators_of
from bureau.exchange.domain.refusals import AlreadyWaiting, OfferOver, SlotIsFree, SlotOnOffer
from bureau.exchange.domain.waiting import held_until
from bureau.exchange.models import WaitlistEntry
from bureau.exchange.queries.waiting import entries_for, entry_row, find_offer, slots_to_look_at
from bureau.kernel import audit
from bureau.kernel.database import EVERY_ORGANISATION, Scope, transaction
from bureau.rotation.actions.booking import decided_by_database, prepare_booking, store_booking
from bureau.rotation.actions.exchanging import ensure_slot_open, hold_line
from bureau.rotation.actions.hooks import Booking, before_booking
from bureau.rotation.queries.exchanging import can_be_had, is_elsewhere, owner_of_slot

from . import mails

ACTOR = "scheduler"


def wait_for_slot(
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
    """Wait for a slot that another organisation has; the entry's id.

    Refuses: SlotIsFree, AlreadyWaiting, and what ``book_slot`` refuses of slot, worker and services.
    """
    prepared = prepare_booking(
        bureau, slot_id, worker_id=worker_id, services=services, languages=languages, scope=scope, now=now
    )
    organisation_id = prepared.organisation.id
    try:
        with transaction() as session:
            ensure_slot_open(slot_id, prepared.slot.block, now=now)
            _ensure_taken_by_others(slot_id, organisation_id)
            entry = WaitlistEntry(
                slot_id=slot_id,
                organisation_id=organisation_id,
                worker_id=worker_id,
                services=sorted(services),
                languages=sorted(languages),
                state="waiting",
                asked_at=now,
            )
            session.add(entry)
            session.flush()
            audit.record("waitlist.joined", f"waitlist:{entry.id}", actor=actor, now=now, after={"slot": slot_id})
            return entry.id
    except IntegrityError as error:
        raise AlreadyWaiting from error


def _ensure_taken_by_others(slot_id: int, organisation_id: int) -> None:
    owner = owner_of_slot(slot_id)
    if owner == organisation_id:
        raise AlreadyWaiting
    if owner is None and not entries_for(slot_id):
        raise SlotIsFree


def stop_waiting(entry_id: int, *, version: int, scope: Scope, actor: str, now: datetime) -> None:
    """Leave the list, or say no to what is offered: the next in line is asked (Stale)."""
    with transaction():
        entry = entry_row(entry_id, scope)
        entry.expect(version)
        if entry.state not in ("waiting", "offered"):
            raise OfferOver
        entry.state = "passed" if entry.state == "offered" else "withdrawn"
        audit.record(f"waitlist.{entry.state}", f"waitlist:{entry.id}", actor=actor, now=now)


def confirm_waiting(entry_id: int, *, actor: str, now: datetime) -> int:
    """Book what is offered, exactly as by hand; the session's id (OfferOver, and what ``book_slot`` refuses)."""
    entry = entry_row(entry_id, EVERY_ORGANISATION)
    bureau, slot_id, worker_id = entry.slot.round.bureau.code, entry.slot_id, entry.worker_id
    with decided_by_database(bureau, slot_id, worker_id, now=now), transaction() as session:
        hold_line(slot_id)  # before its entries, as the scheduler holds them
        held = select(WaitlistEntry.id).where(WaitlistEntry.id == entry_id).with_for_update()
        session.execute(held.execution_options(**EVERY_ORGANISATION.options()))
        row = entry_row(entry_id, EVERY_ORGANISATION)
        session.refresh(row, attribute_names=["state", "expires_at", "version"])
        if row.state != "offered" or row.expires_at is None or row.expires_at <= now:
            raise OfferOver
        prepared = prepare_booking(
            bureau, slot_id, worker_id=worker_id, services=row.services, languages=row.languages,
            scope=Scope(row.organisation_id), now=now,
        )  # fmt: skip
        number = store_booking(prepared, actor=actor, now=now)
        row.state = "taken"
        audit.record("waitlist.taken", f"waitlist:{row.id}", actor=actor, now=now, after={"session": number})
        return number


def keep_for_who_waited(booking: Booking) -> None:
    """What the rota asks before somebody takes a slot by hand: one on offer is kept for whom it is offered to.

    The bureau's manager may overrule it.
    """
    if booking.by_manager:
        return
    offer = find_offer(booking.slot_id, now=booking.now)
    if offer is not None and offer.organisation_id != booking.organisation_id:
        raise SlotOnOffer(until=offer.expires_at, timezone=offer.timezone)


before_booking.append(keep_for_who_waited)


def look_after_lists(*, now: datetime) -> tuple[int, int]:
    """Offer what came free to the first in line, and close what is over; how many of each."""
    done = [_look_at(slot_id, now=now) for slot_id in slots_to_look_at(now=now)]
    return sum(offered for offered, _ in done), sum(closed for _, closed in done)


def _look_at(slot_id: int, *, now: datetime) -> tuple[int, int]:
    with transaction() as session:
        hold_line(slot_id)
        waiting = entries_for(slot_id)
        closed = _close_what_is_over(waiting, now=now)
        session.flush()
        line = [one for one in waiting if one.state == "waiting"]
        if not line or any(one.state == "offered" for one in waiting) or not can_be_had(slot_id):
            return 0, closed
        return _offer_to_first(line, now=now), closed


def _close_what_is_over(waiting: Iterable[WaitlistEntry], *, now: datetime) -> int:
    closed = 0
    for one in waiting:
        owner = owner_of_slot(one.slot_id)
        if owner is not None and one.state == "offered" and owner != one.organisation_id:
            one.state, one.token_hash, one.expires_at = "waiting", None, None  # it may come free once more
            continue
        state = "taken" if owner == one.organisation_id else "expired" if _is_over(one, now=now) else ""
        if state:
            one.state = state
            closed += 1
            audit.record(f"waitlist.{state}", f"waitlist:{one.id}", actor=ACTOR, now=now)
    return closed


def _is_over(entry: WaitlistEntry, *, now: datetime) -> bool:
    """Whether the offer's time has passed, or it is too late to offer the slot to anybody."""
    if entry.state == "offered":
        return entry.expires_at is not None and entry.expires_at <= now
    return held_until(entry.slot.starts_at, now=now) is None


def _offer_to_first(line: Sequence[WaitlistEntry], *, now: datetime) -> int:
    """Offer it to the first whose worker is free then; 1 where there is somebody and time enough."""
    until = held_until(line[0].slot.starts_at, now=now)
    first = next((one for one in line if not _is_busy(one)), None)
    if until is None or first is None:
        return 0
    token = secrets.token_urlsafe(32)
    first.state, first.offered_at, first.expires_at, first.token_hash = "offered", now, until, hash_of(token)
    for person in coordinators_of(first.organisation_id):
        mails.slot_is_free(first, person, token, now=now)
    audit.record("waitlist.offered", f"waitlist:{first.id}", actor=ACTOR, now=now)
    return 1


def _is_busy(entry: WaitlistEntry) -> bool:
    return is_elsewhere(entry.worker_id, entry.slot.starts_at, entry.slot.ends_at)
