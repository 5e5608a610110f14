"""Bureaux, rooms, hours and closures; organisations, their agreements and workers."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.sql.base import ExecutableOption

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.kernel.localised import LocalisedText


class Bureau(Base, Versioned):
    """The place. ``languages`` are the tags its public site is written in, the first by default."""

    __tablename__ = "bureau"

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[LocalisedText]
    city: Mapped[LocalisedText]
    address: Mapped[LocalisedText]
    welcome: Mapped[LocalisedText]
    about: Mapped[LocalisedText]
    find_us: Mapped[LocalisedText]
    privacy: Mapped[LocalisedText]
    walk_in_rule: Mapped[LocalisedText]
    phone: Mapped[str] = mapped_column(default="")
    phone_text: Mapped[LocalisedText]
    email: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str]
    holidays_of: Mapped[str] = mapped_column(default="BG")  # country whose public holidays close it
    languages: Mapped[list[str]]
    facilities: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    rooms: Mapped[list["Room"]] = relationship(lazy="raise", order_by="Room.position")


class Room(Base, Versioned):
    """A room, with as many seats as sessions can be held in it at once."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("bureau_id", "code"),
        CheckConstraint("kind IN ('front', 'desk', 'private', 'group')", name="kind_known"),
        CheckConstraint("seats > 0", name="seats_positive"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    code: Mapped[str]
    name: Mapped[LocalisedText]
    kind: Mapped[str]
    seats: Mapped[int] = mapped_column(default=1)
    features: Mapped[list[str]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]


class OpeningHours(Base):
    """One block of one weekday (1 is Monday), open from ``valid_from`` to ``valid_until`` (or until further notice)."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        UniqueConstraint("bureau_id", "weekday", "starts", "valid_from"),
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="valid_until_after_from"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Closure(Base):
    """A day on which the bureau is closed."""

    __tablename__ = "closure"
    __table_args__ = (
        UniqueConstraint("bureau_id", "day"),
        CheckConstraint("kind IN ('holiday', 'closed')", name="kind_known"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    day: Mapped[date]
    kind: Mapped[str]
    reason: Mapped[LocalisedText]


class Organisation(Base, Versioned):
    """A partner organisation; it may take part in several bureaux."""

    __tablename__ = "organisation"

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[LocalisedText]
    kind: Mapped[str]
    about: Mapped[LocalisedText]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")

    partnerships: Mapped[list["Partnership"]] = relationship(lazy="raise", back_populates="organisation")


class Partnership(Base, Versioned):
    """An organisation takes part in a bureau; ``usual`` holds what it usually promises and its limits (see rotation)."""

    __tablename__ = "partnership"
    __table_args__ = (UniqueConstraint("bureau_id", "organisation_id"),)

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("bureau.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    usual: Mapped[dict[str, Any]] = mapped_column(default=dict)

    bureau: Mapped[Bureau] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise", back_populates="partnerships")
    agreements: Mapped[list["Agreement"]] = relationship(lazy="raise", back_populates="partnership")


class Agreement(Base, Versioned):
    """What a partnership rests on, with its term."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends >= starts", name="ends_after_start"),
        CheckConstraint("notice_days >= 0", name="notice_days_not_negative"),
    )

    id: Mapped[pk]
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[str]
    signed: Mapped[date | None]
    starts: Mapped[date]
    ends: Mapped[date | None]
    notice_days: Mapped[int] = mapped_column(default=0)
    auto_renew: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date | None]
    contributions: Mapped[LocalisedText]

    partnership: Mapped[Partnership] = relationship(lazy="raise", back_populates="agreements")


class Worker(Base, Versioned, OrganisationOwned):
    """A person behind a desk, known by initials or a label, never shown in public."""

    __tablename__ = "worker"
    __table_args__ = (
        UniqueConstraint("organisation_id", "label"),
        CheckConstraint("max_hours_month IS NULL OR max_hours_month > 0", name="max_hours_month_positive"),
    )

    id: Mapped[pk]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str]
    role: Mapped[LocalisedText]
    attributes: Mapped[list[str]] = mapped_column(default=list)
    max_hours_month: Mapped[int | None]
    needs_supervisor: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    services: Mapped[list[Service]] = relationship(lazy="raise", secondary="worker_service", order_by=Service.position)
    languages: Mapped[list[Language]] = relationship(
        lazy="raise", secondary="worker_language", order_by=Language.position
    )


class WorkerService(Base):
    """A service that a worker can give."""

    __tablename__ = "worker_service"

    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)


class WorkerLanguage(Base):
    """A language that a worker speaks."""

    __tablename__ = "worker_language"

    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id", ondelete="CASCADE"), primary_key=True)
    language_tag: Mapped[str] = mapped_column(ForeignKey("language.tag"), primary_key=True)


def whole_worker() -> tuple[ExecutableOption, ...]:
    """What is fetched together with a worker: organisation, services (with categories) and languages."""
    return (
        joinedload(Worker.organisation),
        selectinload(Worker.services).joinedload(Service.category),
        selectinload(Worker.languages),
    )


def worker_at_once() -> tuple[ExecutableOption, ...]:
    """The same of one worker, in one statement."""
    return (
        joinedload(Worker.organisation),
        joinedload(Worker.services).joinedload(Service.category),
        joinedload(Worker.languages),
    )
