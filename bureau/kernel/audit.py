"""Who did what to which thing: append-only, written in the same transaction as the deed, never with secrets."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base, change, pk


class AuditEntry(Base):
    """One deed. ``actor`` is the person's id as text, or the job or command that did it."""

    __tablename__ = "audit_entry"

    id: Mapped[pk]
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    thing: Mapped[str] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


def record(
    action: str,
    thing: str,
    *,
    actor: str,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add one entry to the running transaction; ``thing`` is written ``kind:code``."""
    entry = {"at": now, "actor": actor, "action": action, "thing": thing, "before": before, "after": after}
    change(_entry(), entry)


@cache
def _entry() -> Insert:
    """Put together once: nearly everything that is done is written down."""
    return insert(Base.metadata.tables[AuditEntry.__tablename__])
