"""Answering a swap: accept, decline, take back. The last acceptance moves everything, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bureau.exchange.domain import swaps as rules
from bureau.exchange.domain.refusals import SessionsChanged
from bureau.exchange.models import Swap, SwapLeg
from bureau.exchange.queries.swaps import open_swaps
from bureau.kernel import audit
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import NotFound
from bureau.kernel.text import clean_text
from bureau.organisations import queries as places
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.actions.booking import decided_by_database
from bureau.rotation.domain.refusals import NothingGiven, ReasonNeeded

from .asking import LONGEST, cover_leg
from .moving import covered, has_changed, move_all
from .rows import hold_swap, hold_what_moves
from .telling import NOTHING_MOVED, tell_parties

COVERING = ("cover", "offer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """With whom, and with what, a slot is taken over."""

    worker_id: int
    services: tuple[str, ...]
    languages: tuple[str, ...]


def accept_swap(
    bureau: str, swap_id: int, *, organisation_id: int, cover: Cover | None = None, actor: str, now: datetime
) -> bool:
    """Accept in the name of a party (or take an open offer); whether everything has moved with it.

    Refuses: SwapOver, AnswerGiven, SessionsChanged (the swap is closed then, and everybody told), CannotMove,
    and for a cover what ``book_slot`` refuses.
    """
    moved = _kindly(bureau, swap_id, organisation_id, cover, actor=actor, now=now)
    if moved is None:
        raise SessionsChanged
    if moved:
        close_what_is_over(now=now)
    return moved


def _kindly(
    bureau: str, swap_id: int, organisation_id: int, cover: Cover | None, *, actor: str, now: datetime
) -> bool | None:
    """Who loses a race for somebody's time is told by a refusal."""
    slot_id, worker_id = _wanted(swap_id)
    if slot_id is not None:
        with decided_by_database(bureau, slot_id, cover.worker_id if cover else worker_id, now=now):
            return _accept(bureau, swap_id, organisation_id, cover, actor=actor, now=now)
    try:
        return _accept(bureau, swap_id, organisation_id, None, actor=actor, now=now)
    except IntegrityError:  # somebody booked one of the people at that very instant; the next look says who
        return _accept(bureau, swap_id, organisation_id, None, actor=actor, now=now)


def _wanted(swap_id: int) -> tuple[int | None, int]:
    """The slot that is covered, if any, and the worker who was named for it."""
    covering = select(SwapLeg.slot_id, SwapLeg.worker_id).join(SwapLeg.swap).where(Swap.kind.in_(COVERING))
    rows = db.session.execute(covering.where(Swap.id == swap_id)).all()
    return (rows[0].slot_id if rows else None), next((row.worker_id for row in rows if row.worker_id), 0)


def _accept(
    bureau: str, swap_id: int, organisation_id: int, cover: Cover | None, *, actor: str, now: datetime
) -> bool | None:
    """Whether everything moved; None where something had changed and nothing will."""
    with transaction() as session:
        swap = hold_swap(bureau, swap_id)
        rules.ensure_open(swap.state, swap.expires_at, now=now)
        with session.no_autoflush:  # nothing is stored before everything is held
            leg = _part_of(swap, organisation_id)
            rules.ensure_can_answer(swap.state, swap.expires_at, accepted=leg.accepted_at is not None, now=now)
            _say_with_what(leg, cover, covers=_covers(swap, leg))
            hold_what_moves(swap)
        session.flush()
        swap = hold_swap(bureau, swap_id)  # with the part of who takes an offer
        if any(has_changed(one, now=now) for one in swap.legs):
            _end(swap, "overtaken", actor=actor, now=now)
            return None
        leg.accepted_at = now
        swap.accepted += 1
        audit.record("swap.accepted", f"swap:{swap.id}", actor=actor, now=now, after={"party": organisation_id})
        if swap.accepted < swap.parties:
            return False
        _move(bureau, swap, Scope(organisation_id), actor=actor, now=now)
        return True


