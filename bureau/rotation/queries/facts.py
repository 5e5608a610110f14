"""Everything the solver is told of a round, gathered from the tables."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from bureau.kernel.database import EVERY_ORGANISATION, db, lines
from bureau.organisations import queries as places
from bureau.organisations.domain.usual import Usual
from bureau.rotation.domain.board import Seat
from bureau.rotation.domain.offers import DeclaredOffer, WorkerChoice, from_usual
from bureau.rotation.domain.problem import Answered, Held, RoundFacts, Wanted, build_problem, iso_week
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.models import Demand, PlannedSession, Round, Slot, is_live
from bureau.rotation.models.loading import given_in_session
from bureau.rotation.models.reading import (
    block_of,
    declared_offer,
    held,
    in_use,
    organisation_info,
    seat,
    worker_choice,
)

from .in_force import sessions_given_back, taken_since, wishes_in_force, with_what_may_move
from .ledger import balances_before
from .offers import offers_of
from .rounds import blocks_of_round
from .series import excepted_in
from .weighting import weights_of


def problem_of(round_: RoundInfo, *, now: datetime, everywhere: bool = False) -> dict[str, Any]:
    """The round as a problem document of the rota format.

    Where a plan is in force, what broke since and what new wishes touch may move; the whole month if ``everywhere``.
    """
    facts = facts_of(round_, now=now)
    if everywhere:
        return build_problem(replace(facts, in_force=False))
    document = build_problem(facts)
    return with_what_may_move(document, wishes_in_force(round_.id)) if facts.in_force else document


def facts_of(round_: RoundInfo, *, now: datetime) -> RoundFacts:
    """The round as plain data."""
    slots = _slots(round_.id)
    live = live_sessions(round_.id)
    held = {row.slot_id for row in live}
    since, given_back = taken_since(round_.id), _not_back(sessions_given_back(round_.id), live)
    usable = [slot for slot in slots if slot.id in held or (in_use(slot) and not slot.closed)]
    blocks, seats = blocks_of_round(round_.id), _seats(usable)
    return RoundFacts(
        round=round_,
        blocks=blocks,
        seats=seats,
        closed=_shut(blocks, seats, usable),
        closures={
            closure.day: closure.reason
            for closure in places.closures(round_.bureau_id, round_.month.first, round_.month.last)
        },
        answers=_answers(round_, live),
        wanted=wanted_at(round_.bureau_id),
        held=tuple(_held(row, now=now) for row in live),
        previous=_previous(round_),
        now=now,
        in_force=since is not None,
        lost=tuple(_held(row, now=now) for row in _lost(given_back, since, held) if row.starts_at > now),
        given_back=frozenset((row.worker_id, block_of(row.slot).code) for row in given_back)
        | excepted_in(round_.month, round_.bureau_id),
        weights=weights_of(round_.bureau_id),
    )


def _not_back(gone: Iterable[PlannedSession], live: Iterable[PlannedSession]) -> list[PlannedSession]:
    """Of the sessions that were given back the latest of each worker and time, unless the worker is there again."""
    latest = {(row.worker_id, row.starts_at): row for row in reversed(list(gone))}
    there = {(row.worker_id, row.starts_at) for row in live}
    return [row for key, row in latest.items() if key not in there]


def _lost(
    given_back: Iterable[PlannedSession], since: datetime | None, held: Collection[int]
) -> Iterable[PlannedSession]:
    """Of these the latest of each slot that is still empty, if the plan in force does not know of it."""
    latest: dict[int, PlannedSession] = {}
    for row in given_back:
        before = latest.get(row.slot_id)
        if since is not None and row.changed_at > since and (before is None or row.changed_at > before.changed_at):
            latest[row.slot_id] = row
    return [row for slot_id, row in sorted(latest.items()) if slot_id not in held]


def _slots(round_id: int) -> Sequence[Slot]:
    return db.session.scalars(select(Slot).where(Slot.round_id == round_id).options(joinedload(Slot.room))).all()


def _seats(slots: Iterable[Slot]) -> tuple[Seat, ...]:
    """The seats of these slots, in the rooms' order."""
    rooms = {(slot.room.position, slot.room_id, slot.seat): slot.room for slot in slots}
    return tuple(seat(rooms[key], key[-1]) for key in sorted(rooms))


def _shut(blocks: Iterable[Block], seats: Sequence[Seat], usable: Iterable[Slot]) -> frozenset[tuple[date, time, str]]:
    """When which seat cannot be had: there is no slot, it is closed, or its room is no longer in use."""
    there = {(slot.day, slot.starts, slot.room_id, slot.seat) for slot in usable}
    return frozenset(
        (block.day, block.starts, seat.code)
        for block in blocks
        for seat in seats
        if (*block.key, seat.room_id, seat.number) not in there
    )


