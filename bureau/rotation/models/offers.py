"""What an organisation declares it can give in a month."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Organisation, Worker

from .rounds import Round


class Offer(Base, Versioned, OrganisationOwned):
    """An organisation's answer to a round; nothing is planned for who has not answered."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        CheckConstraint("promised >= 0", name="promised_not_negative"),
        CheckConstraint("minimum BETWEEN 0 AND promised", name="minimum_within_promised"),
        CheckConstraint(
            "max_per_day > 0 AND max_per_week > 0 AND max_per_month > 0 AND max_at_once > 0", name="limits_positive"
        ),
    )

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    promised: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=0)
    max_per_day: Mapped[int]
    max_per_week: Mapped[int]
    max_per_month: Mapped[int]
    max_at_once: Mapped[int] = mapped_column(default=1)
    remark: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    workers: Mapped[list["OfferedWorker"]] = relationship(
        lazy="raise", back_populates="offer", cascade="all, delete-orphan", passive_deletes=True
    )


class OfferDraft(Base, Versioned, OrganisationOwned):
    """What an organisation has written for a round and not sent: nobody plans with it.

    ``cells`` are the fields that differ from the answer in force (or from what is usual), by name; ``before`` what the
    last sweeping step replaced, so that it can be undone.
    """

    __tablename__ = "offer_draft"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[pk]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    cells: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class OfferedWorker(Base):
    """A worker within an offer."""

    __tablename__ = "offered_worker"
    __table_args__ = (UniqueConstraint("offer_id", "worker_id"),)

    id: Mapped[pk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)

    offer: Mapped[Offer] = relationship(lazy="raise", back_populates="workers")
    worker: Mapped[Worker] = relationship(lazy="raise")
    pairs: Mapped[list["OfferedPair"]] = relationship(lazy="raise", cascade="all, delete-orphan", passive_deletes=True)
    availability: Mapped[list["Availability"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )


class OfferedPair(Base):
    """A service in a language that an offered worker gives this month."""

    __tablename__ = "offered_pair"

    offered_worker_id: Mapped[int] = mapped_column(
        ForeignKey("offered_worker.id", ondelete="CASCADE"), primary_key=True
    )
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    language_tag: Mapped[str] = mapped_column(ForeignKey("language.tag"), primary_key=True)

    service: Mapped[Service] = relationship(lazy="raise")
    language: Mapped[Language] = relationship(lazy="raise")


class Availability(Base):
    """How well a block suits an offered worker; a block without a row means "not possible"."""

    __tablename__ = "availability"
    __table_args__ = (CheckConstraint("level IN ('preferred', 'possible', 'undesired')", name="level_known"),)

    offered_worker_id: Mapped[int] = mapped_column(
        ForeignKey("offered_worker.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    starts: Mapped[time] = mapped_column(primary_key=True)
    level: Mapped[str]
