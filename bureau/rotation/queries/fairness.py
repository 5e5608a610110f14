"""Who promised what, has what and carries what, for a board that is loaded already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, union_all

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.domain.board import Board, BoardSession
from bureau.rotation.domain.cockpit import Share
from bureau.rotation.domain.ledger import balances_after
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.round_facts import Answered, Held, RoundFacts, Wanted
from bureau.rotation.domain.showing import cells_of
from bureau.rotation.models import Offer, PlannedSession, Round, Slot

from .cockpit import shares_in
from .facts import nothing_promised
from .ledger import COUNTED, OUTCOME, Counts, entries_from

PROMISED = "promised"


def shares_on(board: Board, wanted: Iterable[Wanted], *, now: datetime) -> tuple[Share, ...]:
    """What each organisation promised, its fair share, what it has and what it carries. One query."""
    lines = _lines(board)
    held = tuple(
        Held(
            worker_id=0, organisation=cell.session.organisation.code, block=one.block, seat=cell.seat.code,
            services=(), languages=(), fixed=True,
        )
        for _, one, cell in cells_of(board) if cell.session is not None
    )  # fmt: skip
    facts = RoundFacts(
        round=board.round, blocks=tuple(one.block for day in board.days for one in day.blocks), seats=board.seats,
        closed=frozenset(), closures={}, answers=_answers(board, lines), wanted=tuple(wanted), held=held,
        previous=frozenset(), now=now,
    )  # fmt: skip
    return shares_in(facts)


def _lines(board: Board) -> Sequence[Any]:
    """What was promised, and what was given, missed and released, by month and organisation, up to this month."""
    month = str(board.round.month)
    here = Round.bureau_id == board.round.bureau_id
    before = and_(Round.phase.in_(("published", "closed")), Round.month < month)
    promised = (
        select(
            literal(PROMISED).label("kind"), Round.month, Offer.organisation_id, Offer.promised.label("number"),
            Offer.minimum,
        )
        .join(Offer.round)
        .where(here, or_(before, Round.month == month), Offer.answered_at.is_not(None))
    )  # fmt: skip
    given = (
        select(OUTCOME, Round.month, PlannedSession.organisation_id, func.count(), literal(0))
        .select_from(PlannedSession)
        .join(PlannedSession.slot)
        .join(Slot.round)
        .where(here, before, PlannedSession.state.in_(COUNTED))
        .group_by("outcome", Round.month, PlannedSession.organisation_id)
    )
    both, partner = union_all(promised, given).subquery(), Offer.organisation.property.mapper.class_
    named = (partner.id, partner.code, partner.name, both.c.kind, both.c.month, both.c.number, both.c.minimum)
    statement = select(*named).join(both, both.c.organisation_id == partner.id)
    return db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).all()


def _answers(board: Board, lines: Sequence[Any]) -> tuple[Answered, ...]:
    """Who answered, and who is on the board without an answer, each with what it carries."""
    month, balances = str(board.round.month), _balances(board, lines)
    answered = {one.id: one for one in lines if one.kind == PROMISED and one.month == month}
    present = {session.organisation.id: session.organisation for session in _sessions(board)}
    known = {one.id: OrganisationInfo(id=one.id, code=one.code, name=one.name) for one in answered.values()}
    nothing = nothing_promised({})
    return tuple(
        Answered(
            organisation=info,
            offer=replace(nothing, promised=answered[number].number, minimum=answered[number].minimum)
            if number in answered
            else nothing,
            workers={},
            balance=balances.get(info.code, 0),
        )
        for number, info in sorted({**present, **known}.items())
    )


def _sessions(board: Board) -> list[BoardSession]:
    return [cell.session for _, _, cell in cells_of(board) if cell.session is not None]


def _balances(board: Board, lines: Iterable[Any]) -> dict[str, int]:
    """What each organisation carries from the months before."""
    found: dict[str, Counts] = {kind: defaultdict(dict) for kind in (PROMISED, *COUNTED.values())}
    for one in lines:
        if one.month < str(board.round.month):
            of_month = found[COUNTED.get(one.kind, PROMISED)][one.month]
            of_month[one.code] = of_month.get(one.code, 0) + one.number
    return balances_after(entries_from(found.pop(PROMISED), found))
