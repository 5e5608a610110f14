"""One organisation's month: what it is asked, what it has, and where it is needed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.booking import Limits, Presence
from bureau.rotation.domain.ledger import Entry
from bureau.rotation.domain.my_month import Ask, MyMonth
from bureau.rotation.domain.offers import DeclaredOffer, OrganisationInfo
from bureau.rotation.domain.openings import Opening, best_first, has_room, one_each_time
from bureau.rotation.domain.problem import RoundFacts
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import PlannedSession, Slot, is_live
from bureau.rotation.models.reading import block_of, declared_offer, organisation_info

from .cockpit import gaps_in, shares_in
from .facts import facts_of
from .ledger import ledger_of
from .mine import busy_during, detail_of_session, free_slot, people_of, sessions_at, slots_at
from .offers import draft_of, find_offer_row
from .rounds import find_round

OPEN_SLOTS_SHOWN = 60
MONTHS_SHOWN = 6


def my_month(bureau: str, month: str, organisation: str, *, scope: Scope, now: datetime) -> MyMonth:
    """What an organisation is asked, what it has, and which open slots it qualifies for."""
    place = places.get_bureau(bureau)
    partner = places.get_partner(place.id, organisation)
    if scope.organisation_id not in (None, partner.organisation_id):
        raise NotFound
    round_, info = find_round(bureau, month), organisation_info(partner.organisation)
    if round_ is None:
        return MyMonth(round=None, organisation=info, asks=(), sessions=(), open_slots=())
    return _month(round_, partner.usual, info, now=now)


def _month(round_: RoundInfo, usual: Mapping[str, Any], info: OrganisationInfo, *, now: datetime) -> MyMonth:
    own, facts = Scope(info.id), facts_of(round_, now=now)
    of_month = (Slot.round_id == round_.id, PlannedSession.organisation_id == info.id)
    rows = db.session.scalars(sessions_at(round_.bureau).join(PlannedSession.slot).where(*of_month)).all()
    answer = find_answer(round_, own)
    limits = answer or Usual.from_json(usual)
    openings = _openings(facts, info, limits, rows, own) if round_.bookable else ()
    return MyMonth(
        round=round_,
        organisation=info,
        asks=_asks(round_, own, answer, openings),
        sessions=tuple(detail_of_session(row, own) for row in rows),
        open_slots=tuple(one.slot for one in openings),
        needs={one.slot.slot_id: one.gap for one in openings if one.gap is not None},
        share=next((one for one in shares_in(facts) if one.organisation.id == info.id), None),
        past=_past(round_, info),
    )


def _past(round_: RoundInfo, organisation: OrganisationInfo) -> tuple[Entry, ...]:
    """What the organisation carries from earlier months, the latest first."""
    entries = ledger_of(round_.bureau_id, before=str(round_.month))
    return tuple(one for one in reversed(entries) if one.organisation == organisation.code)[:MONTHS_SHOWN]


def find_answer(round_: RoundInfo, own: Scope) -> DeclaredOffer | None:
    """What the scope's organisation declared, if it has answered."""
    row = find_offer_row(round_.id, own.organisation_id or 0, own)
    return None if row is None or row.answered_at is None else declared_offer(row)


def _asks(round_: RoundInfo, own: Scope, answer: DeclaredOffer | None, openings: Sequence[Opening]) -> tuple[Ask, ...]:
    asks = []
    if round_.phase in ("preparing", "declaring"):
        begun = bool(draft_of(round_.id, own.organisation_id or 0, own).cells)
        until, done = round_.deadlines.declaring_until, answer is not None and not begun
        asks.append(Ask(kind="declare", until=until, done=done, begun=begun))
    if openings:
        asks.append(Ask(kind="book", until=None, done=False))
    return tuple(asks)


def _openings(
    facts: RoundFacts, info: OrganisationInfo, limits: Limits, sessions: Iterable[PlannedSession], own: Scope
) -> tuple[Opening, ...]:
    """The free slots that somebody of the organisation could take within its own limits, the most needed first."""
    present = [Presence(day=row.slot.day, starts_at=row.starts_at, ends_at=row.ends_at) for row in sessions]
    slots = [slot for slot in _free_slots(facts.round, facts.now) if has_room(limits, block_of(slot), present)]
    people, busy = people_of(facts.round.bureau_id, own), busy_during(slots)
    details = [free_slot(slot, people, busy, now=facts.now) for slot in slots]
    able = [one for one in details if any(not candidate.busy for candidate in one.candidates)]
    if not able:
        return ()
    ranked = best_first(able, gaps_in(facts), shares_in(facts), info.id)
    return one_each_time(ranked)[:OPEN_SLOTS_SHOWN]


def _free_slots(round_: RoundInfo, now: datetime) -> Sequence[Slot]:
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, is_live())
    free = slots_at(round_.bureau).where(
        Slot.round_id == round_.id, ~Slot.closed, Slot.starts_at > now, ~taken.exists()
    )
    return db.session.scalars(free.order_by(Slot.starts_at, Slot.id)).all()
