"""Sessions that come again every week."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bureau.catalogue.models import Language, Service
from bureau.kernel.database import Base, OrganisationOwned, Versioned, pk
from bureau.organisations.models import Bureau, Organisation, Room, Worker


class Series(Base, Versioned, OrganisationOwned):
    """A worker at one seat on one weekday and hour, from a day on; each round that opens gets its sessions."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_iso"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ends_after_start"),
    )

    id: Mapped[pk]
    bureau_id: Mapped[int] = mapped_column(ForeignKey(Bureau.id), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey(Worker.id), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey(Room.id), index=True)
    seat: Mapped[int]
    weekday: Mapped[int]
    starts: Mapped[time]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    worker: Mapped[Worker] = relationship(lazy="raise")
    room: Mapped[Room] = relationship(lazy="raise")
    services: Mapped[list[Service]] = relationship(lazy="raise", secondary="series_service", order_by=Service.position)
    languages: Mapped[list[Language]] = relationship(
        lazy="raise", secondary="series_language", order_by=Language.position
    )
    exceptions: Mapped[list["SeriesException"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class SeriesService(Base):
    """A service given in every session of a series."""

    __tablename__ = "series_service"

    series_id: Mapped[int] = mapped_column(ForeignKey(Series.id, ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey(Service.id), primary_key=True)


class SeriesLanguage(Base):
    """A language spoken in every session of a series."""

    __tablename__ = "series_language"

    series_id: Mapped[int] = mapped_column(ForeignKey(Series.id, ondelete="CASCADE"), primary_key=True)
    language_tag: Mapped[str] = mapped_column(ForeignKey(Language.tag), primary_key=True)


class SeriesException(Base):
    """A day on which a series does not take place; it holds when the month is made again."""

    __tablename__ = "series_exception"

    series_id: Mapped[int] = mapped_column(ForeignKey(Series.id, ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(default="")
