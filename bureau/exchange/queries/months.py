"""A month's sessions and offers, as far as moving asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bureau.exchange.domain.moves import Appointment, Month, Place, Placed
from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.booking import Limits
from bureau.rotation.models import LIVE, PlannedSession, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import block_of, named_service, seat
from bureau.rotation.queries.offers import offers_of

WEEK = timedelta(days=7)


def month_of(round_id: int, bureau_id: int) -> Month:
    """The round's live sessions, what was offered, each organisation's limits, and where its people are anyway."""
    rows = live_sessions(round_id)
    offers = [row for row in offers_of(round_id) if row.answered_at]
    owners = {row.organisation_id for row in rows}
    return Month(
        sessions={row.id: placed(row) for row in rows},
        levels={
            (worker.worker_id, time.day, time.starts): time.level
            for offer in offers
            for worker in offer.workers
            for time in worker.availability
        },
        limits={**_usual_limits(bureau_id, owners), **{row.organisation_id: row for row in offers}},
        appointments=_appointments(rows),
    )


def live_sessions(round_id: int) -> Sequence[PlannedSession]:
    """The live sessions of a round with organisation, worker, slot, room, services and languages, in order of time."""
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_id, PlannedSession.state.in_(LIVE))
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.worker),
            joinedload(PlannedSession.slot).joinedload(Slot.room),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )
    return db.session.scalars(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def placed(row: PlannedSession) -> Placed:
    """A session fetched with worker, slot, room and services."""
    return Placed(
        session_id=row.id,
        organisation_id=row.organisation_id,
        worker_id=row.worker_id,
        worker=row.worker.label,
        services=tuple(named_service(one) for one in row.services),
        place=place_of(row.slot),
        pinned=row.pinned,
    )


def place_of(slot: Slot) -> Place:
    """A slot fetched with its room."""
    return Place(slot_id=slot.id, block=block_of(slot), seat=seat(slot.room, slot.seat))


def _usual_limits(bureau_id: int, organisation_ids: set[int]) -> dict[int, Limits]:
    return {
        one.organisation_id: Usual.from_json(one.usual)
        for one in places.partnerships(bureau_id)
        if one.organisation_id in organisation_ids
    }


def _appointments(rows: Sequence[PlannedSession]) -> Mapping[int, list[Appointment]]:
    """Where the people of these organisations are around that month, by organisation."""
    found: dict[int, list[Appointment]] = defaultdict(list)
    if not rows:
        return found
    statement = select(
        PlannedSession.id, PlannedSession.organisation_id, PlannedSession.worker_id, Slot.day,
        PlannedSession.starts_at, PlannedSession.ends_at,
    ).join(PlannedSession.slot).where(
        PlannedSession.organisation_id.in_({row.organisation_id for row in rows}),
        PlannedSession.state.in_(LIVE),
        PlannedSession.starts_at.between(rows[0].starts_at - 5 * WEEK, rows[-1].starts_at + 5 * WEEK),
    )  # fmt: skip
    for row in db.session.execute(statement):
        found[row.organisation_id].append(_appointment(row))
    return found


def _appointment(row: Any) -> Appointment:
    return Appointment(
        session_id=row.id, worker_id=row.worker_id, day=row.day, starts_at=row.starts_at, ends_at=row.ends_at
    )
