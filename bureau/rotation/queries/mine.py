"""One slot with who could take it, one session, and one organisation's month."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.domain.board import Ask, BoardSession, Candidate, MyMonth, SessionDetail, SlotDetail
from bureau.rotation.domain.ledger import Entry
from bureau.rotation.domain.offers import DeclaredOffer, OrganisationInfo, WorkerChoice
from bureau.rotation.domain.rooms import attributes_of, needs_of_session
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import LIVE, PlannedSession, Round, Slot
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import (
    declared_offer,
    named_service,
    organisation_info,
    round_info,
    seat,
    spoken_language,
    worker_choice,
)

from .board import board_session
from .cockpit import shares_in
from .facts import facts_of
from .ledger import ledger_of
from .offers import find_offer_row
from .rounds import find_round

OPEN_SLOTS_SHOWN = 60
MONTHS_SHOWN = 6


def slot_detail(bureau: str, slot_id: int, *, scope: Scope, now: datetime) -> SlotDetail:
    """One slot with who of the scope's organisation (a manager: of any) could take it."""
    slot = db.session.scalar(_slots(bureau).where(Slot.id == slot_id))
    if slot is None:
        raise NotFound
    held = db.session.scalar(_sessions(bureau).where(PlannedSession.slot_id == slot_id))
    return _slot_detail(slot, held, _people(slot.round.bureau_id, scope), _busy([slot]), scope, now=now)


def _slots(bureau: str) -> Select[Slot]:
    here = Slot.round.has(Round.bureau.has(code=bureau))
    with_round = joinedload(Slot.round).joinedload(Round.bureau)
    return select(Slot).where(here).options(joinedload(Slot.room), with_round)


def _sessions(bureau: str, *, live: bool = True) -> Select[PlannedSession]:
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    slot = joinedload(PlannedSession.slot)
    statement = (
        select(PlannedSession)
        .where(here)
        .options(
            joinedload(PlannedSession.organisation),
            joinedload(PlannedSession.worker),
            slot.joinedload(Slot.room),
            slot.joinedload(Slot.round).joinedload(Round.bureau),
            *given_in_session(),
        )
        .order_by(PlannedSession.starts_at, PlannedSession.id)
        .execution_options(**EVERY_ORGANISATION.options())  # partners see each other's initials on the board
    )
    return statement.where(PlannedSession.state.in_(LIVE)) if live else statement


def _people(bureau_id: int, scope: Scope) -> list[tuple[WorkerChoice, OrganisationInfo]]:
    return [(worker_choice(row), organisation_info(row.organisation)) for row in places.workers_at(bureau_id, scope)]


def _busy(slots: Sequence[Slot]) -> list[tuple[int, datetime, datetime]]:
    """Who is in a session, and when, in the time of these slots."""
    if not slots:
        return []
    first, last = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    statement = select(PlannedSession.worker_id, PlannedSession.starts_at, PlannedSession.ends_at).where(
        PlannedSession.state.in_(LIVE), PlannedSession.starts_at < last, PlannedSession.ends_at > first
    )
    return [(row.worker_id, row.starts_at, row.ends_at) for row in db.session.execute(statement)]


def _slot_detail(
    slot: Slot,
    held: PlannedSession | None,
    people: Iterable[tuple[WorkerChoice, OrganisationInfo]],
    busy: Sequence[tuple[int, datetime, datetime]],
    scope: Scope,
    *,
    now: datetime,
) -> SlotDetail:
    place = seat(slot.room, slot.seat)
    occupied = {worker for worker, starts, ends in busy if starts < slot.ends_at and slot.starts_at < ends}
    found = (_candidate(worker, home, attributes_of(place), occupied) for worker, home in people)
    return SlotDetail(
        round=round_info(slot.round),
        slot_id=slot.id,
        day=slot.day,
        starts=slot.starts,
        ends=slot.ends,
        starts_at=slot.starts_at,
        seat=place,
        closed=slot.closed,
        past=slot.starts_at <= now,
        session=None if held is None else _board_session(held, scope),
        candidates=tuple(one for one in found if one is not None),
    )


def _candidate(
    worker: WorkerChoice, home: OrganisationInfo, attributes: frozenset[str], occupied: set[int]
) -> Candidate | None:
    """The worker with the services that this room allows; None where there is none."""
    possible = tuple(one for one in worker.services if needs_of_session([one]) <= attributes)
    if not possible or not worker.languages:
        return None
    mixed = needs_of_session(worker.services) <= attributes
    return Candidate(
        worker_id=worker.id,
        label=worker.label,
        organisation=home,
        services=worker.services if mixed else possible,
        languages=worker.languages,
        busy=worker.id in occupied,
    )


