"""A month's planning round and its slots."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, Versioned, pk
from bureau.organisations.models import Bureau, Room

PHASES = ("preparing", "declaring", "proposing", "reviewing", "published", "closed")


class Round(Base, Versioned):
    """One month planned together. A deadline is the end of its phase; the scheduler keeps it."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
        CheckConstraint(f"phase IN {PHASES}", name="phase_known"),
        CheckConstraint(
            "proposing_until >= declaring_until AND reviewing_until >= proposing_until", name="deadlines_in_order"
        ),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    month: Mapped[str]
    phase: Mapped[str]
    declaring_until: Mapped[datetime]
    proposing_until: Mapped[datetime]
    reviewing_until: Mapped[datetime]
    advances_itself: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[datetime]

    bureau: Mapped[Bureau] = relationship(lazy="raise")


class Slot(Base):
    """One seat of a room in one block. Wall-clock times say what was meant; the instants what it is in UTC."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("round_id", "room_id", "seat", "day", "starts"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("seat > 0", name="seat_positive"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    seat: Mapped[int]
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)

    round: Mapped[Round] = relationship(lazy="raise")
    room: Mapped[Room] = relationship(lazy="raise")
