"""Who was sent on, and whether they arrived: a code on a slip of paper, no person."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bureau.accounts.models import Person
from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, Versioned, pk
from bureau.organisations.models import Bureau, Organisation
from bureau.servicelog.domain.bands import REFERRAL_ENDS, REFERRAL_STATES


class Referral(Base, Versioned):
    """An organisation sends somebody on: to a partner of the bureau, or to a place outside it.

    Both ends see it, so it is not kept apart by scope: every query names the organisation it is for.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(f"state IN {REFERRAL_STATES}", name="state_known"),
        CheckConstraint(f"closed_for IN {REFERRAL_ENDS}", name="closed_for_known"),
        CheckConstraint("(to_organisation_id IS NULL) = (to_place <> '')", name="one_aim"),
        CheckConstraint("next_time IS NULL OR next_day IS NOT NULL", name="time_has_day"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)  # who gave it
    to_organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    to_place: Mapped[str] = mapped_column(default="")
    service_id: Mapped[int | None] = mapped_column(ForeignKey(Service.id), index=True)
    language_tag: Mapped[str] = mapped_column(ForeignKey(Language.tag), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    next_day: Mapped[date | None]
    next_time: Mapped[time | None]
    state: Mapped[str] = mapped_column(default="given")
    given_on: Mapped[date]
    arrived_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_for: Mapped[str | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"), index=True)
