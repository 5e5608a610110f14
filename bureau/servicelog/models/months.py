"""Months that are signed off and closed, and how a bureau keeps its log."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bureau.accounts.models import Person
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Bureau, Organisation


class MonthSignOff(Base, OrganisationOwned):
    """An organisation says that its month is complete."""

    __tablename__ = "month_sign_off"
    __table_args__ = (
        UniqueConstraint("bureau_id", "organisation_id", "month"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    month: Mapped[str]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"), index=True)
    signed_at: Mapped[datetime]


class LogClose(Base):
    """A month of a bureau in which nothing counts any more."""

    __tablename__ = "log_close"
    __table_args__ = (
        UniqueConstraint("bureau_id", "month"),
        CheckConstraint("length(month) = 7", name="month_as_year_and_number"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id))
    month: Mapped[str]
    closed_at: Mapped[datetime]


class LogSettings(Base, Versioned):
    """How a bureau keeps its log; a bureau without a row keeps no notes."""

    __tablename__ = "log_settings"
    __table_args__ = (CheckConstraint("notes_days BETWEEN 1 AND 365", name="notes_days_in_a_year"),)

    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), primary_key=True)
    notes: Mapped[bool] = mapped_column(default=False)
    notes_days: Mapped[int] = mapped_column(default=30)