def _part_of(swap: Swap, organisation_id: int) -> SwapLeg:
    """The organisation's leg; who takes an offer joins it."""
    leg = next((one for one in swap.legs if one.organisation_id == organisation_id), None)
    if leg is not None:
        return leg
    if swap.kind != "offer" or places.find_usual(swap.round.bureau_id, organisation_id) is None:
        raise NotFound
    first = swap.legs[0]
    swap.legs.append(cover_leg(first.session, organisation_id, first.seen_version))
    return swap.legs[-1]


def _covers(swap: Swap, leg: SwapLeg) -> bool:
    return swap.kind in COVERING and leg.position > 0


def _say_with_what(leg: SwapLeg, cover: Cover | None, *, covers: bool) -> None:
    if not covers:
        return
    if cover is None:
        raise NothingGiven(field="services")
    leg.worker_id, leg.services, leg.languages = cover.worker_id, list(cover.services), list(cover.languages)


def _move(bureau: str, swap: Swap, scope: Scope, *, actor: str, now: datetime) -> None:
    if swap.kind in COVERING:
        sessions = covered(bureau, swap, actor=actor, now=now)
    else:
        sessions = move_all(swap, scope, actor=actor, now=now)
    _end(swap, "moved", actor=actor, now=now, sessions=sessions)


def _end(
    swap: Swap,
    state: str,
    *,
    actor: str,
    now: datetime,
    but: Sequence[int] = (),
    sessions: Mapping[int, int] = NOTHING_MOVED,
) -> None:
    """Close the swap, and tell every party but ``but``; ``sessions`` are those that changed, by organisation."""
    swap.state, swap.ended_at = state, now
    audit.record(f"swap.{state}", f"swap:{swap.id}", actor=actor, now=now)
    tell_parties(swap, state, [leg for leg in swap.legs if leg.organisation_id not in but], sessions, now=now)


def decline_swap(bureau: str, swap_id: int, *, organisation_id: int, reason: str, actor: str, now: datetime) -> None:
    """Say no in the name of a party, with a reason; the swap is over (ReasonNeeded, SwapOver)."""
    why = clean_text(reason)[:LONGEST]
    if not why:
        raise ReasonNeeded(field="reason")
    ensure_no_resident(why, bureau, field="reason", now=now)
    with transaction():
        swap = hold_swap(bureau, swap_id)
        if all(leg.organisation_id != organisation_id for leg in swap.legs):
            raise NotFound
        rules.ensure_open(swap.state, swap.expires_at, now=now)
        swap.reason = why
        _end(swap, "declined", actor=actor, now=now, but=[organisation_id])


def withdraw_swap(bureau: str, swap_id: int, *, scope: Scope, actor: str, now: datetime) -> None:
    """Take the question back: who asked, or the manager (SwapOver)."""
    with transaction():
        swap = hold_swap(bureau, swap_id)
        if scope.organisation_id not in (None, swap.asked_by_id):
            raise NotFound
        rules.ensure_open(swap.state, swap.expires_at, now=now)
        _end(swap, "withdrawn", actor=actor, now=now, but=[scope.organisation_id or 0])


def close_what_is_over(*, now: datetime) -> int:
    """Close the swaps that ran out of time, and those whose sessions changed, were given back or began; how many."""
    return sum(_close(number, now=now) for number in what_is_over(now=now))


def what_is_over(*, now: datetime) -> list[int]:
    """The open swaps that wait in vain."""
    return [swap.id for swap in open_swaps() if _fate(swap, now=now)]


def _close(swap_id: int, *, now: datetime) -> bool:
    with transaction():
        swap = hold_swap(None, swap_id)
        fate = _fate(swap, now=now) if swap.state == "asked" else ""
        if fate:
            _end(swap, fate, actor="scheduler", now=now)
        return bool(fate)


def _fate(swap: Swap, *, now: datetime) -> str:
    if any(has_changed(leg, now=now) for leg in swap.legs):
        return "overtaken"
    return "expired" if swap.expires_at <= now else ""
