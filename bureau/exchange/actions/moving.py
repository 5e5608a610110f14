"""Carrying a swap out, within the transaction of the last acceptance."""

from datetime import datetime

from flask_babel import gettext

from bureau.exchange.domain import swaps as rules
from bureau.exchange.domain.moves import broken
from bureau.exchange.domain.refusals import CannotMove
from bureau.exchange.models import Swap, SwapLeg
from bureau.exchange.queries.months import month_of, place_of, placed
from bureau.kernel import audit
from bureau.kernel.database import Scope, db
from bureau.rotation.actions.booking import phase_and_closed, prepare_booking, store_booking
from bureau.rotation.actions.excepting import except_week
from bureau.rotation.domain.booking import ensure_open
from bureau.rotation.domain.round_facts import iso_week
from bureau.rotation.models import PlannedSession, Slot
from bureau.rotation.models.reading import block_of
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


def move_all(swap: Swap, *, actor: str, now: datetime) -> None:
    """Let every session take the slot of the next leg (CannotMove). All leave before anybody comes: the database
    holds one live session per slot and one place per worker at every step.
    """
    _ensure_holds(swap, now=now)
    states = {leg.session_id: leg.session.state for leg in swap.legs}
    for leg in swap.legs:
        leg.session.state = "released"
    db.session.flush()
    for leg, slot in _targets(swap):
        session = leg.session
        session.state, session.changed_at = states[session.id], now
        session.origin = "coordinator"  # people agreed on it: the next plan leaves it where it is
        session.slot_id, session.starts_at, session.ends_at = slot.id, slot.starts_at, slot.ends_at
        if iso_week(leg.slot.day) != iso_week(slot.day):
            _leave_series(session, leg.slot, swap.remark)
        before, after = {"slot": leg.slot_id}, {"slot": slot.id, "swap": swap.id}
        audit.record("session.swapped", f"session:{session.uid}", actor=actor, now=now, before=before, after=after)
    db.session.flush()


def _targets(swap: Swap) -> list[tuple[SwapLeg, Slot]]:
    return [(leg, swap.legs[(leg.position + 1) % len(swap.legs)].slot) for leg in swap.legs]


def _ensure_holds(swap: Swap, *, now: datetime) -> None:
    month = month_of(swap.round_id, swap.round.bureau_id)
    for leg, slot in _targets(swap):
        phase, closed = phase_and_closed(slot.id)
        ensure_open(phase, block_of(slot), closed=closed, now=now)
        refusal = broken(month, placed(leg.session), place_of(slot))
        if refusal is not None:
            raise CannotMove(organisation=leg.organisation.name, why=refusal)


def covered(bureau: str, swap: Swap, *, actor: str, now: datetime) -> None:
    """Give the slot to who takes it over, booked as anybody books; the old session is released with that reason."""
    given, taken = swap.legs
    session = given.session
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
        name = prepared.worker.organisation.name.in_(language)
        reason = str(gettext("Covered by %(organisation)s.", organisation=name))
    session.state, session.reason, session.changed_at = "released", reason, now
    audit.record("session.covered", f"session:{session.uid}", actor=actor, now=now, after={"swap": swap.id})
    db.session.flush()
    _leave_series(session, given.slot, reason)
    store_booking(prepared, actor=actor, now=now)


def _leave_series(session: PlannedSession, slot: Slot, reason: str) -> None:
    """When the month is made again, the series does not come back in that week."""
    if session.series_id is not None:
        except_week(session.series_id, slot.day, reason)
