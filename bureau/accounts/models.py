"""People, roles, server-side sessions, one-time links, and tries to sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.kernel.database import Base, pk
from bureau.organisations.models import Bureau, Organisation, Partnership


class Person(Base):
    """An account. Without a password it can only be entered through an invitation."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)

    id: Mapped[pk]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    roles: Mapped[list["Role"]] = relationship(lazy="raise", back_populates="person")


class Role(Base):
    """What a person is, and where: one role of a kind per scope."""

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'administrator' AND bureau_id IS NULL AND organisation_id IS NULL)"
            " OR (kind IN ('manager', 'front_desk') AND bureau_id IS NOT NULL AND organisation_id IS NULL)"
            " OR (kind IN ('coordinator', 'worker') AND bureau_id IS NULL AND organisation_id IS NOT NULL)",
            name="scope_fits_kind",
        ),
        # NULLs never collide in a plain unique constraint, so each shape of scope has an index of its own.
        Index(
            "uq_role_installation",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("bureau_id IS NULL AND organisation_id IS NULL"),
            postgresql_where=text("bureau_id IS NULL AND organisation_id IS NULL"),
        ),
        Index(
            "uq_role_bureau",
            "person_id",
            "kind",
            "bureau_id",
            unique=True,
            sqlite_where=text("bureau_id IS NOT NULL"),
            postgresql_where=text("bureau_id IS NOT NULL"),
        ),
        Index(
            "uq_role_organisation",
            "person_id",
            "kind",
            "organisation_id",
            unique=True,
            sqlite_where=text("organisation_id IS NOT NULL"),
            postgresql_where=text("organisation_id IS NOT NULL"),
        ),
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    bureau_id: Mapped[int | None] = mapped_column(ForeignKey("bureau.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    person: Mapped[Person] = relationship(lazy="raise", back_populates="roles")
    bureau: Mapped[Bureau | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    bureaux: Mapped[list[Bureau]] = relationship(  # those that the organisation takes part in
        lazy="raise",
        viewonly=True,
        secondary=Partnership.__table__,
        primaryjoin=lambda: and_(Role.organisation_id == Partnership.organisation_id, Partnership.active),
        secondaryjoin=lambda: Partnership.bureau_id == Bureau.id,
    )


class SignInSession(Base):
    """A browser that is signed in; deleting the row signs it out wherever its cookie is."""

    __tablename__ = "sign_in_session"

    id: Mapped[pk]
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str]

    person: Mapped[Person] = relationship(lazy="raise")


class OneTimeLink(Base):
    """An invitation or a password reset; works once, until it expires. Only the hash of its secret is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'password')", name="purpose_known"),)

    id: Mapped[pk]
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInTry(Base):
    """One failed try to sign in, by hashed account and hashed address, kept while it counts."""

    __tablename__ = "sign_in_try"

    id: Mapped[pk]
    account: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
