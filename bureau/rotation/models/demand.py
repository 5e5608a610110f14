"""What the bureau wants covered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.accounts.models import Person
from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, Versioned, pk
from bureau.organisations.models import Bureau


class Demand(Base, Versioned):
    """So many sessions per block, day, week or month of a service, a language, the pair, or anybody."""

    __tablename__ = "demand"
    __table_args__ = (
        CheckConstraint("per IN ('block', 'day', 'week', 'month')", name="per_known"),
        CheckConstraint("minimum >= 0", name="minimum_not_negative"),
        CheckConstraint("target >= minimum", name="target_from_minimum"),
        CheckConstraint("weight > 0", name="weight_positive"),
        Index(
            "uq_demand_subject",
            "bureau_id",
            "per",
            text("coalesce(service_id, 0)"),
            text("coalesce(language_tag, '')"),
            unique=True,
        ),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    per: Mapped[str]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    language_tag: Mapped[str | None] = mapped_column(ForeignKey("language.tag"))
    minimum: Mapped[int]
    target: Mapped[int]
    weight: Mapped[int] = mapped_column(default=1)

    bureau: Mapped[Bureau] = relationship(lazy="raise")
    service: Mapped[Service | None] = relationship(lazy="raise")
    language: Mapped[Language | None] = relationship(lazy="raise")


class DemandSource(Base):
    """Where a demand comes from that was proposed from the service log: which months, what they told (in fives), who
    confirmed it. Gone as soon as somebody states the demand otherwise.
    """

    __tablename__ = "demand_source"
    __table_args__ = (
        CheckConstraint("first_month <= last_month", name="months_in_order"),
        CheckConstraint("target_before > 0", name="target_before_positive"),
    )

    demand_id: Mapped[int] = mapped_column(ForeignKey(Demand.id, ondelete="CASCADE"), primary_key=True)
    first_month: Mapped[str]
    last_month: Mapped[str]
    helped: Mapped[int]
    vain: Mapped[int]
    minutes_held: Mapped[int]
    target_before: Mapped[int | None]
    proposed: Mapped[int]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"), index=True)
    confirmed_at: Mapped[datetime]