def live_sessions(round_id: int) -> Sequence[PlannedSession]:
    """The live sessions of a round with organisation, slot, room, services and languages, in order of time."""
    slot = joinedload(PlannedSession.slot)
    statement = (
        select(PlannedSession)
        .join(PlannedSession.slot)
        .where(Slot.round_id == round_id, is_live())
        .options(joinedload(PlannedSession.organisation), slot.joinedload(Slot.room), *given_in_session())
        .order_by(PlannedSession.starts_at, PlannedSession.id)
    )
    return db.session.scalars(statement).all()


def _held(row: PlannedSession, *, now: datetime) -> Held:
    return held(row, fixed=row.pinned or row.origin != "solver" or row.starts_at <= now)


def demands_at(bureau_id: int) -> Sequence[Any]:
    """The standing wishes of a bureau, each with what names its service, category and language; in one statement."""
    return lines(_demands(), {"bureau": bureau_id}).all()


@cache
def _demands() -> Select[Any]:
    service, language = (tie.property.mapper.class_ for tie in (Demand.service, Demand.language))
    category = service.category.property.mapper.class_
    return (
        select(
            Demand.id, Demand.per, Demand.language_tag.label("tag"), Demand.minimum, Demand.target, Demand.weight,
            service.code.label("service"), category.code.label("category"), category.name.label("category_name"),
            category.icon, category.position.label("category_position"), language.own_name, language.direction,
            language.position.label("language_position"),
        )
        .outerjoin(Demand.service)
        .outerjoin(service.category)
        .outerjoin(Demand.language)
        .where(Demand.bureau_id == bindparam("bureau"))
        .order_by(Demand.id)
    )  # fmt: skip


def wanted_at(bureau_id: int) -> tuple[Wanted, ...]:
    """The standing wishes of a bureau, as plain data."""
    return tuple(wanted(row) for row in demands_at(bureau_id))


def wanted(row: Any) -> Wanted:
    """A wish as ``demands_at`` brings it."""
    return Wanted(
        id=row.id,
        per=row.per,
        service=row.service,
        language=row.tag,
        minimum=row.minimum,
        target=row.target,
        weight=row.weight,
    )


def _answers(round_: RoundInfo, live: Iterable[PlannedSession]) -> tuple[Answered, ...]:
    """Who answered; and who is in the plan without an answer, with the usual limits and nobody offered."""
    offers = {row.organisation_id: declared_offer(row) for row in offers_of(round_.id) if row.answered_at}
    present = {row.organisation_id for row in live}
    workers = workers_by_organisation(round_.bureau_id)
    balance, load = balances_before(round_), _boundary_load(round_)
    return tuple(
        Answered(
            organisation=organisation_info(one.organisation),
            offer=offers.get(one.organisation_id) or nothing_promised(one.usual),
            workers=workers[one.organisation_id],
            balance=balance.get(one.organisation.code, 0),
            boundary_load=load[one.organisation_id],
        )
        for one in places.partnerships(round_.bureau_id)
        if one.organisation_id in offers or one.organisation_id in present
    )


def nothing_promised(usual: Mapping[str, Any]) -> DeclaredOffer:
    """What counts for somebody who has not answered: the usual limits."""
    return from_usual(replace(Usual.from_json(usual), promised=0, minimum=0, pattern=()))


def workers_by_organisation(bureau_id: int) -> Mapping[int, Mapping[int, WorkerChoice]]:
    """Every active worker of the bureau's partners, by organisation and id."""
    found: dict[int, dict[int, WorkerChoice]] = defaultdict(dict)
    for row in places.workers_at(bureau_id, EVERY_ORGANISATION):
        found[row.organisation_id][row.id] = worker_choice(row)
    return found


def _previous(round_: RoundInfo) -> frozenset[tuple[int, int, time]]:
    rows = _sessions_of_month(round_, -1)
    return frozenset((row.worker_id, row.day.isoweekday(), row.starts) for row in rows)


def _boundary_load(round_: RoundInfo) -> Mapping[int, Mapping[str, int]]:
    """How often each organisation was there last month in the week that this month shares."""
    shared, load = iso_week(round_.month.first), defaultdict[int, Counter[str]](Counter)
    for row in _sessions_of_month(round_, -1):
        if iso_week(row.day) == shared:
            load[row.organisation_id][shared] += 1
    return load


def _sessions_of_month(round_: RoundInfo, months: int) -> Sequence[Any]:
    month = str(round_.month.shifted(months))
    statement = (
        select(PlannedSession.worker_id, PlannedSession.organisation_id, Slot.day, Slot.starts)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(Round.bureau_id == round_.bureau_id, Round.month == month, is_live())
    )
    return db.session.execute(statement).all()
