"""What the organisations say of a month's plan."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.accounts.models import Person
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Organisation
from bureau.rotation.models import Proposal, Round, Slot


class ReviewTerms(Base, Versioned):
    """How a round is reviewed: how many in a hundred of the asked organisations must have answered, and whether they
    may answer while the plan is still being made.
    """

    __tablename__ = "review_terms"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), primary_key=True)
    percent: Mapped[int]
    shown_early: Mapped[bool] = mapped_column(default=False)


class Review(Base, Versioned, OrganisationOwned):
    """An organisation's answer to the plan of a round, and what became of an objection.

    ``proposal`` is the plan that stood when it answered (None: booked by hand); another one since, and it is asked again.
    An objection settled in the joint meeting may have no reply in words.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        CheckConstraint("answer IN ('accepted', 'objected')", name="answer_known"),
        CheckConstraint("answer <> 'objected' OR reason <> ''", name="objection_has_reason"),
        CheckConstraint("outcome IN ('open', 'answered', 'carried')", name="outcome_known"),
        CheckConstraint("outcome = 'open' OR answer = 'objected'", name="only_objections_are_settled"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    answer: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    on_behalf: Mapped[bool] = mapped_column(default=False)  # noted by the manager, for instance on the telephone
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
    __table_args__ = (
        CheckConstraint("words <> ''", name="says_something"),
        CheckConstraint("outcome IN ('open', 'answered', 'carried')", name="outcome_known"),
        CheckConstraint("outcome = 'open' OR settled_at IS NOT NULL", name="settled_with_time"),
    )

    id: Mapped[pk]
    slot_id: Mapped[int] = mapped_column(ForeignKey(Slot.id), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="open")
    settled_at: Mapped[datetime | None]

    slot: Mapped[Slot] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class SettledGap(Base):
    """A wish that the plan does not meet, and what the partners agreed about it.

    A gap is worked out anew from each plan, so it is named by what it asks for (``""`` where it asks for any service or
    language). It counts as settled as long as no less is there than ``have``.
    """

    __tablename__ = "settled_gap"
    __table_args__ = (
        UniqueConstraint("round_id", "per", "place", "service", "language"),
        CheckConstraint("outcome IN ('answered', 'carried')", name="outcome_known"),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    per: Mapped[str]
    place: Mapped[str]
    service: Mapped[str]
    language: Mapped[str]
    have: Mapped[int]
    outcome: Mapped[str]
    settled_at: Mapped[datetime]


class PublishedOver(Base):
    """A publication in spite of open objections, or before enough organisations had answered. Never changed."""

    __tablename__ = "published_over"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    number: Mapped[int]
    objecting: Mapped[list[str]]  # codes of the organisations
    answered: Mapped[int]
    asked: Mapped[int]
    percent: Mapped[int]
    published_at: Mapped[datetime]
