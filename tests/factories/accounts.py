"""People with roles, and browsers that are signed in without the cost of a password."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from flask.testing import FlaskClient

from bureau.accounts.domain import hash_of
from bureau.accounts.models import Person, Role, SignInSession
from bureau.accounts.queries import find_identity
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.organisations.models import Bureau, Organisation
from bureau.web.identity import Identity

LONG_AGO = datetime(2026, 1, 2, 9, tzinfo=UTC)
_numbers = count(1)


def person(
    *,
    name: str = "Mira Petrova",
    email: str | None = None,
    language: str = "en",
    active: bool = True,
    password_hash: str | None = None,
    administrator: bool = False,
    manages: Sequence[Bureau] = (),
    receives: Sequence[Bureau] = (),
    coordinates: Sequence[Organisation] = (),
    works_for: Sequence[Organisation] = (),
) -> Person:
    """A stored person with these roles; without a password, so that only ``sign_in_as`` gets in."""
    kept = Person(
        email=email or f"person{next(_numbers)}@example.org",
        name=name,
        language=language,
        active=active,
        password_hash=password_hash,
        created_at=LONG_AGO,
    )
    kept.roles = [
        *([Role(kind="administrator")] if administrator else []),
        *(Role(kind="manager", bureau_id=bureau.id) for bureau in manages),
        *(Role(kind="front_desk", bureau_id=bureau.id) for bureau in receives),
        *(Role(kind="coordinator", organisation_id=organisation.id) for organisation in coordinates),
        *(Role(kind="worker", organisation_id=organisation.id) for organisation in works_for),
    ]
    db.session.add(kept)
    db.session.commit()
    return kept


def sign_in_as(client: FlaskClient, someone: Person, *, now: datetime | None = None) -> str:
    """Sign the browser in as ``someone``, as if it had just typed the password; returns the session's token."""
    token = _signed_in(someone, now or utcnow())
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return token


def identity_of(someone: Person) -> Identity:
    """``someone`` as the product knows who is signed in, with the roles stored now."""
    now = utcnow()
    found = find_identity(_signed_in(someone, now), now=now)
    assert found is not None
    return found[0]


def _signed_in(someone: Person, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            token_hash=hash_of(token),
            person_id=someone.id,
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=14),
            device="test browser",
        )
    )
    db.session.commit()
    return token


def manager_browser(client: FlaskClient, bureau: Bureau, *, language: str = "en") -> FlaskClient:
    """The browser, signed in as a new manager of ``bureau``."""
    sign_in_as(client, person(name="Manager", language=language, manages=[bureau]))
    return client


def coordinator_browser(client: FlaskClient, organisation: Organisation, *, language: str = "en") -> FlaskClient:
    """The browser, signed in as a new coordinator of ``organisation``."""
    sign_in_as(client, person(name="Coordinator", language=language, coordinates=[organisation]))
    return client


def worker_browser(client: FlaskClient, organisation: Organisation, *, language: str = "en") -> FlaskClient:
    """The browser, signed in as a new worker of ``organisation``."""
    sign_in_as(client, person(name="Worker", language=language, works_for=[organisation]))
    return client
