"""What a plan is held against when it is accepted: who is there today, with which offer, and what is booked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations import queries as places
from bureau.rotation.domain.acceptance import Ground, Partner, Today
from bureau.rotation.domain.booking import Presence
from bureau.rotation.domain.offers import DeclaredOffer
from bureau.rotation.domain.plan import Place
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Slot, is_live
from bureau.rotation.models.reading import block_of, declared_offer, in_use, seat, worker_choice

from .facts import nothing_promised
from .offers import offers_of

WEEK = timedelta(days=7)


def today_of(
    round_: RoundInfo,
    slots: Mapping[Place, Slot],
    planned: Collection[int],
    *,
    staying: Collection[int],
    leaving: Collection[int],
    now: datetime,
) -> Today:
    """The round today, for the workers ``planned``. Of its live sessions the plan takes the place of ``leaving``; the
    slots of the sessions ``staying`` are taken.
    """
    present = _present(slots.values(), leaving)
    by_worker, by_owner = _by(present, "worker_id"), _by(present, "organisation_id")
    return Today(
        grounds={place: _ground(slot, staying) for place, slot in slots.items()},
        closures={one.day for one in places.closures(round_.bureau_id, round_.month.first, round_.month.last)},
        workers={row.id: worker_choice(row) for row in places.workers_at(round_.bureau_id, EVERY_ORGANISATION)},
        owners=owners_of(planned),
        partners={
            number: Partner(offer=offer, present=by_owner.get(number, ()))
            for number, offer in _offers(round_).items()
        },
        busy=by_worker,
        now=now,
    )  # fmt: skip


def _ground(slot: Slot, staying: Collection[int]) -> Ground:
    return Ground(
        block=block_of(slot),
        seat=seat(slot.room, slot.seat),
        used=in_use(slot),
        closed=slot.closed,
        taken=slot.id in staying,
    )


def _offers(round_: RoundInfo) -> dict[int, DeclaredOffer]:
    """The offer of everybody who takes part; the usual limits for who has not answered."""
    answered = {row.organisation_id: declared_offer(row) for row in offers_of(round_.id) if row.answered_at}
    return {
        one.organisation_id: answered.get(one.organisation_id) or nothing_promised(one.usual)
        for one in places.partnerships(round_.bureau_id)
    }


def owners_of(workers: Collection[int]) -> dict[int, int]:
    """Whose these workers are, active or not; who was deleted is left out."""
    worker = PlannedSession.worker.property.mapper.class_
    statement = select(worker.id, worker.organisation_id).where(worker.id.in_(workers))
    return {row[0]: row[1] for row in db.session.execute(statement.execution_options(scope=EVERY_ORGANISATION))}


def _present(slots: Iterable[Slot], leaving: Collection[int]) -> list[Any]:
    """The live sessions that stay whatever becomes of the plan: of this round, and everywhere around its month."""
    moments = [slot.starts_at for slot in slots]
    around = PlannedSession.starts_at.between(min(moments) - WEEK, max(moments) + WEEK)
    columns = (PlannedSession.id, PlannedSession.worker_id, PlannedSession.organisation_id)
    times = (Slot.day, PlannedSession.starts_at, PlannedSession.ends_at)
    statement = (
        select(*columns, *times).join(PlannedSession.slot).where(is_live(), around)
    )  # fmt: skip
    return [row for row in db.session.execute(statement) if row.id not in leaving]


def _by(rows: Iterable[Any], owner: str) -> dict[int, tuple[Presence, ...]]:
    found: dict[int, list[Presence]] = defaultdict(list)
    for row in rows:
        found[getattr(row, owner)].append(Presence(day=row.day, starts_at=row.starts_at, ends_at=row.ends_at))
    return {number: tuple(presences) for number, presences in found.items()}
