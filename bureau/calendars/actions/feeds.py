"""Making the secret address of a private feed, and making it anew."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bureau.accounts.queries import organisations_of
from bureau.calendars.models import PrivateFeed
from bureau.kernel import audit
from bureau.kernel.database import broken_constraint, db, transaction
from bureau.kernel.errors import NotFound


def open_feed(person_id: int, organisation: str | None, *, now: datetime) -> None:
    """Make the address of the person's own feed, or that of an organisation they belong to; once."""
    organisation_id = _theirs(person_id, organisation)
    try:
        with transaction() as session:
            session.add(PrivateFeed(person_id=person_id, organisation_id=organisation_id, renewed_at=now))
            audit.record("feed.opened", f"person:{person_id}", actor=str(person_id), now=now)
    except IntegrityError as error:
        if "private_feed" not in broken_constraint(error):
            raise  # else it was made by a second click, and is there


def _theirs(person_id: int, organisation: str | None) -> int | None:
    if organisation is None:
        return None
    found = next((one.id for one in organisations_of(person_id) if one.code == organisation), None)
    if found is None:
        raise NotFound
    return int(found)


def renew_feed(person_id: int, feed_id: int, *, generation: int, now: datetime) -> None:
    """Give the person's feed another address; the one that had ``generation`` leads nowhere from now on (NotFound)."""
    with transaction():
        mine = (PrivateFeed.id == feed_id, PrivateFeed.person_id == person_id)
        row = db.session.scalar(select(PrivateFeed).where(*mine).with_for_update())
        if row is None:
            raise NotFound
        if row.generation != generation:
            return  # a second click: it was renewed already
        row.generation, row.renewed_at = generation + 1, now
        audit.record("feed.renewed", f"person:{person_id}", actor=str(person_id), now=now)
