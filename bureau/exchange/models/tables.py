"""Sessions that change hands: swaps, rings of three, covers, and who waits for a slot."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Organisation, Worker
from bureau.rotation.models import PlannedSession, Round, Slot

SWAP_STATES = ("asked", "moved", "declined", "withdrawn", "expired", "overtaken")
WAITING_STATES = ("waiting", "offered", "taken", "passed", "expired", "withdrawn")
_WAITING = text("state IN ('waiting', 'offered')")


class Swap(Base, Versioned):
    """Two or three sessions that exchange their slots, or one that another organisation covers.

    It moves when every party has accepted, and not before; ``asked_by`` is None where the manager arranges it.
    An offer is a cover of which it is open who takes it. What a session of it became meanwhile overtakes it.
    """

    __tablename__ = "swap"
    __table_args__ = (
        CheckConstraint("kind IN ('swap', 'ring', 'cover', 'offer')", name="kind_known"),
        CheckConstraint(f"state IN {SWAP_STATES}", name="state_known"),
        CheckConstraint("accepted BETWEEN 0 AND parties", name="accepted_within_parties"),
        CheckConstraint("state <> 'moved' OR accepted = parties", name="moved_only_when_all_accept"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    kind: Mapped[str]
    state: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    remark: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # why it was declined
    parties: Mapped[int]
    accepted: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    asked_by: Mapped[Organisation | None] = relationship(lazy="raise")
    legs: Mapped[list["SwapLeg"]] = relationship(
        lazy="raise", back_populates="swap", order_by="SwapLeg.position", cascade="all, delete-orphan"
    )


class SwapLeg(Base):
    """One party of a swap, and the session it gives: that goes to the slot of the next leg, the last to the first's.

    Of a cover: first whose session it is, then who takes its slot over, with whom and what.
    """

    __tablename__ = "swap_leg"
    __table_args__ = (UniqueConstraint("swap_id", "position"), UniqueConstraint("swap_id", "organisation_id"))

    id: Mapped[pk]
    swap_id: Mapped[int] = mapped_column(ForeignKey(Swap.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)  # whose answer it needs
    session_id: Mapped[int] = mapped_column(ForeignKey(PlannedSession.id), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey(Slot.id), index=True)  # where the session was when it was asked for
    seen_version: Mapped[int]  # the session as it was then: changed since, nothing moves
    worker_id: Mapped[int | None] = mapped_column(ForeignKey(Worker.id))  # who covers
    services: Mapped[list[str]]  # codes of what is given instead
    languages: Mapped[list[str]]
    accepted_at: Mapped[datetime | None]

    swap: Mapped[Swap] = relationship(lazy="raise", back_populates="legs")
    session: Mapped[PlannedSession] = relationship(lazy="raise")
    slot: Mapped[Slot] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    worker: Mapped[Worker | None] = relationship(lazy="raise")


class CoverCall(Base):
    """Cover sought for a session that was given back: from when everybody who qualifies is asked."""

    __tablename__ = "cover_call"

    id: Mapped[pk]
    session_id: Mapped[int] = mapped_column(ForeignKey(PlannedSession.id), unique=True)
    asked_from: Mapped[datetime] = mapped_column(index=True)
    called_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    session: Mapped[PlannedSession] = relationship(lazy="raise")


class WaitlistEntry(Base, Versioned, OrganisationOwned):
    """An organisation that would take a slot if it came free; offered to it, until when, and what became of it."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (
        CheckConstraint(f"state IN {WAITING_STATES}", name="state_known"),
        CheckConstraint("state <> 'offered' OR expires_at IS NOT NULL", name="offered_until"),
        Index(
            "uq_waitlist_entry_waiting",
            "slot_id",
            "organisation_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        # A free slot is offered to one of those who wait at a time.
        Index(
            "uq_waitlist_entry_offered",
            "slot_id",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    id: Mapped[pk]
    slot_id: Mapped[int] = mapped_column(ForeignKey(Slot.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey(Worker.id))
    services: Mapped[list[str]]  # codes, as they would be booked
    languages: Mapped[list[str]]
    state: Mapped[str] = mapped_column(default="waiting")
    token_hash: Mapped[str | None] = mapped_column(unique=True)  # of the one-time link that confirms
    asked_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)

    slot: Mapped[Slot] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    worker: Mapped[Worker] = relationship(lazy="raise")
