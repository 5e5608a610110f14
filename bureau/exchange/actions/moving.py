"""Carrying a swap out, within the transaction of the last acceptance."""

from datetime import datetime
from typing import Any

from flask_babel import gettext

from bureau.exchange.domain import swaps as rules
from bureau.exchange.domain.moves import as_told, broken
from bureau.exchange.domain.refusals import CannotMove
from bureau.exchange.models import Swap, SwapLeg
from bureau.exchange.models.reading import place_of, placed
from bureau.exchange.queries.months import month_of
from bureau.kernel.database import Scope
from bureau.rotation.actions.booking import prepare_booking, store_booking
from bureau.rotation.actions.exchanging import ensure_slot_open, exchange_slots, give_up_to_cover
from bureau.web.languages import writing_in


def has_changed(leg: SwapLeg, *, now: datetime) -> bool:
    """Whether the session of a leg is no longer what was asked for."""
    session = leg.session
    return rules.has_changed(
        state=session.state,
        starts_at=session.starts_at,
        version=session.version,
        seen_version=leg.seen_version,
        now=now,
    )


def move_all(swap: Swap, scope: Scope, *, actor: str, now: datetime) -> dict[int, int]:
    """Let every session take the slot of the next leg (CannotMove, as the scope of who accepts may hear it).

    Returned is the session of each organisation.
    """
    _ensure_holds(swap, scope, now=now)
    moves = [(leg.session, slot) for leg, slot in _targets(swap)]
    exchange_slots(moves, why=swap.remark, actor=actor, now=now)
    return {leg.organisation_id: leg.session_id for leg in swap.legs}


def _targets(swap: Swap) -> list[tuple[SwapLeg, Any]]:
    return [(leg, swap.legs[(leg.position + 1) % len(swap.legs)].slot) for leg in swap.legs]


def _ensure_holds(swap: Swap, scope: Scope, *, now: datetime) -> None:
    month = month_of(swap.round_id, swap.round.bureau_id)
    for leg, slot in _targets(swap):
        place = place_of(slot)
        ensure_slot_open(slot.id, place.block, now=now)
        refusal = broken(month, placed(leg.session), place)
        if refusal is not None:
            why = as_told(refusal, own=scope.covers(leg.organisation_id))
            raise CannotMove(organisation=leg.organisation.name, why=why)


def covered(bureau: str, swap: Swap, *, actor: str, now: datetime) -> dict[int, int]:
    """Give the slot to who takes it over, booked as anybody books; the old session is released with that reason.

    Returned is the session of each organisation: the one that is gone, and the new one.
    """
    given, taken = swap.legs
    prepared = prepare_booking(
        bureau,
        given.slot_id,
        worker_id=taken.worker_id or 0,
        services=taken.services,
        languages=taken.languages,
        scope=Scope(taken.organisation_id),
        now=now,
    )
    language = swap.round.bureau.languages[0]
    with writing_in(language):
        name = prepared.organisation.name.in_(language)
        reason = str(gettext("Covered by %(organisation)s.", organisation=name))
    give_up_to_cover(given.session, given.slot, reason, actor=actor, now=now)
    number = store_booking(prepared, actor=actor, now=now)
    return {given.organisation_id: given.session_id, taken.organisation_id: number}
