"""Notices that were read, and those that nobody looks at any more."""

from datetime import datetime

from sqlalchemy import delete, update

from bureau.kernel.database import db, transaction
from bureau.kernel.errors import NotFound
from bureau.notices.domain.timing import KEPT
from bureau.notices.models import Notice


def mark_read(person_id: int, *, until: int, now: datetime) -> None:
    """Mark all of the person's notices as read up to the newest one that they saw; what came since stays new."""
    unread = (Notice.person_id == person_id, Notice.id <= until, Notice.seen_at.is_(None))
    with transaction():
        db.session.execute(update(Notice).where(*unread).values(seen_at=now))


def open_notice(person_id: int, notice_id: int, *, now: datetime) -> str:
    """Mark the person's notice as read; the address it leads to (NotFound)."""
    with transaction():
        row = db.session.get(Notice, notice_id)
        if row is None or row.person_id != person_id:
            raise NotFound
        row.seen_at = row.seen_at or now
        return row.address


def prune(*, now: datetime) -> int:
    """Delete what was told long ago; says how many notices."""
    with transaction():
        gone = db.session.execute(delete(Notice).where(Notice.created_at < now - KEPT))
        return int(getattr(gone, "rowcount", 0))
