"""What a person is told, and how they want to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, and_, or_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from bureau.accounts.models import Person, Role
from bureau.kernel.database import Base, Versioned, pk
from bureau.organisations.models import Bureau, Organisation


class Notice(Base):
    """One thing that one person is told once. ``kind`` and ``values`` become a sentence when it is read or sent."""

    __tablename__ = "notice"

    id: Mapped[pk]
    key: Mapped[str] = mapped_column(unique=True)  # the same cause never tells a person twice
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)  # whose matter it is
    kind: Mapped[str]
    values: Mapped[dict[str, Any]]
    address: Mapped[str]  # the page where the person sees more, below the application's own address
    touches_at: Mapped[datetime | None]  # when what it is about begins; soon means: told at once
    calendar: Mapped[list[dict[str, Any]]]  # sessions for the person's calendar, as invitations
    created_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
    bureau: Mapped[Bureau] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    concerned_as: Mapped[list[Role]] = relationship(  # none any more: it is no longer the person's matter
        lazy="raise",
        viewonly=True,
        primaryjoin=lambda: and_(
            foreign(Role.person_id) == Notice.person_id,
            or_(
                Role.kind == "administrator",
                Role.bureau_id == Notice.bureau_id,
                Role.organisation_id == Notice.organisation_id,
            ),
        ),
    )


class NoticeChoice(Base, Versioned):
    """When a person wants mail: a digest each day, each week or never, at which hour; urgent things at once or not."""

    __tablename__ = "notice_choice"
    __table_args__ = (
        CheckConstraint("digest IN ('daily', 'weekly', 'never')", name="digest_known"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_day"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    digest: Mapped[str]
    hour: Mapped[int]
    at_once: Mapped[bool]
