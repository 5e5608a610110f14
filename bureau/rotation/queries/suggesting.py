"""What the page of an open slot has ticked beforehand, and whether a booking is still new."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from bureau.kernel.database import Scope, db
from bureau.rotation.domain.board import SlotDetail
from bureau.rotation.domain.booking import is_new
from bureau.rotation.domain.offers import OfferedTime
from bureau.rotation.domain.suggesting import Given, Suggestion, days_that_count, open_wishes, suggestions
from bureau.rotation.models import LIVE, Offer, PlannedSession, SessionLanguage, SessionService, Slot
from bureau.rotation.models.loading import whole_offer
from bureau.rotation.models.reading import declared_offer

from .facts import wanted_at
from .rounds import get_block


def suggestions_for(slot: SlotDetail, *, scope: Scope) -> tuple[Suggestion, ...]:
    """Who of the slot's candidates would best take it, and with what; the best first."""
    if all(one.busy for one in slot.candidates):
        return ()
    block = get_block(slot.slot_id)
    wanted = wanted_at(slot.round.bureau_id)
    wishes = open_wishes(block, wanted, _given(slot.round.id, *days_that_count(block, wanted)) if wanted else ())
    return suggestions(slot.candidates, _times_offered(slot.round.id, scope), block, slot.seat, wishes)


def _given(round_id: int, first: date, last: date) -> list[Given]:
    """The live sessions of these days of the round. One query, however many they are."""
    rows = db.session.execute(_given_between(), {"round": round_id, "first": first, "last": last})
    return [
        Given(day, starts, frozenset((services or "").split(",")), frozenset((languages or "").split(",")))
        for day, starts, services, languages in rows
    ]


@cache
def _given_between() -> Select[Any]:
    code = PlannedSession.services.property.mapper.class_.code
    services = select(func.aggregate_strings(code, ",")).where(
        SessionService.session_id == PlannedSession.id, SessionService.service_id == code.class_.id
    )
    languages = select(func.aggregate_strings(SessionLanguage.language_tag, ",")).where(
        SessionLanguage.session_id == PlannedSession.id
    )
    columns = (Slot.day, Slot.starts, services.scalar_subquery(), languages.scalar_subquery())
    between = Slot.day.between(bindparam("first"), bindparam("last"))
    live = (Slot.round_id == bindparam("round"), PlannedSession.state.in_(LIVE), between)
    return select(*columns).select_from(PlannedSession).join(PlannedSession.slot).where(*live)


def _times_offered(round_id: int, scope: Scope) -> dict[int, OfferedTime]:
    """What the organisations that the scope covers offered of each worker, by worker."""
    statement = select(Offer).where(Offer.round_id == round_id, Offer.answered_at.is_not(None))
    rows = db.session.scalars(statement.options(*whole_offer()).execution_options(**scope.options()))
    return {time.worker_id: time for row in rows for time in declared_offer(row).workers}


def can_be_undone(session_id: int, *, scope: Scope, now: datetime) -> bool:
    """Whether the session was booked so lately that it can be undone as if it had never been."""
    row = db.session.get(PlannedSession, session_id)
    if row is None or not scope.covers(row.organisation_id):
        return False
    by_hand = row.origin != "solver" and row.series_id is None and row.changed_at == row.created_at
    return is_new(row.state, row.created_at, row.starts_at, by_hand=by_hand, now=now)
