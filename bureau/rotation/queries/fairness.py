"""Who promised what, has what and carries what, where it is known whose each session of the month is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal, or_, select, union_all

from bureau.kernel.database import EVERY_ORGANISATION, lines, one_of
from bureau.rotation.domain.cockpit import Share
from bureau.rotation.domain.ledger import balances_after
from bureau.rotation.domain.offers import OrganisationInfo
from bureau.rotation.domain.round_facts import Answered, RoundFacts, Wanted
from bureau.rotation.domain.rounds import Block, RoundInfo
from bureau.rotation.models import Offer, PlannedSession, Round, Slot

from .cockpit import shares_given
from .facts import nothing_promised
from .ledger import COUNTED, OUTCOME, Counts, entries_from

PROMISED = "promised"


def shares_on(
    round_: RoundInfo,
    blocks: Iterable[Block],
    owners: Sequence[OrganisationInfo],
    wanted: Iterable[Wanted],
    *,
    now: datetime,
) -> tuple[Share, ...]:
    """What each organisation promised, its fair share, what it has and what it carries; ``owners`` is whose each session
    of the month is. One query.
    """
    found = _lines(round_)
    facts = RoundFacts(
        round=round_, blocks=tuple(blocks), seats=(), closed=frozenset(), closures={},
        answers=_answers(round_, owners, found), wanted=tuple(wanted), held=(), previous=frozenset(), now=now,
    )  # fmt: skip
    return shares_given(facts, Counter(one.code for one in owners))


def _lines(round_: RoundInfo) -> Sequence[Any]:
    """What was promised, and what was given, missed and released, by month and organisation, up to this month."""
    return lines(_month_by_month(), {"bureau": round_.bureau_id, "month": str(round_.month)}).all()


@cache
def _month_by_month() -> Select[Any]:
    """Put together once: every open board asks it when something has changed."""
    month: Any = bindparam("month")
    here = Round.bureau_id == bindparam("bureau")
    before = and_(one_of(Round.phase, ("published", "closed")), Round.month < month)
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
        .where(here, before, one_of(PlannedSession.state, COUNTED))
        .group_by("outcome", Round.month, PlannedSession.organisation_id)
    )
    both, partner = union_all(promised, given).subquery(), Offer.organisation.property.mapper.class_
    named = (partner.id, partner.code, partner.name, both.c.kind, both.c.month, both.c.number, both.c.minimum)
    statement = select(*named).join(both, both.c.organisation_id == partner.id)
    return statement.execution_options(**EVERY_ORGANISATION.options())


def _answers(round_: RoundInfo, owners: Iterable[OrganisationInfo], found: Sequence[Any]) -> tuple[Answered, ...]:
    """Who answered, and who is on the board without an answer, each with what it carries."""
    month, balances = str(round_.month), _balances(round_, found)
    answered = {one.id: one for one in found if one.kind == PROMISED and one.month == month}
    present = {one.id: one for one in owners}
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


def _balances(round_: RoundInfo, stored: Iterable[Any]) -> dict[str, int]:
    """What each organisation carries from the months before."""
    found: dict[str, Counts] = {kind: defaultdict(dict) for kind in (PROMISED, *COUNTED.values())}
    for one in stored:
        if one.month < str(round_.month):
            of_month = found[COUNTED.get(one.kind, PROMISED)][one.month]
            of_month[one.code] = of_month.get(one.code, 0) + one.number
    return balances_after(entries_from(found.pop(PROMISED), found))
