"""Sessions that change hands: swaps, covers, and who waits for a slot."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, OrganisationOwned, pk

from .rounds import Round, Slot
from .sessions import PlannedSession

SWAP_STATES = ("asked", "moved", "declined", "withdrawn", "expired")


class Swap(Base):
    """An offer, an ask, a ring of three or a one-way cover; moved only when every party has accepted."""

    __tablename__ = "swap"
    __table_args__ = (
        CheckConstraint("kind IN ('offer', 'ask', 'ring', 'cover')", name="kind_known"),
        CheckConstraint(f"state IN {SWAP_STATES}", name="state_known"),
        CheckConstraint("accepted BETWEEN 0 AND parties", name="accepted_within_parties"),
        CheckConstraint("state <> 'moved' OR accepted = parties", name="moved_only_when_all_accept"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str]
    parties: Mapped[int]
    accepted: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    round: Mapped[Round] = relationship(lazy="raise")
    legs: Mapped[list["SwapLeg"]] = relationship(lazy="raise", back_populates="swap")


class SwapLeg(Base):
    """One session and the organisation it would go to."""

    __tablename__ = "swap_leg"
    __table_args__ = (UniqueConstraint("swap_id", "session_id"),)

    id: Mapped[pk]
    swap_id: Mapped[int] = mapped_column(ForeignKey("swap.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("planned_session.id"), index=True)
    to_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    accepted_at: Mapped[datetime | None]

    swap: Mapped[Swap] = relationship(lazy="raise", back_populates="legs")
    session: Mapped[PlannedSession] = relationship(lazy="raise")


class WaitlistEntry(Base, OrganisationOwned):
    """An organisation that would take a slot if it came free."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (UniqueConstraint("slot_id", "organisation_id"),)

    id: Mapped[pk]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    asked_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    slot: Mapped[Slot] = relationship(lazy="raise")
