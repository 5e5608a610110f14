"""Who is in which slot."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, Versioned, one_of, pk
from bureau.kernel.localised import LocalisedText
from bureau.organisations.models import Organisation, Worker

from .rounds import Slot
from .series import Series

STATES = ("proposed", "booked", "held", "missed", "released", "cancelled")
LIVE = ("proposed", "booked", "held", "missed")
MISSED_FOR = ("ill", "way", "closed", "mixup", "other")
_LIVE = text(f"state IN {LIVE}")


class PlannedSession(Base, Versioned):
    """An organisation's worker in a slot, with services and languages. The whole bureau sees it on the board.

    A worker is in one live session per instant: on PostgreSQL an exclusion constraint over the worker's time, on
    SQLite triggers, both made by the migrations (``tables`` of the metadata cannot hold a trigger).
    """

    __tablename__ = "planned_session"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("origin IN ('solver', 'coordinator', 'manager')", name="origin_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(f"missed_for IN {MISSED_FOR}", name="missed_for_known"),
        # Two people book one slot at once: the second insert fails here.
        Index("uq_planned_session_live_slot", "slot_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[pk]
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: str(uuid4()))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey(Series.id), index=True)
    state: Mapped[str]
    origin: Mapped[str]
    pinned: Mapped[bool] = mapped_column(default=False)
    note: Mapped[LocalisedText]
    reason: Mapped[str] = mapped_column(default="")  # why it was released, cancelled or missed, in words
    missed_for: Mapped[str | None]  # why it did not take place, of a short list
    starts_at: Mapped[datetime]  # the slot's own, repeated so that the database can forbid overlaps
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    slot: Mapped[Slot] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    worker: Mapped[Worker] = relationship(lazy="raise")
    services: Mapped[list[Service]] = relationship(lazy="raise", secondary="session_service", order_by=Service.position)
    languages: Mapped[list[Language]] = relationship(
        lazy="raise", secondary="session_language", order_by=Language.position
    )


def is_live() -> ColumnElement[bool]:
    """Whether a session takes part in the plan."""
    return one_of(PlannedSession.state, LIVE)


class SessionService(Base):
    """A service given in a session."""

    __tablename__ = "session_service"

    session_id: Mapped[int] = mapped_column(ForeignKey("planned_session.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)


class SessionLanguage(Base):
    """A language spoken in a session."""

    __tablename__ = "session_language"

    session_id: Mapped[int] = mapped_column(ForeignKey("planned_session.id", ondelete="CASCADE"), primary_key=True)
    language_tag: Mapped[str] = mapped_column(ForeignKey("language.tag"), primary_key=True)
