"""Private calendar feeds."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.accounts.models import Person
from bureau.kernel.database import Base, pk
from bureau.organisations.models import Organisation

_OWN, _SHARED = text("organisation_id IS NULL"), text("organisation_id IS NOT NULL")


class PrivateFeed(Base):
    """The secret address at which one person reads their sessions, or those of an organisation they belong to.

    The secret is derived from the installation's key and ``generation``; renewing raises it, and the old address is gone.
    """

    __tablename__ = "private_feed"
    __table_args__ = (
        Index("uq_private_feed_own", "person_id", unique=True, sqlite_where=_OWN, postgresql_where=_OWN),
        Index(
            "uq_private_feed_organisation",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=_SHARED,
            postgresql_where=_SHARED,
        ),
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    generation: Mapped[int] = mapped_column(default=1)
    renewed_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
