"""Signing in and out. A sign-in is a row; whoever deletes the row ends it, wherever its cookie is."""

import hashlib
import hmac
import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, or_, select

from bureau.accounts.domain import (
    IDLE,
    RESETS_PER_ADDRESS,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
    TRIES_WINDOW,
    Try,
    WrongCredentials,
    check_tries,
    clean_email,
    hash_of,
    network_of,
    session_expires,
)
from bureau.accounts.models import OneTimeLink, SignInSession, SignInTry
from bureau.accounts.queries import find_person, find_sign_in
from bureau.kernel.audit import record
from bureau.kernel.database import db, transaction

from .passwords import hash_password, is_outdated, matches

DEVICE_LENGTH = 200
COUNTING_TRIES = 7_364_001
"""The number of the lock; any that nothing else uses."""


def sign_in(*, email: str, password: str, address: str, device: str, now: datetime) -> str:
    """Open a sign-in and return its token; refuses wrong credentials, and any after too many tries."""
    email = clean_email(email)
    # The try is noted before the password is looked at, so that many at once cannot outrun the count.
    with transaction():
        spend_try(email, address=address, now=now)
        person = find_person(email)
        known = person.password_hash if person is not None and person.active else None
    if not matches(password, known):
        raise WrongCredentials
    fresh = hash_password(password) if known is not None and is_outdated(known) else known
    with transaction():
        person = find_person(email)
        if person is None or not person.active or person.password_hash != known:
            raise WrongCredentials  # somebody changed the account in this very moment
        person.password_hash = fresh
        forget_tries(email)
        record("sign in", f"person:{person.id}", actor=str(person.id), now=now)
        return open_sign_in(person.id, device=device, now=now)


def open_sign_in(person_id: int, *, device: str, now: datetime) -> str:
    """Add a sign-in to the running transaction and return its token; only the token's hash is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            token_hash=hash_of(token),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            expires_at=session_expires(created_at=now, now=now),
            device=device[:DEVICE_LENGTH],
        )
    )
    return token


def spend_try(email: str, *, address: str, now: datetime) -> None:
    """Within the running transaction: note one more try, unless there were too many."""
    _spend(_mark(email), _mark(network_of(address)), now=now)


def spend_reset(email: str, *, address: str, now: datetime) -> None:
    """Within the running transaction: note that a new password was asked for, unless it was too often from there.

    These are counted beside the tries to sign in, not among them. An account's own limit is kept by its links.
    """
    account, network = (_mark(f"new password: {value}") for value in (email, network_of(address)))
    _spend(account, network, now=now, per_account=None, per_address=RESETS_PER_ADDRESS)


def _spend(
    account: str,
    network: str,
    *,
    now: datetime,
    per_account: int | None = TRIES_PER_ACCOUNT,
    per_address: int = TRIES_PER_ADDRESS,
) -> None:
    _one_at_a_time()
    db.session.execute(delete(SignInTry).where(SignInTry.at <= now - TRIES_WINDOW))
    rows = db.session.scalars(select(SignInTry).where(or_(SignInTry.account == account, SignInTry.address == network)))
    tries = [Try(at=row.at, same_account=row.account == account, same_address=row.address == network) for row in rows]
    check_tries(tries, now=now, per_account=per_account, per_address=per_address)
    db.session.add(SignInTry(account=account, address=network, at=now))


def _one_at_a_time() -> None:
    """Let tries be counted and noted one after another: SQLite's writers queue anyway, PostgreSQL's are told to."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(COUNTING_TRIES)))


def forget_tries(email: str) -> None:
    """Within the running transaction: the password was right, so the account's tries no longer count."""
    db.session.execute(delete(SignInTry).where(SignInTry.account == _mark(email)))


def _mark(value: str) -> str:
    """A keyed hash, so that the table tells nobody who tried from where."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def note_visit(token: str, *, now: datetime) -> None:
    """Keep when the browser was last seen, and let it stay signed in from there."""
    with transaction():
        found = find_sign_in(token, now=now)
        if found is not None:
            found.seen_at = now
            found.expires_at = session_expires(created_at=found.created_at, now=now)


def sign_out(token: str, *, now: datetime) -> None:
    """End this browser's sign-in."""
    with transaction():
        found = find_sign_in(token, now=now)
        if found is not None:
            record("sign out", f"person:{found.person_id}", actor=str(found.person_id), now=now)
        end_sign_ins(SignInSession.token_hash == hash_of(token))


def sign_out_everywhere(person_id: int, *, now: datetime) -> None:
    """End every sign-in of the person, this browser's too."""
    with transaction():
        end_sign_ins(SignInSession.person_id == person_id)
        record("sign out everywhere", f"person:{person_id}", actor=str(person_id), now=now)


def sign_out_others(token: str, *, person_id: int, now: datetime) -> None:
    """End every sign-in of the person but this browser's."""
    with transaction():
        end_sign_ins(SignInSession.person_id == person_id, SignInSession.token_hash != hash_of(token))
        record("sign out elsewhere", f"person:{person_id}", actor=str(person_id), now=now)


def end_sign_ins(*conditions: ColumnElement[bool]) -> None:
    """Within the running transaction: delete the sign-ins that meet the conditions."""
    db.session.execute(delete(SignInSession).where(*conditions))


def prune(*, now: datetime) -> int:
    """Delete what no longer counts: ended sign-ins, old tries, links long dead; says how many rows."""
    with transaction():
        gone = [
            db.session.execute(delete(SignInSession).where(SignInSession.expires_at <= now)),
            db.session.execute(delete(SignInTry).where(SignInTry.at <= now - TRIES_WINDOW)),
            db.session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now - IDLE)),
        ]
        return sum(int(getattr(result, "rowcount", 0)) for result in gone)
