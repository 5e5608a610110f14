"""One process leads at a time: whoever holds the row until it expires. The database decides between two that want it."""

from datetime import datetime
from enum import Enum

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError

from bureau.kernel.database import db, transaction
from bureau.scheduling.domain import LEASE_LASTS
from bureau.scheduling.models import Lease
from bureau.scheduling.queries import find_lease


class Leadership(Enum):
    """What came of asking for the lease."""

    KEPT = "kept"
    TAKEN = "taken"
    REFUSED = "refused"


def take_lease(name: str, *, holder: str, now: datetime) -> Leadership:
    """Take a free or expired lease, or prolong our own."""
    try:
        with transaction():
            found = find_lease(name)
            if found is None:
                db.session.add(Lease(name=name, holder=holder, expires_at=now + LEASE_LASTS))
                return Leadership.TAKEN
            ours = found.holder == holder and found.expires_at > now
            taken = db.session.execute(
                update(Lease)
                .where(Lease.name == name, or_(Lease.holder == holder, Lease.expires_at <= now))
                .values(holder=holder, expires_at=now + LEASE_LASTS)
            )
            if getattr(taken, "rowcount", 0) != 1:
                return Leadership.REFUSED
            return Leadership.KEPT if ours else Leadership.TAKEN
    except IntegrityError:  # two asked for a lease that was not there; the other was quicker
        return Leadership.REFUSED


def release_lease(name: str, *, holder: str) -> None:
    """Give the lease back, so that the next process need not wait for its end."""
    with transaction():
        db.session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
