"""What the organisations say of a month's plan."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.accounts.models import Person
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Organisation
from bureau.rotation.models import Proposal, Round, Slot


class Quorum(Base, Versioned):
    """How many in a hundred of the asked organisations must have answered before a round counts as reviewed."""

    __tablename__ = "quorum"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), primary_key=True)
    percent: Mapped[int]


class Review(Base, Versioned, OrganisationOwned):
    """An organisation's answer to the plan of a round, and what became of an objection.

    ``proposal`` is the plan that stood when it answered (None: booked by hand); another one since, and it is asked again.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        CheckConstraint("answer IN ('accepted', 'objected')", name="answer_known"),
        CheckConstraint("answer <> 'objected' OR reason <> ''", name="objection_has_reason"),
        CheckConstraint("outcome IN ('open', 'answered', 'carried')", name="outcome_known"),
        CheckConstraint("outcome = 'open' OR (answer = 'objected' AND reply <> '')", name="outcome_has_reply"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    answer: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="open")
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")


class SlotComment(Base):
    """What somebody says of a slot; every partner of the round reads it. ``organisation`` is None for the bureau."""

    __tablename__ = "slot_comment"
    __table_args__ = (CheckConstraint("words <> ''", name="says_something"),)

    id: Mapped[pk]
    slot_id: Mapped[int] = mapped_column(ForeignKey(Slot.id), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    slot: Mapped[Slot] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