def _board_session(row: PlannedSession, scope: Scope) -> BoardSession:
    services = [named_service(one) for one in row.services]
    return board_session(row, services, [spoken_language(one) for one in row.languages], scope)


def session_detail(bureau: str, session_id: int, *, scope: Scope) -> SessionDetail:
    """One session; NotFound where it is not in this bureau or not the scope's."""
    row = db.session.scalar(_sessions(bureau, live=False).where(PlannedSession.id == session_id))
    if row is None or scope.organisation_id not in (None, row.organisation_id):
        raise NotFound
    return _detail(row, scope)


def owner_of_session(bureau: str, session_id: int) -> int:
    """The organisation whose session it is; NotFound where it is not in this bureau."""
    here = PlannedSession.slot.has(Slot.round.has(Round.bureau.has(code=bureau)))
    owner = db.session.scalar(select(PlannedSession.organisation_id).where(PlannedSession.id == session_id, here))
    if owner is None:
        raise NotFound
    return owner


def _detail(row: PlannedSession, scope: Scope) -> SessionDetail:
    return SessionDetail(
        session=_board_session(row, scope),
        round=round_info(row.slot.round),
        slot_id=row.slot_id,
        day=row.slot.day,
        starts=row.slot.starts,
        ends=row.slot.ends,
        starts_at=row.starts_at,
        seat=seat(row.slot.room, row.slot.seat),
        note=row.note,
        reason=row.reason,
    )


def my_month(bureau: str, month: str, organisation: str, *, scope: Scope, now: datetime) -> MyMonth:
    """What an organisation is asked, what it has, and which open slots it qualifies for."""
    place = places.get_bureau(bureau)
    partner = places.get_partner(place.id, organisation)
    if scope.organisation_id not in (None, partner.organisation_id):
        raise NotFound
    own = Scope(partner.organisation_id)
    round_ = find_round(bureau, month)
    info = organisation_info(partner.organisation)
    if round_ is None:
        return MyMonth(round=None, organisation=info, asks=(), sessions=(), open_slots=())
    of_month = (Slot.round_id == round_.id, PlannedSession.organisation_id == info.id)
    rows = db.session.scalars(_sessions(bureau).join(PlannedSession.slot).where(*of_month)).all()
    open_slots = _open_slots(bureau, round_, own, now=now) if round_.bookable else ()
    return MyMonth(
        round=round_,
        organisation=info,
        asks=_asks(round_, find_answer(round_, own), open_slots),
        sessions=tuple(_detail(row, own) for row in rows),
        open_slots=open_slots,
        share=next((one for one in shares_in(facts_of(round_, now=now)) if one.organisation.id == info.id), None),
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


def _asks(round_: RoundInfo, answer: DeclaredOffer | None, open_slots: Sequence[SlotDetail]) -> tuple[Ask, ...]:
    asks = []
    if round_.phase in ("preparing", "declaring"):
        asks.append(Ask(kind="declare", until=round_.deadlines.declaring_until, done=answer is not None))
    if round_.phase == "reviewing":
        asks.append(Ask(kind="review", until=round_.deadlines.reviewing_until, done=False))
    if open_slots:
        asks.append(Ask(kind="book", until=None, done=False))
    return tuple(asks)


def _open_slots(bureau: str, round_: RoundInfo, own: Scope, *, now: datetime) -> tuple[SlotDetail, ...]:
    """The next free slots that somebody of the organisation could take."""
    taken = select(PlannedSession.id).where(PlannedSession.slot_id == Slot.id, PlannedSession.state.in_(LIVE))
    free = _slots(bureau).where(Slot.round_id == round_.id, ~Slot.closed, Slot.starts_at > now, ~taken.exists())
    slots = db.session.scalars(free.order_by(Slot.starts_at, Slot.id)).all()
    people, busy = _people(round_.bureau_id, own), _busy(slots)
    details = (_slot_detail(slot, None, people, busy, own, now=now) for slot in slots)
    able = (one for one in details if any(not candidate.busy for candidate in one.candidates))
    return tuple(one for one, _ in zip(able, range(OPEN_SLOTS_SHOWN), strict=False))
