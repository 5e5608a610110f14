"""Sending somebody on, and what becomes of it. Who it is stands nowhere."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bureau.kernel import audit
from bureau.kernel.clock import local_date
from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import Forbidden, NotFound
from bureau.kernel.privacy import found_in_place
from bureau.organisations import queries as places
from bureau.servicelog.domain.codes import CODES, code_of, read_code
from bureau.servicelog.domain.referrals import (
    KEPT_OPEN,
    ArrivedAlready,
    Onward,
    ensure_can_arrive,
    ensure_end,
    ensure_onward,
    ensure_open,
    may_close,
    may_mark,
    reopened,
)
from bureau.servicelog.models import Referral
from bureau.servicelog.queries.changes import last_change
from bureau.servicelog.queries.ground import Ground, held_ground

from .correcting import say_sent_on
from .logging import INSERTS
from .notes import ensure_clean

FORGOTTEN = "log.close-referrals"
OPEN: dict[str, Any] = {"closed_on": None, "closed_for": None}
TRIES = 20


def new_code() -> str:
    """A code made by chance."""
    return code_of(secrets.randbelow(CODES))


def give_referral(
    bureau: str,
    organisation: str,
    onward: Onward,
    *,
    code: str,
    scope: Scope,
    person_id: int | None,
    actor: str,
    now: datetime,
    entry_ref: str | None = None,
) -> int:
    """Send somebody on in the name of the organisation; the referral's number (NotFound, Invalid, NamesSomebody).

    ``code`` was made when the form was: sent twice, it is one referral. If another has it by chance, a new one is made.
    With ``entry_ref``, the consultation that one has just logged is counted as "sent on" where nothing was said of it.
    """
    code = read_code(code)
    with transaction():
        ground = held_ground(bureau)
        owner, today = places.get_partner_id(ground.bureau_id, organisation), local_date(now, ground.timezone)
        if not scope.covers(owner):
            raise NotFound
        ensure_onward(onward, ground.known.services, ground.known.languages, today=today)
        if onward.place:
            ensure_clean(onward.place, field="place", bureau_id=ground.bureau_id, today=today, look=found_in_place)
        said = _columns(onward, ground, owner, person_id, today=today)
        before = _given_with(code, owner)
        if before is not None:
            return before
        number = _stored(said, code)
        after = {"organisation": owner, "to": onward.organisation, "service": onward.service}
        audit.record("referral.given", _thing(bureau, number), actor=actor, now=now, after=after)
        if entry_ref and person_id is not None:
            say_sent_on(ground, entry_ref, scope=scope, person_id=person_id, now=now)
    return number


def _columns(onward: Onward, ground: Ground, owner: int, person_id: int | None, *, today: date) -> dict[str, Any]:
    to = None if onward.organisation is None else places.get_partner_id(ground.bureau_id, onward.organisation)
    return {
        "bureau_id": ground.bureau_id, "organisation_id": owner, "to_organisation_id": to, "to_place": onward.place,
        "service_id": ground.known.services[onward.service] if onward.service else None,
        "language_tag": onward.language, "next_day": onward.day, "next_time": onward.time, "given_on": today,
        "given_by_id": person_id, "state": "given", "version": 1,
    }  # fmt: skip


def _given_with(code: str, owner: int) -> int | None:
    mine = select(Referral.id).where(Referral.code == code, Referral.organisation_id == owner)
    return db.session.scalar(mine)


def _stored(said: dict[str, Any], code: str) -> int:
    """Put it into the running transaction; the database says whether the code is free."""
    insert = INSERTS[db.session.get_bind().dialect.name](Referral)
    for _ in range(TRIES):
        statement = insert.values(**said, code=code).on_conflict_do_nothing(index_elements=["code"])
        number: int | None = db.session.scalar(statement.returning(Referral.id))
        if number is not None:
            return number
        code = new_code()
    raise RuntimeError("no code is free")


def mark_arrived(bureau: str, number: int, *, scope: Scope, actor: str, now: datetime) -> None:
    """Say that somebody came with the slip (NotFound, Forbidden, ReferralClosed).

    Of two desks that say so at once, the second is told who was first, and when (ArrivedAlready).
    """
    with transaction():
        row, place = _held(bureau, number, scope)
        _ensure_marks(row, scope)
        try:
            ensure_can_arrive(row.state, row.arrived_on)
        except ArrivedAlready as refusal:
            first = last_change(_thing(bureau, number), "referral.arrived")
            raise ArrivedAlready(timezone=place.timezone, **first) from refusal
        today = local_date(now, place.timezone)
        _become(
            row,
            bureau,
            "arrived",
            deed="arrived",
            actor=actor,
            now=now,
            arrived_on=today,
            closed_on=None,
            closed_for=None,
        )


def take_arrival_back(bureau: str, number: int, *, scope: Scope, actor: str, now: datetime) -> None:
    """It was another slip, or a mistake: nobody arrived yet; a second click changes nothing."""
    with transaction():
        row, _ = _held(bureau, number, scope)
        _ensure_marks(row, scope)
        ensure_open(row.state)
        if row.state == "arrived":
            _become(row, bureau, "given", deed="not_arrived", actor=actor, now=now, arrived_on=None)


def close_referral(bureau: str, number: int, *, reason: str, scope: Scope, actor: str, now: datetime) -> None:
    """Nothing more is to be done about it, and why (NotFound, Invalid, ReferralClosed)."""
    with transaction():
        row, place = _held(bureau, number, scope)
        ensure_open(row.state)
        ensure_end(reason, row.state)
        today = local_date(now, place.timezone)
        _become(row, bureau, "closed", deed="closed", actor=actor, now=now, closed_on=today, closed_for=reason)


def reopen_referral(bureau: str, number: int, *, scope: Scope, actor: str, now: datetime) -> None:
    """Closed by mistake: it is as it was before; a second click changes nothing."""
    with transaction():
        row, _ = _held(bureau, number, scope)
        if row.state == "closed":
            state = reopened(row.arrived_on)
            _become(row, bureau, state, deed="reopened", actor=actor, now=now, **OPEN)


def _held(bureau: str, number: int, scope: Scope) -> tuple[Referral, Any]:
    """The referral, held until the transaction ends, if the scope is at one of its ends; and its bureau."""
    place = places.get_bureau(bureau)
    wanted = select(Referral).where(Referral.bureau_id == place.id, Referral.id == number).with_for_update()
    row = db.session.scalar(wanted)
    if row is None or not may_close(scope.covers, row.organisation_id, row.to_organisation_id):
        raise NotFound
    return row, place


def _ensure_marks(row: Referral, scope: Scope) -> None:
    if not may_mark(scope.covers, row.organisation_id, row.to_organisation_id):
        raise Forbidden


def _become(row: Referral, bureau: str, state: str, *, deed: str, actor: str, now: datetime, **said: Any) -> None:
    before, row.state = row.state, state
    for name, value in said.items():
        setattr(row, name, value)
    after = {"state": state, "reason": row.closed_for, "organisation": row.organisation_id}
    thing = _thing(bureau, row.id)
    audit.record(f"referral.{deed}", thing, actor=actor, now=now, before={"state": before}, after=after)


def _thing(bureau: str, number: int) -> str:
    return f"referral:{bureau}/{number}"


def close_forgotten(*, now: datetime) -> int:
    """Close the referrals that nobody has closed long after their date; how many."""
    done = 0
    for place in places.bureaux():
        done += _close_forgotten_of(place.code, now=now)
    return done


def _close_forgotten_of(bureau: str, *, now: datetime) -> int:
    with transaction():
        place = places.get_bureau(bureau)
        today = local_date(now, place.timezone)
        over = func.coalesce(Referral.next_day, Referral.given_on) < today - KEPT_OPEN
        open_ = select(Referral).where(Referral.bureau_id == place.id, Referral.state != "closed", over)
        rows = list(db.session.scalars(open_.order_by(Referral.id).with_for_update()))
        for row in rows:
            ended = "never-came" if row.state == "given" else None
            _become(row, bureau, "closed", deed="closed", actor=FORGOTTEN, now=now, closed_on=today, closed_for=ended)
    return len(rows)
