"""What the page of an open slot has ticked beforehand, and whether a booking is still new."""

from collections import defaultdict
from datetime import date, datetime, time
from functools import cache

from sqlalchemy import Select, and_, bindparam, func, select

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db, lines
from bureau.rotation.domain.board import SlotDetail
from bureau.rotation.domain.booking import is_new
from bureau.rotation.domain.offers import OfferedTime, Pair
from bureau.rotation.domain.rounds import Block
from bureau.rotation.domain.suggesting import Given, Suggestion, days_that_count, open_wishes, suggestions
from bureau.rotation.models import (
    Availability,
    Offer,
    OfferedPair,
    OfferedWorker,
    PlannedSession,
    SessionLanguage,
    SessionService,
    Slot,
    is_live,
)

from .facts import wanted_at


def suggestions_for(slot: SlotDetail, *, scope: Scope) -> tuple[Suggestion, ...]:
    """Who of the slot's candidates would best take it, and with what; the best first."""
    if all(one.busy for one in slot.candidates):
        return ()
    block, wanted = slot.block, wanted_at(slot.round.bureau_id)
    wishes = open_wishes(block, wanted, _given(slot.round.id, *days_that_count(block, wanted)) if wanted else ())
    return suggestions(slot.candidates, _times_offered(slot.round.id, block, scope), block, slot.seat, wishes)


def _given(round_id: int, first: date, last: date) -> list[Given]:
    """The live sessions of these days of the round. One query, however many they are."""
    rows = lines(_given_between(), {"round": round_id, "first": first, "last": last})
    return [
        Given(day, starts, frozenset((services or "").split(",")), frozenset((languages or "").split(",")))
        for day, starts, services, languages in rows
    ]


@cache
def _given_between() -> Select[date, time, str | None, str | None]:
    code = PlannedSession.services.property.mapper.class_.code
    services = select(func.aggregate_strings(code, ",")).where(
        SessionService.session_id == PlannedSession.id, SessionService.service_id == code.class_.id
    )
    languages = select(func.aggregate_strings(SessionLanguage.language_tag, ",")).where(
        SessionLanguage.session_id == PlannedSession.id
    )
    columns = (Slot.day, Slot.starts, services.scalar_subquery(), languages.scalar_subquery())
    between = Slot.day.between(bindparam("first"), bindparam("last"))
    live = (Slot.round_id == bindparam("round"), is_live(), between)
    return select(*columns).select_from(PlannedSession).join(PlannedSession.slot).where(*live)


def _times_offered(round_id: int, block: Block, scope: Scope) -> dict[int, OfferedTime]:
    """What the organisations that the scope covers offered of each worker in that block, by worker."""
    one = {} if scope.organisation_id is None else {"owner": scope.organisation_id}
    asked = {"round": round_id, "day": block.day, "starts": block.starts, **one}
    levels, pairs = dict[int, str | None](), defaultdict[int, set[Pair]](set)
    for worker, level, service, language in lines(_offered(one=bool(one)), asked).all():
        levels[worker] = level
        pairs[worker] |= {(service, language)} if service else set()
    return {
        worker: OfferedTime(
            worker_id=worker, pairs=frozenset(pairs[worker]), availability={block.key: level} if level else {}
        )
        for worker, level in levels.items()
    }


@cache
def _offered(*, one: bool) -> Select[int, str | None, str | None, str]:
    """A line for each service in a language that an offered worker gives, with how well the block suits them; of ``one``
    organisation, where no more may be seen.
    """
    service = OfferedPair.service.property.mapper.class_
    at = (Availability.day == bindparam("day"), Availability.starts == bindparam("starts"))
    offered = (
        select(OfferedWorker.worker_id, Availability.level, service.code, OfferedPair.language_tag)
        .select_from(Offer)
        .join(Offer.workers)
        .outerjoin(Availability, and_(Availability.offered_worker_id == OfferedWorker.id, *at))
        .outerjoin(OfferedWorker.pairs)
        .outerjoin(OfferedPair.service)
        .where(Offer.round_id == bindparam("round"), Offer.answered_at.is_not(None))
        .execution_options(**EVERY_ORGANISATION.options())
    )
    return offered.where(Offer.organisation_id == bindparam("owner")) if one else offered


def can_be_undone(session_id: int, *, scope: Scope, now: datetime) -> bool:
    """Whether the session was booked so lately that it can be undone as if it had never been."""
    row = db.session.get(PlannedSession, session_id)
    if row is None or not scope.covers(row.organisation_id):
        return False
    by_hand = row.origin != "solver" and row.series_id is None and row.changed_at == row.created_at
    return is_new(row.state, row.created_at, row.starts_at, by_hand=by_hand, now=now)
