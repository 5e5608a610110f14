"""Asking others to swap, to join a ring, or to cover."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bureau.exchange.domain import swaps as rules
from bureau.exchange.domain.moves import as_told, broken
from bureau.exchange.domain.refusals import AlreadyAsked, CannotMove, OwnSession
from bureau.exchange.models import Swap, SwapLeg
from bureau.exchange.models.loading import swaps
from bureau.exchange.models.reading import place_of, placed
from bureau.exchange.queries.months import month_of
from bureau.exchange.queries.swaps import session_row
from bureau.kernel import audit
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain.refusals import WrongPhase
from bureau.rotation.domain.rounds import BOOKABLE

from .rows import hold_sessions, hold_swap
from .telling import tell_parties

LONGEST = 300

Seen = tuple[int, int]
"""A session's id, and its version as the person saw it."""


def ask_swap(
    bureau: str, sessions: Sequence[Seen], *, remark: str = "", scope: Scope, actor: str, now: datetime
) -> int:
    """Ask that each of two or three sessions takes the slot of the next, the last that of the first; the swap's id.

    The first is the scope's, and with asking its organisation accepts; a manager arranges it, and everybody is asked.
    Refuses: SessionOver, WrongPhase, OwnSession, AlreadyAsked, CannotMove (the rule that it would break), Stale.
    """
    ensure_no_resident(remark, bureau, field="remark", now=now)
    with transaction():
        rows = _sessions(bureau, sessions)
        if not scope.covers(rows[0].organisation_id) or len({row.slot.round_id for row in rows}) > 1:
            raise NotFound
        kind = rules.kind_of([row.organisation_id for row in rows])
        _ensure_can_be_asked(rows, now=now)
        _ensure_holds(rows, scope)
        swap = _swap(kind, rows, scope, remark, now=now)
        swap.legs = [_leg(place, row) for place, row in enumerate(rows)]
        return _store(bureau, swap, scope, actor=actor, now=now)


def ask_cover(
    bureau: str, seen: Seen, organisation: str | None, *, remark: str = "", scope: Scope, actor: str, now: datetime
) -> int:
    """Ask an organisation (by code), or with None everybody, to take the session's slot over; the swap's id.

    Refuses: SessionOver, WrongPhase, OwnSession, AlreadyAsked, Stale.
    """
    ensure_no_resident(remark, bureau, field="remark", now=now)
    with transaction():
        [row] = _sessions(bureau, [seen])
        if not scope.covers(row.organisation_id):
            raise NotFound
        _ensure_can_be_asked([row], now=now)
        swap = _swap("offer" if organisation is None else "cover", [row], scope, remark, now=now)
        swap.legs = [_leg(0, row)]
        if organisation is not None:
            swap.legs.append(cover_leg(row, _partner(row, organisation), row.version))
        return _store(bureau, swap, scope, actor=actor, now=now)


def _sessions(bureau: str, seen: Sequence[Seen]) -> list[Any]:
    """The sessions as the person saw them; who asks for one of them at the same moment waits, and finds our swap."""
    hold_sessions([number for number, _ in seen])
    rows = [session_row(bureau, number) for number, _ in seen]
    for row, (_, version) in zip(rows, seen, strict=True):
        row.expect(version)
    return rows


def _partner(row: Any, organisation: str) -> int:
    partnership = places.get_partner(row.slot.round.bureau_id, organisation)
    if not partnership.active:
        raise NotFound
    if partnership.organisation_id == row.organisation_id:
        raise OwnSession
    return partnership.organisation_id


def _ensure_can_be_asked(rows: Sequence[Any], *, now: datetime) -> None:
    round_ = rows[0].slot.round
    if round_.phase not in BOOKABLE:
        raise WrongPhase(phase=round_.phase)
    rules.ensure_can_give(((row.state, row.starts_at) for row in rows), now=now)
    wanted = {row.id for row in rows}
    if len(rows) > 1 and wanted in ({leg.session_id for leg in swap.legs} for swap in _open_of(rows[0].id)):
        raise AlreadyAsked


def _open_of(session_id: int) -> Sequence[Swap]:
    """What is asked of a session that is held. The swaps are only read: who answers one holds it, then its sessions."""
    mine = Swap.legs.any(SwapLeg.session_id == session_id)
    return db.session.scalars(swaps(None).where(Swap.state == "asked", mine)).all()


def _ensure_holds(rows: Sequence[Any], scope: Scope) -> None:
    """Nothing is asked for that could not be done."""
    month = month_of(rows[0].slot.round_id, rows[0].slot.round.bureau_id)
    for row, onward in zip(rows, [*rows[1:], rows[0]], strict=True):
        refusal = broken(month, placed(row), place_of(onward.slot))
        if refusal is not None:
            why = as_told(refusal, own=scope.covers(row.organisation_id))
            raise CannotMove(organisation=row.organisation.name, why=why)


def _swap(kind: str, rows: Sequence[Any], scope: Scope, remark: str, *, now: datetime) -> Swap:
    covering = kind in ("cover", "offer")
    return Swap(
        round_id=rows[0].slot.round_id,
        kind=kind,
        state="asked",
        asked_by_id=scope.organisation_id,
        remark=clean_text(remark)[:LONGEST],
        parties=2 if covering else len(rows),
        created_at=now,
        expires_at=rules.expiry((row.starts_at for row in rows), now=now),
    )


def _leg(position: int, row: Any) -> SwapLeg:
    return SwapLeg(
        position=position,
        organisation_id=row.organisation_id,
        session_id=row.id,
        slot_id=row.slot_id,
        seen_version=row.version,
        services=[],
        languages=[],
    )


def cover_leg(row: Any, organisation_id: int, seen_version: int) -> SwapLeg:
    """The part of who takes the session's slot over; with whom and what is said when it accepts."""
    leg = _leg(1, row)
    leg.organisation_id, leg.seen_version = organisation_id, seen_version
    return leg


def _store(bureau: str, swap: Swap, scope: Scope, *, actor: str, now: datetime) -> int:
    """Store it, accepted by who asks, and tell the others."""
    for leg in swap.legs:
        if leg.organisation_id == scope.organisation_id or (scope.organisation_id is None and _is_offered(swap)):
            leg.accepted_at = now
    swap.accepted = sum(leg.accepted_at is not None for leg in swap.legs)
    db.session.add(swap)
    db.session.flush()
    row = hold_swap(bureau, swap.id)
    audit.record("swap.asked", f"swap:{row.id}", actor=actor, now=now, after={"kind": row.kind})
    tell_parties(row, "asked", [leg for leg in row.legs if leg.accepted_at is None], now=now)
    return row.id


def _is_offered(swap: Swap) -> bool:
    """What the manager offers to everybody in the name of its organisation needs no second word from it."""
    return swap.kind == "offer"
