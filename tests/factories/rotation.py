"""Rounds, offers and sessions, made the way the product makes them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.organisations.models import Bureau, Organisation, Room, Worker
from bureau.rotation import actions
from bureau.rotation.actions.proposals import create_proposal
from bureau.rotation.domain.offers import DeclaredOffer, OfferedTime, WorkerChoice
from bureau.rotation.domain.rounds import RoundInfo
from bureau.rotation.models import Demand, PlannedSession, Proposal, Round, Slot
from bureau.rotation.queries import blocks_of_round, get_round
from bureau.rotation.queries.offers import choices_of
from tests.factories.organisations import a_bureau, a_partnership, a_room, an_organisation, opening_hours

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday on which December is planned."""

DECEMBER = "2026-12"


def a_small_bureau(code: str = "golden-river", blocks: Sequence[tuple[time, time]] | None = None) -> Bureau:
    """A bureau open Monday to Friday, with a desk and a quiet room; the one that exists already, if it does."""
    bureau = a_bureau(code)
    if db.session.scalar(select(Room.id).where(Room.bureau_id == bureau.id)):
        return bureau
    a_room(bureau, "desk-a")
    a_room(bureau, "quiet", kind="private")
    if blocks is None:
        opening_hours(bureau)
    else:
        opening_hours(bureau, blocks=blocks)
    db.session.commit()
    return bureau


def a_partner(
    code: str = "open-gate", bureau: Bureau | None = None, *, agreement: bool = True, **values: object
) -> Organisation:
    """An organisation that takes part in the bureau."""
    organisation = an_organisation(code)
    a_partnership(organisation, bureau or a_bureau(), agreement=agreement, **values)
    return organisation


def an_open_round(
    bureau: Bureau | None = None, month: str = DECEMBER, *, phase: str = "declaring", now: datetime = NOW
) -> RoundInfo:
    """The month opened in the bureau, in the phase asked for."""
    place = bureau or a_small_bureau()
    round_id = actions.open_round(place.code, month, actor="test", now=now)
    opened = get_round(place.code, month)
    assert opened.id == round_id
    return opened if phase == "declaring" else to_phase(opened, phase)


def to_phase(round_: RoundInfo, phase: str) -> RoundInfo:
    """The round put into a phase, whatever it was in."""
    db.session.get_one(Round, round_.id).phase = phase
    db.session.commit()
    return get_round(round_.bureau, str(round_.month))


def an_offer(
    round_: RoundInfo,
    workers: Iterable[Worker],
    *,
    level: str = "possible",
    promised: int = 8,
    minimum: int = 0,
    **limits: Any,
) -> DeclaredOffer:
    """Every worker with all that they give, in every block of the month; stored for their organisation."""
    people = list(workers)
    availability = {block.key: level for block in blocks_of_round(round_.id)}
    offer = DeclaredOffer(
        promised=promised,
        minimum=minimum,
        workers=tuple(
            OfferedTime(worker_id=one.id, pairs=choice(one).pairs, availability=availability)
            for one in sorted(people, key=lambda one: one.id)
        ),
        **limits,
    )
    owner = db.session.get_one(Organisation, people[0].organisation_id)
    actions.declare_offer(
        round_.bureau, str(round_.month), owner.code, offer,
        version=None, scope=EVERY_ORGANISATION, actor="test", now=NOW,
    )  # fmt: skip
    return offer


def worker_row(worker_id: int) -> Worker:
    """The worker of that number, read anew."""
    return db.session.get_one(Worker, worker_id, execution_options=EVERY_ORGANISATION.options())


def choice(worker: Worker) -> WorkerChoice:
    """What the worker gives, read anew."""
    found = choices_of(worker.organisation_id, EVERY_ORGANISATION)
    return next(one for one in found if one.id == worker.id)


def slots_of(round_: RoundInfo, room: str | None = None) -> list[Slot]:
    """The slots of a round (of one room), in order of time."""
    statement = select(Slot).where(Slot.round_id == round_.id).order_by(Slot.starts_at, Slot.room_id, Slot.seat)
    if room is not None:
        statement = statement.where(Slot.room.has(code=room))
    return list(db.session.scalars(statement))


def a_session(round_: RoundInfo, worker: Worker, slot: Slot | None = None, *, now: datetime = NOW) -> PlannedSession:
    """The worker booked into a slot (the first of the month where none is given) by the bureau's manager."""
    known = choice(worker)
    booked = actions.book_slot(
        round_.bureau, (slot or slots_of(round_)[0]).id, worker_id=worker.id,
        services=[one.code for one in known.services], languages=[one.tag for one in known.languages],
        scope=EVERY_ORGANISATION, actor="test", now=now,
    )  # fmt: skip
    return db.session.get_one(PlannedSession, booked.session_id)


def a_demand(bureau: Bureau, per: str = "week", *, minimum: int = 0, target: int = 1, **values: object) -> Demand:
    """A standing wish of the bureau; ``values`` are columns (``service_id``, ``language_tag``, ``weight``)."""
    demand = Demand(bureau_id=bureau.id, per=per, minimum=minimum, target=target, **values)
    db.session.add(demand)
    db.session.commit()
    return demand


def a_proposal(
    assignments: list[tuple[Worker, str, str]],
    *,
    state: str = "finished",
    month: str = DECEMBER,
    now: datetime = NOW,
) -> int:
    """A proposal with a plan written by hand: worker, block, seat; all informing in English."""
    number = create_proposal("golden-river", month, seconds=1, actor="test", now=now)
    row = db.session.get_one(Proposal, number)
    row.state = state
    row.plan = {
        "assignments": [
            {"team": f"w{worker.id}", "block": block, "desk": seat, "services": ["info"], "languages": ["en"]}
            for worker, block, seat in assignments
        ]
    }
    db.session.commit()
    return number
