"""Swaps, for those who may see them: their parties and the bureau's manager; an offer is for everybody who could take it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_

from bureau.exchange.domain.finding import best_exchanges
from bureau.exchange.domain.shown import Asking, OurSwaps, Proposed, SwapShown
from bureau.exchange.models import Swap, SwapLeg
from bureau.exchange.models.loading import sessions, swaps
from bureau.exchange.models.reading import giving, partner, round_of, swap_shown
from bureau.kernel.database import EVERY_ORGANISATION, Scope, db
from bureau.kernel.errors import NotFound
from bureau.organisations import queries as places
from bureau.rotation.queries.exchanging import sessions_of_round

from .effects import Effects
from .waiting import lists_of

PAST_SHOWN = 30


def get_swap(bureau: str, swap_id: int, *, scope: Scope, now: datetime) -> SwapShown:
    """One swap with what it would do; NotFound for who is no party, unless it is an offer that is still open."""
    row = db.session.scalar(swaps(bureau).where(Swap.id == swap_id))
    if row is None or not _may_see(row, scope):
        raise NotFound
    if row.state != "asked" or row.kind not in ("swap", "ring"):
        return swap_shown(row, scope)
    ring, effects = [leg.session for leg in row.legs], Effects(round_of(row), now=now)
    return replace(swap_shown(row, scope, effects.of_ring(ring, scope)), balance=effects.balance(ring))


def _may_see(row: Swap, scope: Scope) -> bool:
    party = any(scope.covers(leg.organisation_id) for leg in row.legs)
    return party or (row.kind == "offer" and row.state == "asked")


def our_swaps(bureau: str, organisation_id: int, *, now: datetime) -> OurSwaps:
    """Everything of an organisation that changes hands, and what others offer to anybody."""
    own = Scope(organisation_id)
    ours = exists().where(SwapLeg.swap_id == Swap.id, SwapLeg.organisation_id == organisation_id)
    offered = (Swap.kind == "offer") & (Swap.state == "asked") & (Swap.expires_at > now)
    rows = db.session.scalars(swaps(bureau).where(or_(ours, offered))).all()
    every = [swap_shown(row, own) for row in rows]
    asked = [one for one in every if one.state == "asked"]
    return OurSwaps(
        answer=tuple(one for one in asked if one.waits_for(organisation_id)),
        waiting=tuple(one for one in asked if one.party(organisation_id) and not one.waits_for(organisation_id)),
        offers=tuple(one for one in asked if one.open_to(organisation_id)),
        past=tuple(one for one in every if one.state != "asked")[:PAST_SHOWN],
        lists=lists_of(bureau, own),
    )


def every_swap(bureau: str) -> tuple[SwapShown, ...]:
    """Every swap of the bureau for its manager: those that wait first, then the latest."""
    rows = db.session.scalars(swaps(bureau).limit(200)).all()
    return tuple(swap_shown(row, EVERY_ORGANISATION) for row in sorted(rows, key=lambda row: row.state != "asked"))


def waiting_for(bureau: str, round_id: int, organisation_id: int) -> tuple[SwapShown, ...]:
    """The swaps of a round that need the organisation's answer."""
    needs = exists().where(
        SwapLeg.swap_id == Swap.id, SwapLeg.organisation_id == organisation_id, SwapLeg.accepted_at.is_(None)
    )
    statement = swaps(bureau).where(Swap.round_id == round_id, Swap.state == "asked", needs)
    return tuple(swap_shown(row, Scope(organisation_id)) for row in db.session.scalars(statement))


def asking(bureau: str, session_id: int, *, chosen: int | None = None, scope: Scope, now: datetime) -> Asking:
    """All that can be asked for a session: swaps and rings that fit, every other session to come, who could cover."""
    row = session_row(bureau, session_id)
    round_ = round_of(row.slot)
    rows = {one.id: one for one in sessions_of_round(round_.id)}
    partners = [one for one in places.partners(round_.bureau_id) if one.id != row.organisation_id]
    effects = Effects(round_, now=now)
    others = [one for one in rows.values() if one.organisation_id != row.organisation_id and one.starts_at > now]
    return Asking(
        session=giving(row, scope),
        state=row.state,
        round=round_,
        chosen=next((_ring(effects, [row, one], scope) for one in others if one.id == chosen), None),
        proposed=_proposed(effects, rows, row.id, scope, now=now) if row.id in rows else (),
        others=tuple(giving(one, scope) for one in others),
        partners=tuple(partner(one) for one in partners),
        open_swaps=_open_for(bureau, row.id, scope),
    )


def session_row(bureau: str, session_id: int) -> Any:
    """A session of the bureau with all its parts; NotFound where there is none."""
    session = SwapLeg.session.property.mapper.class_
    row = db.session.scalar(sessions(bureau).where(session.id == session_id))
    if row is None:
        raise NotFound
    return row


def _proposed(
    effects: Effects, rows: dict[int, Any], session_id: int, scope: Scope, *, now: datetime
) -> tuple[Proposed, ...]:
    best = best_exchanges(effects.month, session_id, effects.residents, now=now)
    return tuple(_ring(effects, [rows[number] for number in one.sessions], scope) for one in best)


def _ring(effects: Effects, ring: Sequence[Any], scope: Scope) -> Proposed:
    parts = zip(ring, effects.of_ring(ring, scope), strict=True)
    return Proposed(parts=tuple((giving(row, scope), effect) for row, effect in parts), balance=effects.balance(ring))


def _open_for(bureau: str, session_id: int, scope: Scope) -> tuple[SwapShown, ...]:
    mine = exists().where(SwapLeg.swap_id == Swap.id, SwapLeg.session_id == session_id)
    rows: Sequence[Swap] = db.session.scalars(swaps(bureau).where(Swap.state == "asked", mine)).all()
    return tuple(swap_shown(row, scope) for row in rows if _may_see(row, scope))


def open_swaps() -> Sequence[Swap]:
    """Every swap of every bureau that waits for an answer, with its legs and their sessions (for the scheduler)."""
    return db.session.scalars(swaps(None).where(Swap.state == "asked")).all()
